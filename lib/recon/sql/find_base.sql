-- $1 organizer, $2 treasury: the last run to build on. A run with a hole or a gap counts only once a person has closed the break
-- about it; until then the next run reads the same stretch again. A stretch that later ones go on from counts until one of them has
-- ended and does not: any of them may have left a line out, so all are read again.
SELECT r.id, r.to_position
FROM recon_run r
WHERE r.organizer_id = $1 AND r.treasury_id = $2
  AND (r.proved OR NOT r.complete
       OR NOT EXISTS (SELECT 1 FROM recon_run n WHERE n.organizer_id = $1 AND n.treasury_id = $2 AND n.proved AND n.ran_at > r.ran_at))
  AND (r.complete OR EXISTS (
      SELECT 1 FROM recon_break k
      WHERE k.organizer_id = r.organizer_id AND k.treasury_id = r.treasury_id AND k.type = 'TIMING' AND k.subject = 'history'
        AND k.opened_at <= r.ran_at AND k.closed_at >= r.ran_at AND k.close_code <> 'matched'))
  AND (NOT r.complete OR NOT EXISTS (
      SELECT 1 FROM recon_balance g
      WHERE g.organizer_id = r.organizer_id AND g.run_id = r.id AND g.gap <> 0 AND NOT EXISTS (
          SELECT 1 FROM recon_break k
          WHERE k.organizer_id = r.organizer_id AND k.treasury_id = r.treasury_id AND k.type = 'BALANCE_GAP'
            AND k.subject = 'statement ' || g.asset_id
            AND k.opened_at <= r.ran_at AND k.closed_at >= r.ran_at AND k.close_code <> 'matched')))
ORDER BY r.to_position DESC, r.ran_at DESC, r.id DESC
LIMIT 1
