-- $1 organizer: from when on the next sealing must look. Null, all of it: no record was sealed today (UTC), so that once a day what was
-- dated back is found too. Else a day before the newest, for acts that were under way or whose machine's clock was behind.
SELECT CASE WHEN sealed_at >= date_trunc('day', clock_timestamp() AT TIME ZONE 'UTC') AT TIME ZONE 'UTC'
            THEN sealed_at - interval '1 day' END AS since
FROM audit_record
WHERE organizer_id = $1
ORDER BY seq DESC
LIMIT 1
