-- $3 the journal entry that set its money aside, by the database's clock.
UPDATE payout SET reserve_journal_id = $3, reserved_at = clock_timestamp() WHERE organizer_id = $1 AND id = $2 AND reserve_journal_id IS NULL
