-- $2 ids, $3 scales of assets that a rail named: fees and gifts come in assets that no manifest declares.
INSERT INTO asset (organizer_id, id, scale)
SELECT $1, a.id, a.scale FROM unnest($2::text[], $3::smallint[]) AS a (id, scale)
ON CONFLICT DO NOTHING
