-- $2 ids, $3 scales as a rail gives them: one that the house counts in other units.
SELECT s.id, s.scale AS ours, a.scale AS theirs
FROM unnest($2::text[], $3::smallint[]) AS a (id, scale)
JOIN asset s ON s.organizer_id = $1 AND s.id = a.id
WHERE s.scale <> a.scale
LIMIT 1
