// What a script learns from passa. Unknown codes mean failure. The README and every man page print this table.
#pragma once
#include <cstdint>

namespace passa {

enum class ExitCode : std::uint8_t {
    ok = 0,
    failed = 1,
    usage = 2,            // a wrong command line or a bad manifest
    partial = 3,          // done in part; the rest is named
    unauthorised = 4,     // not allowed: approval, policy, role
    differs = 5,          // diff, drift, stale plan
    open_breaks = 10,     // reconciliation found open breaks
    unknown_outcome = 20, // money may have moved; the resume command is printed
    balance_gap = 30,     // the books or the chain do not add up: stop
    configuration = 40,   // configuration or credential
    internal = 50,        // a defect of passa
    busy = 75,            // somebody else holds it, or it is temporarily away: try later
    interrupted = 130,    // SIGINT
    terminated = 143,     // SIGTERM
};

} // namespace passa
