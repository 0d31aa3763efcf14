-- $1 organizer, $2 keys and $3 facts in their order: how many records it added.
SELECT passa_seal_facts($1, $2, $3::jsonb[]) AS added
