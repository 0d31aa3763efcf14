-- $1 organizer, $2 treasury: a staged line that says something else than the stored one of the same name.
SELECT n.external_ref, o.amount_minor AS was, n.amount_minor AS now
FROM recon_staging n
JOIN statement_line o ON o.organizer_id = $1 AND o.treasury_id = $2 AND o.external_ref = n.external_ref AND o.kind = n.kind
    AND o.asset_id = n.asset_id
WHERE (o.amount_minor, o.counterparty, o.booked_at, o.position) IS DISTINCT FROM (n.amount_minor, n.counterparty, n.booked_at, n.position)
ORDER BY n.position
LIMIT 1
