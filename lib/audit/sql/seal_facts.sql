-- $1 organizer, $2 at most so many: how many records it added.
SELECT passa_seal_audit($1, $2) AS added
