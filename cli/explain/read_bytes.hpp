// Who reads the stored bytes of attempts and evidence: the rails, without a server.
#pragma once
#include "cli/context.hpp"
#include "lib/report/payout_facts.hpp"

namespace passa::cli {

report::BytesReader make_bytes_reader(Context& ctx); // lives no longer than the Context
} // namespace passa::cli
