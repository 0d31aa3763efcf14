-- $1 organizer: what payout_staging holds, in the order of the batch, as load_intents tells it of a batch; and how it stands.
SELECT p.id, row_number() OVER (ORDER BY p.payee, p.seq) - 1 AS pos, p.party_id, CASE WHEN p.party_id IS NOT NULL THEN p.payee END AS party_name,
       p.event_id, p.source, p.reference, p.owed_minor, p.netted_minor, p.owed_asset_id, os.scale AS owed_scale,
       p.amount_minor, p.asset_id, s.scale, p.exchange_rate_id, p.rail, p.destination, p.memo, p.state, p.reason
FROM payout_staging p
JOIN asset s ON s.organizer_id = $1 AND s.id = p.asset_id
JOIN asset os ON os.organizer_id = $1 AND os.id = p.owed_asset_id
ORDER BY p.payee, p.seq
