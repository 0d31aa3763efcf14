-- Sorting and hashing one block stays in memory; for this transaction.
SELECT set_config('work_mem', '64MB', true)
