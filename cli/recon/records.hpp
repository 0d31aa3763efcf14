// Breaks and runs as commands show them.
#pragma once
#include "cli/out/table.hpp"
#include "lib/recon/read.hpp"

namespace passa::cli {

std::vector<out::Column> break_columns();
out::Record break_record(const recon::BreakView& view, Instant now);
out::Record short_break_record(const recon::BreakView& view, Instant now); // one line beside a run
out::Records break_records(const std::vector<recon::BreakView>& views, Instant now);
out::Record run_record(const recon::RunView& view);
out::Records balance_records(const std::vector<recon::BalanceView>& views);

} // namespace passa::cli
