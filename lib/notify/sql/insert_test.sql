-- A notice $2 that tells channel $3 that it works.
INSERT INTO notice_outbox (organizer_id, id, channel, kind, dedupe_key, payload)
VALUES ($1, $2, $3, 'test', format('test %s', $2::uuid), '{}')
