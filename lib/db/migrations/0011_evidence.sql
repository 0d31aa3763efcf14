-- What evidence keeps of a long answer.

-- Evidence keeps at most 64 KiB of what came; of a longer answer, how long it was and its hash.
ALTER TABLE evidence ADD COLUMN whole_bytes bigint, ADD COLUMN whole_sha256 bytea CHECK (octet_length(whole_sha256) = 32);

-- What a move or a dead attempt calls its proof is there.
ALTER TABLE payout_move ADD FOREIGN KEY (organizer_id, evidence_id) REFERENCES evidence (organizer_id, id);
ALTER TABLE payout_attempt ADD FOREIGN KEY (organizer_id, dead_evidence_id) REFERENCES evidence (organizer_id, id);
