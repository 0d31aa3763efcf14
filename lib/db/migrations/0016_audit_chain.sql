-- The trail and the journal, sealed: each record holds the SHA-256 of the one before it, so that none can be changed, taken out or put
-- elsewhere without all that follow; the heads of days are signed, so that those cannot be made anew either.

-- What is sealed: every act that cannot change any more, and every entry of the journal with its postings.
CREATE VIEW audit_fact WITH (security_invoker = true) AS
SELECT organizer_id, key, at,
       jsonb_build_object('key', key, 'at', at, 'actor', actor, 'action', action,
                          'subject', subject || coalesce(' ' || subject_id, ''), 'details', details, 'source', source,
                          'rests_on', encode(rests_on, 'hex')) AS fact
FROM audit_trail
WHERE key IS NOT NULL
UNION ALL
SELECT j.organizer_id, 'journal/' || j.id, j.posted_at,
       jsonb_build_object('key', 'journal/' || j.id, 'at', j.posted_at, 'action', 'posted', 'subject', j.kind || ' ' || j.cause_id || ' ' || j.cause_key,
                          'details', j.note, 'effective_at', j.effective_at, 'reverses', j.reverses_id,
                          'postings', (SELECT jsonb_agg(jsonb_build_array(a.kind, a.event_id, a.party_id, a.treasury_id, p.amount::text, p.asset_id)
                                                        ORDER BY p.pos)
                                       FROM posting p
                                       JOIN account a ON a.organizer_id = p.organizer_id AND a.id = p.account_id
                                       WHERE p.organizer_id = j.organizer_id AND p.journal_id = j.id))
FROM journal j;
GRANT SELECT ON audit_fact TO passa_app;

CREATE TABLE audit_record (
    organizer_id uuid NOT NULL REFERENCES organizer (id),
    seq bigint NOT NULL CHECK (seq >= 1),
    key text NOT NULL,
    text text NOT NULL,             -- one JSON object: the fact, its number, and the hash of the record before it
    sha256 bytea NOT NULL CHECK (octet_length(sha256) = 32), -- of text
    PRIMARY KEY (organizer_id, seq),
    UNIQUE (organizer_id, key)
);
SELECT passa_under_rls('audit_record');
SELECT passa_append_only('audit_record');

-- A signature over organizer, seq and sha256 (lib/audit/chain.cpp): whoever holds one of these knows all that came before.
CREATE TABLE audit_head (
    organizer_id uuid NOT NULL,
    seq bigint NOT NULL,
    sha256 bytea NOT NULL CHECK (octet_length(sha256) = 32),
    public_key bytea NOT NULL CHECK (octet_length(public_key) = 32), -- that signed it
    signature bytea NOT NULL CHECK (octet_length(signature) = 64),
    signed_at timestamptz NOT NULL,
    PRIMARY KEY (organizer_id, seq, public_key),
    FOREIGN KEY (organizer_id, seq) REFERENCES audit_record (organizer_id, seq)
);
SELECT passa_under_rls('audit_head');
SELECT passa_append_only('audit_head');

-- Seals what is not sealed yet, in the order it was done; who comes second waits. How many records it added.
CREATE FUNCTION passa_seal_audit(whose uuid, at_most bigint) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    next bigint;
    prior text;
    found record;
    sealed text;
    added bigint := 0;
BEGIN
    PERFORM 1 FROM organizer o WHERE o.id = whose FOR NO KEY UPDATE;
    SELECT r.seq + 1, encode(r.sha256, 'hex') INTO next, prior FROM audit_record r WHERE r.organizer_id = whose ORDER BY r.seq DESC LIMIT 1;
    next := coalesce(next, 1);
    prior := coalesce(prior, repeat('0', 64));
    FOR found IN SELECT f.key, f.fact FROM audit_fact f
                 WHERE f.organizer_id = whose
                   AND NOT EXISTS (SELECT 1 FROM audit_record r WHERE r.organizer_id = whose AND r.key = f.key)
                 ORDER BY f.at, f.key LIMIT at_most LOOP
        sealed := (found.fact || jsonb_build_object('seq', next, 'prior', prior))::text;
        prior := encode(sha256(convert_to(sealed, 'UTF8')), 'hex');
        INSERT INTO audit_record VALUES (whose, next, found.key, sealed, decode(prior, 'hex'));
        next := next + 1;
        added := added + 1;
    END LOOP;
    RETURN added;
END $$;
