-- One apply per organizer at a time, and none while sales are booked: the other side of the key is told in 0002_catalog.sql.
SELECT pg_advisory_xact_lock(passa_catalog_key($1))
