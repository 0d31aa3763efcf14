-- For this transaction, times without an offset are local times of zone $1: PostgreSQL's rule for AT TIME ZONE, where a time
-- that the clock skipped counts with the offset before the change, and one that it showed twice with the offset after it.
SELECT set_config('TimeZone', $1, true)
