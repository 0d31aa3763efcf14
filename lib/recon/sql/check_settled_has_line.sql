-- Every settled payout was found on a statement.
SELECT p.id FROM payout p
WHERE p.state = 'settled' AND NOT EXISTS (SELECT 1 FROM recon_match m WHERE m.organizer_id = p.organizer_id AND m.payout_id = p.id)
