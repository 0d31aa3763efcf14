-- A new import.
INSERT INTO sale_import (organizer_id, event_id, id, file_sha256, file_name, profile, profile_sha256, state, imported_by, started_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, 'running', $8, $9)
