-- The root over the lines of settlement $3, under a seed that nobody knew before; it never changes from here on.
INSERT INTO settlement_root (organizer_id, event_id, settlement_id, seed, root)
SELECT $1::uuid, $2::uuid, $3::uuid, f.seed, passa_settlement_root($1, $2, $3, f.seed)
FROM (SELECT passa_fresh_seed() AS seed OFFSET 0) f
