-- What the lines of settlement $3 were hashed under, and to what.
SELECT seed, root FROM settlement_root WHERE organizer_id = $1 AND event_id = $2 AND settlement_id = $3
