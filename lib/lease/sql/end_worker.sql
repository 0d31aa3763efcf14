-- Of a lease that does not live: the session that its holder worked in is ended, and what it had not committed with it.
SELECT passa_end_worker($2, $3) FROM organizer WHERE id = $1
