-- Why the rows of party $2 must stay.
SELECT why FROM (
    SELECT 1 AS pos, 'money was posted to it' AS why FROM account WHERE organizer_id = $1 AND party_id = $2
    UNION ALL SELECT 2, 'payouts were made to it' FROM payout WHERE organizer_id = $1 AND party_id = $2
    UNION ALL SELECT 3, 'a version of a split plan names it' FROM split_share WHERE organizer_id = $1 AND party_id = $2
    UNION ALL SELECT 3, 'a version of a split plan names it' FROM split_plan_version WHERE organizer_id = $1 AND (fees_from = $2 OR commission_from = $2)
    UNION ALL SELECT 4, 'a promo code is theirs' FROM promo_code WHERE organizer_id = $1 AND creator_id = $2
) AS reasons ORDER BY pos LIMIT 1
