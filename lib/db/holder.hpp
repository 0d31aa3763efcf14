// Who holds what another session waited for in vain. PostgreSQL says that a wait ended, not whom it was for; sessions
// say by their name which command they are.
#pragma once
#include "lib/db/connection.hpp"

namespace passa::db {

// The problem db.locked, with the sessions named that hold locks in the same database and wait for nobody themselves:
// one is the holder, of several one is. General words when none is left, or the server does not tell.
Problem name_holder(const ConnectOptions& options, int our_pid, Problem locked);

} // namespace passa::db
