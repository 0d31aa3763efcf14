-- $2 payouts, $3 the journal entries that set their money aside, by the database's clock.
UPDATE payout p SET reserve_journal_id = r.journal_id, reserved_at = clock_timestamp()
FROM unnest($2::uuid[], $3::uuid[]) AS r (payout_id, journal_id)
WHERE p.organizer_id = $1 AND p.id = r.payout_id AND p.reserve_journal_id IS NULL
