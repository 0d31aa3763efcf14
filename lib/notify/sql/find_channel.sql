-- The channel of name $2.
SELECT name, type, language, url, server, tls, sender, recipients, username, credential, private_addresses, ca_file,
    exit_status
FROM notice_channel WHERE organizer_id = $1 AND name = $2
