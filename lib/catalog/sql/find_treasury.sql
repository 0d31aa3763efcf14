-- $1 organizer, $2 name: a treasury with its asset's scale, and whether it has channels that are open.
SELECT t.name, t.rail, t.network_name, t.account, t.key_name, t.asset_id, s.scale,
       EXISTS (SELECT 1 FROM payout_channel c
               WHERE c.organizer_id = t.organizer_id AND c.treasury_id = t.id AND c.state = 'open') AS has_channels
FROM treasury t
JOIN asset s ON s.organizer_id = t.organizer_id AND s.id = t.asset_id
WHERE t.organizer_id = $1 AND t.name = $2
