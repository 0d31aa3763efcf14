-- One apply per organizer at a time.
SELECT pg_advisory_xact_lock(hashtextextended('passa.catalog.' || $1::text, 0))
