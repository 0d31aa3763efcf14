-- Whose the addresses are that the contract pays.
SELECT address, party_id FROM escrow_payee WHERE organizer_id = $1 AND plan_id = $2
