-- No settlement of the event while this transaction writes its sales: the shared side of the lock. A settlement of millions of
-- lines takes a while, so this waits longer than other locks do.
SELECT set_config('lock_timeout', '9min', true), pg_advisory_xact_lock_shared(passa_sales_key($1, $2))
