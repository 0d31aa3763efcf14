// What jobs about contracts need of the command line.
#pragma once
#include "cli/context.hpp"
#include "jobs/jobs.hpp"

namespace passa::cli::contract {

// Keys are unlocked with this when something must be paid, and not before.
jobs::Chain make_chain(Context& ctx, const out::PassphraseSource& passphrase);

} // namespace passa::cli::contract
