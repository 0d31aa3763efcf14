-- $1 organizer, $2 payout: the entry that set its money aside.
SELECT reserve_journal_id FROM payout WHERE organizer_id = $1 AND id = $2
