-- $1 organizer; $2 payouts or attempts, $3 the type of a break about the absence of each, $4 the asset of the line that shows it now:
-- what closing those breaks by hand had posted, not reversed yet.
SELECT DISTINCT k.close_journal_id
FROM unnest($2::uuid[], $3::text[], $4::text[]) AS n (id, type, asset_id)
JOIN recon_break k ON k.organizer_id = $1 AND (k.payout_id = n.id OR k.payout_id IS NULL AND k.attempt_id = n.id) AND k.type = n.type AND k.asset_id = n.asset_id
WHERE k.statement_line_id IS NULL AND k.close_code <> 'matched' AND k.close_journal_id IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM journal j WHERE j.organizer_id = k.organizer_id AND j.reverses_id = k.close_journal_id)
