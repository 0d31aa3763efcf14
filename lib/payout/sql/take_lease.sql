-- $3 a new token, $4 seconds. No row: another sender works on this batch or on another batch of its treasury. A lease is free when
-- it ran out by the database's clock, or when the session that took it is gone. The organizer's row is locked before, and the
-- batch's row FOR UPDATE here, so a money transaction that still checks the old token finishes before the token changes.
WITH held AS (
    SELECT b.id, b.treasury_id FROM payout_batch b
    WHERE b.organizer_id = $1 AND b.lease_until > clock_timestamp() AND b.lease_session_pid <> pg_backend_pid()
      AND coalesce(passa_session_start(b.lease_session_pid), 'infinity') IN (b.lease_session_start, '-infinity')
), free AS (
    SELECT b.organizer_id, b.id FROM payout_batch b
    WHERE b.organizer_id = $1 AND b.id = $2 AND NOT EXISTS (SELECT 1 FROM held h WHERE h.id = b.id OR h.treasury_id = b.treasury_id)
    FOR UPDATE
)
UPDATE payout_batch b
SET lease_token = $3, lease_until = clock_timestamp() + make_interval(secs => $4), lease_session_pid = pg_backend_pid(),
    lease_session_start = passa_session_start(pg_backend_pid())
FROM free WHERE b.organizer_id = free.organizer_id AND b.id = free.id
RETURNING b.lease_until
