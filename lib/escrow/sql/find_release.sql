-- Who asked for a release with these figures.
SELECT asked_by, reason FROM escrow_release WHERE organizer_id = $1 AND plan_id = $2 AND sha256 = $3
