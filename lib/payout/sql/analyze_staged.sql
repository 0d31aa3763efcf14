-- What payout_staging holds is counted, so that a line of it is looked up by its key where there are few, and all are joined where there are many.
SELECT passa_analyze_payout_staging()
