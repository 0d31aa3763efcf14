-- What a run read, found and proved.
INSERT INTO recon_run (organizer_id, id, treasury_id, from_position, to_position, to_ledger, lines_read, matched, settled, breaks_open,
    complete, gap, proved, ran_by, ran_at, home_seq, seen_at)
SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9,
       (SELECT count(*) FROM recon_break k WHERE k.organizer_id = $1 AND k.treasury_id = $3 AND k.closed_at IS NULL), $10, $11, $12, $13, $14, passa_note_home($1), $15
RETURNING breaks_open
