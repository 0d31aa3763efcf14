-- Whose an address is, in this contract: once known, for good.
INSERT INTO escrow_payee (organizer_id, plan_id, address, party_id) VALUES ($1, $2, $3, $4)
ON CONFLICT (organizer_id, plan_id, address) DO NOTHING
