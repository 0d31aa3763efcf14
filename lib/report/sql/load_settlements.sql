-- $1 organizer, $2 event: oldest first, with times at the event. The cut says which sales are in it, so it is exact, and carries its
-- offset: on the night that clocks go back the same hour comes twice.
SELECT t.id, t.lines, t.settled_by, t.through AS cut, t.settled_at,
       rtrim(rtrim(to_char(local.cut, 'DD Mon YYYY HH24:MI:SS.US'), '0'), '.') || CASE WHEN local.ahead < '0' THEN ' -' ELSE ' +' END
           || to_char(greatest(local.ahead, -local.ahead), 'HH24:MI') AS through,
       to_char(t.settled_at AT TIME ZONE e.zone, 'DD Mon YYYY HH24:MI') AS settled
FROM settlement t
JOIN event e ON e.organizer_id = t.organizer_id AND e.id = t.event_id
CROSS JOIN LATERAL (SELECT t.through AT TIME ZONE e.zone AS cut, (t.through AT TIME ZONE e.zone) - (t.through AT TIME ZONE 'UTC') AS ahead) local
WHERE t.organizer_id = $1 AND t.event_id = $2
ORDER BY t.settled_at, t.id
