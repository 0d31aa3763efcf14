-- The empty temporary twin of recon_staging, for this transaction.
SELECT passa_make_recon_staging()
