-- A server that stays away is left alone for a while: items of a job and scope that failed for the same one, one behind the other. From the
-- third on the job is not begun by itself before open_until; then one item tries. Any item that is done takes the row away.
CREATE TABLE job_circuit (
    organizer_id uuid NOT NULL REFERENCES organizer (id),
    job text NOT NULL,
    scope text NOT NULL,
    dependency text NOT NULL,          -- what stayed away: rpc, database
    failures integer NOT NULL CHECK (failures > 0),
    open_until timestamptz,            -- NULL: too few failures
    error text NOT NULL,               -- the last one
    changed_at timestamptz NOT NULL,
    PRIMARY KEY (organizer_id, job, scope)
);
SELECT passa_under_rls('job_circuit');

-- How many items of a declared job may begin in a minute.
ALTER TABLE job_declared ADD COLUMN items_per_minute integer CHECK (items_per_minute > 0);
