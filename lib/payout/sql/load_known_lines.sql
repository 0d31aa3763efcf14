-- $1 organizer, $2 hash of a file; of some lines of it $3 party, $4 destination, $5 memo, $6 amount, $7 asset and $8 reference, empty
-- for none: what is known of each by its place in them (from 1), at most one row a line. `paid`: in an earlier batch of the same file,
-- or of any where the line gives a reference, it was paid, is on its way or meant to be, or was found paid on the chain; the newest
-- such payout is told. Not `paid`: it waits, because the chain contradicts what is known of it. The key is that of payout.line_key; uses payout_line,
-- which row-level security allows for a key that is there already, not for one yet to be computed.
WITH wanted AS MATERIALIZED (
    SELECT l.pos,
           coalesce(nullif(l.party_id, ''), quote_literal(l.destination) || quote_literal(l.memo)) || ' ' || l.owed_minor || ' '
           || quote_literal(l.owed_asset_id) || quote_literal(l.reference) AS line_key
    FROM unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[])
         WITH ORDINALITY AS l (party_id, destination, memo, owed_minor, owed_asset_id, reference, pos)
), known AS (
    SELECT l.pos, p.id, p.batch_id, b.made_at, p.file_line, p.state,
           (b.file_sha256 = $2 OR p.reference <> '')
           AND (p.state NOT IN ('blocked', 'failed', 'returned', 'cancelled')
                OR EXISTS (SELECT 1 FROM payout_found_paid f
                           WHERE f.organizer_id = p.organizer_id AND f.payout_id = p.id AND f.stands)) AS paid,
           w.payout_id IS NOT NULL AS waits
    FROM wanted l
    JOIN payout p ON p.organizer_id = $1 AND p.line_key = l.line_key
    JOIN payout_batch b ON b.organizer_id = p.organizer_id AND b.id = p.batch_id
    LEFT JOIN payout_waits w ON w.organizer_id = p.organizer_id AND w.payout_id = p.id
)
SELECT DISTINCT ON (pos) pos, id, batch_id, made_at, file_line, state, paid
FROM known
WHERE paid OR waits
ORDER BY pos, paid DESC, id DESC
