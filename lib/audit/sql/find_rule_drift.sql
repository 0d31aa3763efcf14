-- $1 organizer, $2 how many: declared objects whose rows or words are not what their newest version left, and which of them.
SELECT kind, name, generation, string_agg(field, ', ' ORDER BY field) AS fields
FROM rule_drift
WHERE organizer_id = $1
GROUP BY kind, name, generation
ORDER BY kind, name
LIMIT $2
