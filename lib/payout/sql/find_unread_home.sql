-- $1 organizer, $2 treasury, $3 seconds: whether these books stand in a place for which no run has read the treasury's history, up to a
-- moment so long after it was noted that nothing sent before can still arrive. A run with a hole or a gap counts once a person has
-- closed the break about it. `too_early`: it was read, and must be again from `settled_from` on.
SELECT h.seq, h.noted_at + make_interval(secs => $3::integer) AS settled_from,
       h.place = passa_here()
       AND EXISTS (SELECT 1 FROM recon_run r WHERE r.organizer_id = $1 AND r.treasury_id = $2 AND r.home_seq = h.seq)
       AND NOT EXISTS (SELECT 1 FROM recon_run r WHERE r.organizer_id = $1 AND r.treasury_id = $2 AND r.home_seq = h.seq
                       AND r.seen_at >= h.noted_at + make_interval(secs => $3::integer)) AS too_early
FROM (SELECT seq, place, noted_at FROM books_home WHERE organizer_id = $1 ORDER BY seq DESC LIMIT 1) h
WHERE h.place <> passa_here()
   OR (h.seq > 1 AND NOT EXISTS (
      SELECT 1 FROM recon_run r
      WHERE r.organizer_id = $1 AND r.treasury_id = $2 AND r.home_seq = h.seq
        AND r.seen_at >= h.noted_at + make_interval(secs => $3::integer)
        AND (r.proved OR (NOT r.complete AND EXISTS (
            SELECT 1 FROM recon_break k
            WHERE k.organizer_id = r.organizer_id AND k.treasury_id = r.treasury_id AND k.type = 'TIMING' AND k.subject = 'history'
              AND k.opened_at <= r.ran_at AND k.closed_at >= r.ran_at AND k.close_code <> 'matched')))
        AND NOT EXISTS (
            SELECT 1 FROM recon_balance g
            WHERE g.organizer_id = r.organizer_id AND g.run_id = r.id AND g.gap <> 0 AND NOT EXISTS (
                SELECT 1 FROM recon_break k
                WHERE k.organizer_id = r.organizer_id AND k.treasury_id = r.treasury_id AND k.type = 'BALANCE_GAP'
                  AND k.subject = 'statement ' || g.asset_id
                  AND k.opened_at <= r.ran_at AND k.closed_at >= r.ran_at AND k.close_code <> 'matched'))))
