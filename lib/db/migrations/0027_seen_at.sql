-- The moment that a run's history speaks for, by the rail's own clock: what was in flight when books were restored is seen by a run
-- whose moment is past its bound alone.
ALTER TABLE recon_run ADD COLUMN seen_at timestamptz; -- null: the rail did not tell
