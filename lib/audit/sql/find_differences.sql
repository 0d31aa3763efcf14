-- $1 organizer, $2 how many: records whose fact is gone from the tables, or stands there otherwise now.
SELECT r.seq, r.key, f.key IS NULL AS gone,
       coalesce((SELECT string_agg(o.key, ', ' ORDER BY o.key)
                 FROM jsonb_each(r.text::jsonb - 'seq' - 'prior') o
                 WHERE f.fact -> o.key IS DISTINCT FROM o.value), '') AS fields
FROM audit_record r
LEFT JOIN audit_fact f ON f.organizer_id = r.organizer_id AND f.key = r.key
WHERE r.organizer_id = $1 AND (f.key IS NULL OR f.fact <> r.text::jsonb - 'seq' - 'prior')
ORDER BY r.seq
LIMIT $2
