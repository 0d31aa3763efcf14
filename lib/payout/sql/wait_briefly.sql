-- $1 seconds: locks are waited for no longer than that in this transaction; a shorter limit of the session stays.
SELECT set_config('lock_timeout', (extract(epoch FROM least(current_setting('lock_timeout')::interval, make_interval(secs => $1))) * 1000)::bigint::text, true)
