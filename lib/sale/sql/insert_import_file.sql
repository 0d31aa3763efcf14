-- One file of an import.
INSERT INTO sale_import_file (organizer_id, event_id, import_id, file_no, name, shape, bytes, sha256)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
