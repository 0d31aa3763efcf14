-- Where notices go.
INSERT INTO notice_channel (organizer_id, id, name, type, language, kinds, jobs, url, server, tls, sender, recipients, username, credential,
    private_addresses, ca_file, exit_status)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
ON CONFLICT (organizer_id, id) DO UPDATE
SET type = excluded.type, language = excluded.language, kinds = excluded.kinds, jobs = excluded.jobs, url = excluded.url, server = excluded.server,
    tls = excluded.tls, sender = excluded.sender, recipients = excluded.recipients, username = excluded.username, credential = excluded.credential,
    private_addresses = excluded.private_addresses, ca_file = excluded.ca_file, exit_status = excluded.exit_status
