-- Why the rows of treasury $2 must stay.
SELECT why FROM (
    SELECT 1 AS pos, 'money was posted to it' AS why WHERE EXISTS (SELECT 1 FROM account WHERE organizer_id = $1 AND treasury_id = $2)
    UNION ALL SELECT 2, 'payouts were made from it' WHERE EXISTS (SELECT 1 FROM payout_batch WHERE organizer_id = $1 AND treasury_id = $2)
) AS reasons ORDER BY pos LIMIT 1
