// The outbox of a contract, sent: as many rows in a call as fit.
#pragma once
#include "cli/contract/send.hpp"
#include "lib/runner/runner.hpp"

namespace passa::cli::contract {

// Rows that the contract would not hear of are given up, each by itself, and the others told.
runner::Counts send_queue(Context& ctx, const out::PassphraseSource& source, runner::Item& item);

} // namespace passa::cli::contract
