-- $4 our number. KEY SHARE lets the heartbeat pass and makes whoever takes over wait for our commit. No row: the lease was lost.
SELECT 1 FROM lease
WHERE organizer_id = $1 AND work = $2 AND scope = $3 AND number = $4 AND until > clock_timestamp()
FOR KEY SHARE
