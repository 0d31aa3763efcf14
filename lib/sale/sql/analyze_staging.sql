-- Planner statistics of the staged rows.
SELECT passa_analyze_staging()
