-- The planner learns of the lines that were taken in.
SELECT passa_analyze_lines('public.settlement_line')
