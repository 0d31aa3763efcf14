-- For this transaction: one COPY takes in whole files, which may be large; a statement that hangs still ends.
SELECT set_config('statement_timeout', '12h', true)
