-- Room for the payouts of one plan, which goes with the transaction.
SELECT passa_make_payout_staging()
