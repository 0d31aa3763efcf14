-- $1 organizer, $2 event, $3 now: who and where, with times as the clocks at the event show them.
SELECT e.name, e.title, 
       coalesce((SELECT v.spec ->> 'title' FROM object v WHERE v.organizer_id = e.organizer_id AND v.kind = 'Venue' AND v.name = e.venue_name),
                e.venue_name, '') AS venue, e.zone, e.currency_id, s.scale, o.title AS organizer,
       to_char(e.starts_at AT TIME ZONE e.zone, 'FMDay, DD FMMonth YYYY, HH24:MI') AS starts,
       to_char($3::timestamptz AT TIME ZONE e.zone, 'DD Mon YYYY HH24:MI') AS generated
FROM event e
JOIN organizer o ON o.id = e.organizer_id
JOIN asset s ON s.organizer_id = e.organizer_id AND s.id = e.currency_id
WHERE e.organizer_id = $1 AND e.id = $2
