-- $1 organizer, $2 a line of money that left: the payout that was to pay just this, if one batch alone has, for every payment of the
-- line's transaction, a payout of its own that these books never sent. So it looks when books that were lost had sent it.
WITH line AS (
    SELECT treasury_id, split_part(external_ref, ':', 1) AS key FROM statement_line WHERE organizer_id = $1 AND id = $2
), paid AS (
    SELECT l.id, l.treasury_id, l.counterparty, -l.amount_minor AS minor, l.asset_id, l.memo,
           row_number() OVER (PARTITION BY l.counterparty, l.amount_minor, l.asset_id, l.memo ORDER BY l.position) AS n
    FROM line k
    JOIN statement_line l ON l.organizer_id = $1 AND l.treasury_id = k.treasury_id AND l.kind = 'payment' AND l.amount_minor < 0
        AND l.external_ref >= k.key || ':' AND l.external_ref < k.key || ';'
), meant AS (
    SELECT p.id, p.batch_id, p.destination, p.amount_minor, p.asset_id, p.memo,
           row_number() OVER (PARTITION BY p.batch_id, p.destination, p.amount_minor, p.asset_id, p.memo ORDER BY p.pos) AS n
    FROM payout p
    JOIN payout_batch b ON b.organizer_id = p.organizer_id AND b.id = p.batch_id AND b.treasury_id = (SELECT treasury_id FROM line)
    WHERE p.organizer_id = $1 AND p.destination IN (SELECT counterparty FROM paid)
      AND p.state IN ('planned', 'ready', 'reserved', 'blocked', 'failed', 'cancelled')
      AND NOT EXISTS (SELECT 1 FROM payout_found_paid f WHERE f.organizer_id = $1 AND f.payout_id = p.id AND f.stands)
), pairs AS (
    SELECT l.id AS line_id, m.id, m.batch_id, count(*) OVER (PARTITION BY m.batch_id) AS explained
    FROM paid l
    JOIN meant m ON m.destination = l.counterparty AND m.amount_minor = l.minor AND m.asset_id = l.asset_id AND coalesce(m.memo, '') = l.memo AND m.n = l.n
)
SELECT id, batch_id
FROM pairs
WHERE line_id = $2 AND explained = (SELECT count(*) FROM paid)
  AND (SELECT count(DISTINCT batch_id) FROM pairs WHERE explained = (SELECT count(*) FROM paid)) = 1
