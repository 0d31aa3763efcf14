-- What should be zero: one row.
SELECT (SELECT count(*) FROM payout WHERE organizer_id = $1 AND state = 'unknown') AS payouts_unknown,
       (SELECT count(*) FROM recon_break WHERE organizer_id = $1 AND closed_at IS NULL) AS breaks_open,
       (SELECT coalesce(extract(epoch FROM clock_timestamp() - min(created_at))::bigint, 0)
        FROM notice_outbox WHERE organizer_id = $1 AND state = 'waiting') AS outbox_oldest_seconds,
       (SELECT count(*) FROM notice_outbox
        WHERE organizer_id = $1 AND state = 'dead' AND kind NOT IN ('test', 'run.started') AND ended_at > clock_timestamp() - interval '1 day') AS outbox_dead,
       (SELECT coalesce(sum(abs(off)), 0)
        FROM (SELECT sum(amount) AS off FROM posting WHERE organizer_id = $1 GROUP BY asset_id) sums)::text AS imbalance_units
