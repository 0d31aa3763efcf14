-- The right to import into an event is a lease like every other (0031): it ends by the database's clock as well, so that an importer
-- that is stopped and does not die holds nobody up.
DROP TABLE sale_import_lease;
