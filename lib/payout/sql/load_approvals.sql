-- $1 organizer, $2 batch.
SELECT batch_sha256, approved_by, os_user, db_user, approved_at FROM payout_approval WHERE organizer_id = $1 AND batch_id = $2 ORDER BY approved_at, approved_by
