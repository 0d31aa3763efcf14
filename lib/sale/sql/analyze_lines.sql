-- The planner learns of the lines that came in.
SELECT passa_analyze_lines('public.sale_line')
