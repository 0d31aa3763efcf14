-- $1 organizer, $2 policy version: its limits with the scale of their asset.
SELECT l.asset_id, s.scale, l.minimum_minor, l.per_payout_minor, l.per_batch_minor, l.per_day_minor
FROM payout_limit l
JOIN asset s ON s.organizer_id = l.organizer_id AND s.id = l.asset_id
WHERE l.organizer_id = $1 AND l.policy_id = $2
ORDER BY l.asset_id
