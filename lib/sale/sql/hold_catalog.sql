-- No apply of manifests while this transaction writes sales: the shared side of the lock on the catalog.
SELECT pg_advisory_xact_lock_shared(passa_catalog_key($1))
