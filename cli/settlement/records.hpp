// A settlement as commands show it.
#pragma once
#include "cli/out/value.hpp"
#include "lib/settle/settlement.hpp"

namespace passa::cli {
out::Records delta_records(const std::vector<settle::Delta>& deltas);
out::Record settlement_record(const settle::Settlement& settlement, const out::Value& event, bool dry_run);
} // namespace passa::cli
