-- Where these books stand: which server, which life of it, which database. A restored, copied or failed-over database finds itself
-- in another place, and what was paid since the copy was made is on the rail and not in it.

-- Server, timeline (one more with each recovery to a point in time, each promoted standby), database.
CREATE FUNCTION passa_here() RETURNS text LANGUAGE sql STABLE AS $$
    SELECT format('%s/%s/%s', system_identifier, left(pg_walfile_name(pg_current_wal_lsn()), 8),
                  (SELECT oid FROM pg_database WHERE datname = current_database()))
    FROM pg_control_system()
$$;

CREATE TABLE books_home (
    organizer_id uuid NOT NULL REFERENCES organizer (id),
    seq integer NOT NULL,           -- 1: where the organizer was declared
    place text NOT NULL,
    noted_at timestamptz NOT NULL,
    PRIMARY KEY (organizer_id, seq)
);
SELECT passa_under_rls('books_home');
SELECT passa_append_only('books_home');

-- The number of the place where we are, noted if it is new.
CREATE FUNCTION passa_note_home(organizer uuid) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
    known books_home;
BEGIN
    SELECT * INTO known FROM books_home WHERE organizer_id = organizer ORDER BY seq DESC LIMIT 1;
    IF known.place = passa_here() THEN
        RETURN known.seq;
    END IF;
    INSERT INTO books_home VALUES (organizer, coalesce(known.seq, 0) + 1, passa_here(), clock_timestamp());
    RETURN coalesce(known.seq, 0) + 1;
END $$;

-- Declared before its scope is chosen, so by the tables' owner.
CREATE FUNCTION passa_note_first_home() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    PERFORM passa_note_home(NEW.id);
    RETURN NULL;
END $$;
CREATE TRIGGER first_home AFTER INSERT ON organizer FOR EACH ROW EXECUTE FUNCTION passa_note_first_home();

-- Where a run read the rail's history for: one that was made elsewhere says nothing of what this copy of the books lacks.
ALTER TABLE recon_run ADD COLUMN home_seq integer NOT NULL;
