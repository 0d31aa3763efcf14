-- The next version of a payout policy.
INSERT INTO payout_policy (organizer_id, id, name, version, effective_from, single_person, created_at, approval_valid_seconds, approvers)
SELECT $1, $2, $3, coalesce(max(version), 0) + 1, $4, $5, $6, $7, $8
FROM payout_policy WHERE organizer_id = $1 AND name = $3
