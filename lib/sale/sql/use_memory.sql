-- For this transaction: sorting and hashing one block stays in memory, and no plan compares row by row.
SELECT set_config('work_mem', '64MB', true), set_config('enable_nestloop', 'off', true)
