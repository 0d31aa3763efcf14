-- $1 organizer, $2 payouts that a line shows now: what closing their breaks by hand had posted, not reversed yet.
SELECT DISTINCT k.close_journal_id
FROM recon_break k
WHERE k.organizer_id = $1 AND k.payout_id = ANY ($2::uuid[]) AND k.type = 'MISSING_EXTERNAL' AND k.close_code <> 'matched'
  AND k.close_journal_id IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM journal j WHERE j.organizer_id = k.organizer_id AND j.reverses_id = k.close_journal_id)
