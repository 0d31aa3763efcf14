-- No apply of manifests while this transaction looks up rates and policies and books by them: the shared side of the catalog's lock.
SELECT pg_advisory_xact_lock_shared(passa_catalog_key($1))
