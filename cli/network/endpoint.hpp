// An endpoint's state in a word, the same for `network health` and `doctor`.
#pragma once
#include "lib/stellar/rpc/client.hpp"

#include <string>

namespace passa::cli::network {

inline constexpr std::chrono::seconds k_most_ahead{5}; // ledgers are closed by clocks about as good as ours should be

// healthy; behind: its newest ledger is older than the network allows; ahead: that was closed later than now, so our
// clock is late; else the code of what went wrong.
inline std::string state_of(const stellar::rpc::EndpointReport& report, Duration most_behind) {
    if (report.problem) return report.problem->code;
    if (report.behind && *report.behind > most_behind) return "behind";
    if (report.ahead && *report.ahead > k_most_ahead) return "ahead";
    return "healthy";
}

} // namespace passa::cli::network
