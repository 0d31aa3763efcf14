-- A treasury.
INSERT INTO treasury (organizer_id, id, name, rail, network_name, account, key_name, asset_id, policy_name, funded_from)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
ON CONFLICT (organizer_id, id) DO UPDATE
SET rail = excluded.rail, network_name = excluded.network_name, account = excluded.account, key_name = excluded.key_name, asset_id = excluded.asset_id, policy_name = excluded.policy_name,
    funded_from = excluded.funded_from
