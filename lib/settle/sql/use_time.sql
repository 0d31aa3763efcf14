-- For this transaction: one statement takes in every line that is not settled yet, which may be many.
SELECT set_config('statement_timeout', '12h', true)
