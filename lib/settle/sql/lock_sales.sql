-- Settlements of one event take turns, and between two blocks of an import: every statement of this one sees the same sales.
SELECT set_config('lock_timeout', '9min', true), pg_advisory_xact_lock(passa_sales_key($1, $2))
