-- Empty temporary twins of the staging tables, in $1 blocks.
SELECT passa_make_staging($1)
