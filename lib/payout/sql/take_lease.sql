-- $3 a new token, $4 seconds. No row: another sender holds a lease that has not run out, by the database's clock. The row is
-- taken FOR UPDATE first, so a money transaction that still checks the old token finishes before the token changes.
WITH free AS (
    SELECT organizer_id, id FROM payout_batch
    WHERE organizer_id = $1 AND id = $2 AND (lease_until IS NULL OR lease_until < clock_timestamp())
    FOR UPDATE
)
UPDATE payout_batch b SET lease_token = $3, lease_until = clock_timestamp() + make_interval(secs => $4)
FROM free WHERE b.organizer_id = free.organizer_id AND b.id = free.id
RETURNING b.lease_until
