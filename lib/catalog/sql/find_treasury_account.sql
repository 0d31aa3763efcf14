-- $1 organizer, $2 treasury: what it is, under the manifest's words.
SELECT rail, network_name AS network, account AS address, asset_id AS asset FROM treasury WHERE organizer_id = $1 AND id = $2
