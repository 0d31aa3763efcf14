-- $1 organizer, $2 how many: records that cannot be read, or whose fact is gone from the tables, or stands there otherwise now.
SELECT r.seq, r.key, r.sealed IS NULL AS unreadable, f.key IS NULL AS gone,
       coalesce((SELECT string_agg(o.key, ', ' ORDER BY o.key)
                 FROM jsonb_each(r.sealed) o
                 WHERE f.fact -> o.key IS DISTINCT FROM o.value), '') AS fields
FROM (SELECT seq, key, passa_jsonb(text) - 'seq' - 'prior' AS sealed
      FROM audit_record
      WHERE organizer_id = $1) r
LEFT JOIN audit_fact f ON f.organizer_id = $1 AND f.key = r.key
WHERE r.sealed IS NULL OR f.key IS NULL OR f.fact <> r.sealed
ORDER BY r.seq
LIMIT $2
