-- $1 organizer, $2 since when: how many payouts in payout_staging pay the same payee the same as one of an earlier batch that was made since
-- then and was not given up; and one such. Uses payout_destination.
WITH alike AS (
    SELECT l.seq, max(p.id::text)::uuid AS earlier
    FROM payout_staging l
    JOIN payout p ON p.organizer_id = $1 AND p.destination = l.destination AND p.asset_id = l.asset_id AND p.amount_minor = l.amount_minor
    JOIN payout_batch b ON b.organizer_id = p.organizer_id AND b.id = p.batch_id AND b.made_at > $2
    WHERE p.state NOT IN ('blocked', 'failed', 'returned', 'cancelled') AND l.state = 'ready'
    GROUP BY l.seq
)
SELECT count(*) AS payouts, max(earlier::text)::uuid AS example FROM alike
