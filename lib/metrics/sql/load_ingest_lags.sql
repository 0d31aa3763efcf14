-- How far the newest complete reading of each treasury's chain is behind the newest ledger that an attempt on its network was made at.
SELECT t.name AS treasury, greatest(0, coalesce(a.newest, 0) - r.read_to) AS lag
FROM treasury t
CROSS JOIN LATERAL (
    SELECT u.to_ledger AS read_to FROM recon_run u
    WHERE u.organizer_id = t.organizer_id AND u.treasury_id = t.id AND u.complete
    ORDER BY u.id DESC
    LIMIT 1) r
CROSS JOIN LATERAL (SELECT max(p.first_ledger) AS newest FROM payout_attempt p WHERE p.organizer_id = t.organizer_id AND p.network = t.network_name) a
WHERE t.organizer_id = $1
ORDER BY t.name
LIMIT $2
