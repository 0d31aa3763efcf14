-- For this transaction: one statement takes in every line that is not settled yet, which may be many. With less memory the
-- planner, which expects many more groups than there are, would sort all lines rather than hash the few sums.
SELECT set_config('statement_timeout', '12h', true), set_config('work_mem', '64MB', true), set_config('hash_mem_multiplier', '8', true)
