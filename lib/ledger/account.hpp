// An account is known by what it is about: its kind, and whose or which event's it is. It is created when first posted
// to.
#pragma once
#include "lib/db/database.hpp"
#include "lib/money/amount.hpp"

#include <compare>
#include <optional>

namespace passa {
struct EventTag {
    static constexpr std::string_view prefix = "evt";
};
struct PartyTag {
    static constexpr std::string_view prefix = "pty";
};
struct TreasuryTag {
    static constexpr std::string_view prefix = "try";
};
struct JournalTag {
    static constexpr std::string_view prefix = "jrn";
};
using EventId = Id<EventTag>;
using PartyId = Id<PartyTag>;
using TreasuryId = Id<TreasuryTag>;
using JournalId = Id<JournalTag>;
} // namespace passa

namespace passa::ledger {

// The meaning of each kind stands in lib/db/migrations/0004_ledger.sql.
enum class AccountKind : std::uint8_t {
    gateway_receivable,
    event_proceeds,
    tax_held,
    platform_fee,
    payment_fee,
    party_payable,
    commission_payable,
    payout_clearing,
    treasury,
    network_fee,
    fx,
    fx_rounding,
    rounding,
    expense,
    funding,
    suspense,
};

std::string_view name(AccountKind kind);

struct AccountKey {
    AccountKind kind{};
    std::optional<EventId> event = {};
    std::optional<PartyId> party = {};
    std::optional<TreasuryId> treasury = {};
};

} // namespace passa::ledger
