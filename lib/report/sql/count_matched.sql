-- $1 organizer, $2 event: how many paid payouts there are, and how many of them a statement line was matched to.
SELECT count(*) AS paid, count(m.payout_id) AS matched
FROM payout p
LEFT JOIN recon_match m ON m.organizer_id = p.organizer_id AND m.payout_id = p.id
WHERE p.organizer_id = $1 AND p.event_id = $2 AND p.state IN ('confirmed', 'settled')
