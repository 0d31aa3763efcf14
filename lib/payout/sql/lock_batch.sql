-- $1 organizer, $2 batch: its approvals and withdrawals take turns.
SELECT id FROM payout_batch WHERE organizer_id = $1 AND id = $2 FOR NO KEY UPDATE
