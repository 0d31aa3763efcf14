-- What the file said last, where nothing changes by it.
UPDATE object SET applied = $4::jsonb, applied_sha256 = $5, applied_from = $6 WHERE organizer_id = $1 AND kind = $2 AND name = $3
