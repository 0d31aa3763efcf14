-- $1 organizer, $2 batch: whoever sends it or another batch of its treasury right now, as take_lease sees it.
SELECT b.id
FROM payout_batch own
JOIN payout_batch b ON b.organizer_id = own.organizer_id AND b.treasury_id = own.treasury_id
WHERE own.organizer_id = $1 AND own.id = $2
  AND b.lease_until > clock_timestamp() AND b.lease_session_pid <> pg_backend_pid()
  AND coalesce(passa_session_start(b.lease_session_pid), 'infinity') IN (b.lease_session_start, '-infinity')
LIMIT 1
