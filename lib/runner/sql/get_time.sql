-- The time that all who work on this database share.
SELECT clock_timestamp() AS now
