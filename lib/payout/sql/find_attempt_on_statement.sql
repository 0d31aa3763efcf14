-- $1 organizer, $2 treasury, $3 attempt: the statement lines of all its payments; no row unless each of them stands there with its
-- exact amount, asset and destination, under the attempt's own reference.
SELECT json_agg(json_build_object('line', l.id, 'external_ref', l.external_ref, 'amount_minor', l.amount_minor::text, 'asset', l.asset_id,
                                  'counterparty', l.counterparty, 'booked_at', l.booked_at, 'position', l.position) ORDER BY a.pos)::text AS lines,
       json_build_object('lines', count(l.id), 'booked_at', max(l.booked_at))::text AS details,
       max(l.booked_at) AS booked_at
FROM payout_attempt t
JOIN payout_attempt_line a ON a.organizer_id = t.organizer_id AND a.attempt_id = t.id
JOIN payout p ON p.organizer_id = a.organizer_id AND p.id = a.payout_id
LEFT JOIN statement_line l ON l.organizer_id = t.organizer_id AND l.treasury_id = $2 AND l.external_ref = t.key || ':' || a.pos
    AND l.kind = 'payment' AND l.asset_id = p.asset_id AND l.amount_minor = -p.amount_minor AND l.counterparty = p.destination
WHERE t.organizer_id = $1 AND t.id = $3
HAVING count(*) > 0 AND count(l.id) = count(*)
