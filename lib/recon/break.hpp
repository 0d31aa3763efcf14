// A break: something on one side of the chain and the book that the other side does not explain. It has a type, an age
// and, in the end, a code and a reason it was closed. Types and close codes follow the usual words of payment
// reconciliation; the ages are calendar ages.
#pragma once
#include "lib/base/id.hpp"
#include "lib/money/amount.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace passa {
struct BreakTag {
    static constexpr std::string_view prefix = "brk";
};
struct ReconRunTag {
    static constexpr std::string_view prefix = "rec";
};
using BreakId = Id<BreakTag>;
using ReconRunId = Id<ReconRunTag>;
} // namespace passa

namespace passa::recon {

using money::Amount;

// The database CHECK holds the same words; those that no pass raises yet belong to rails that are still to come.
enum class BreakType : std::uint8_t {
    missing_external,   // ours only: a payout with proof that the statement does not show
    missing_internal,   // theirs only: money moved that the book does not know
    amount,             // our reference, another sum
    fee,                // a fee that is not what was booked or expected
    duplicate_external, // paid once more than the book says
    status_conflict,    // moved, but the book says that it failed or was never sent
    party_mismatch,     // our reference, another destination
    timing,             // not final yet, or the history has a hole: look again later
    bad_reference,      // our attempt, but no payment of it
    balance_gap,        // opening + in - out - fees is not closing, or the book's balance is not the rail's
    late_return,        // money that looks like a payout coming back
    unknown_outcome     // a payout that may have happened
};
std::string_view name(BreakType type);                     // MISSING_EXTERNAL
Result<BreakType> parse_break_type(std::string_view text); // error recon.break_type

enum class CloseCode : std::uint8_t {
    matched,
    funding,
    paid,
    returned,
    written_off,
    reissued,
    refunded,
    provider_corrected
};
std::string_view name(CloseCode code);
Result<CloseCode> parse_close_code(std::string_view text); // error recon.close_code

// 0-1h, 1-24h, 1-3d, 3-7d, 7-30d, >30d
std::string_view age_bucket(Duration age);

} // namespace passa::recon
