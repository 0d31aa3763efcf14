-- $2 kinds: names for suggestions.
SELECT name FROM object WHERE organizer_id = $1 AND kind = ANY ($2::text[]) AND archived_at IS NULL ORDER BY name LIMIT 1000
