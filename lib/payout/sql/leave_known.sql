-- The lines in payout_staging that are known are left out of the plan.
DELETE FROM payout_staging WHERE known_payout IS NOT NULL
