-- One asset's proof.
INSERT INTO recon_balance (organizer_id, run_id, asset_id, opening, money_in, money_out, fees, closing, gap)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
