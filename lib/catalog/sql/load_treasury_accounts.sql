-- The accounts of every treasury, whoever's it is: for the owner of the database alone, others see none without a scope.
SELECT DISTINCT account FROM treasury ORDER BY account
