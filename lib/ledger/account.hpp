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

// The meaning of each kind stands in lib/db/migrations/0004_ledger.sql and 0041_escrow.sql.
enum class AccountKind : std::uint8_t {
    gateway_receivable,
    event_proceeds,
    tax_held,
    platform_fee,
    payment_fee,
    party_payable,
    commission_payable,
    contract_payable,
    contract_held,
    contract_transit,
    payout_clearing,
    treasury,
    network_fee,
    fx,
    fx_rounding,
    expense,
    funding,
    suspense,
};

struct AccountKindName {
    AccountKind kind;
    std::string_view name;
};

// As the database spells them: a test holds the CHECK on account.kind to this table.
inline constexpr AccountKindName k_account_kinds[] = {
    {AccountKind::gateway_receivable, "gateway_receivable"},
    {AccountKind::event_proceeds, "event_proceeds"},
    {AccountKind::tax_held, "tax_held"},
    {AccountKind::platform_fee, "platform_fee"},
    {AccountKind::payment_fee, "payment_fee"},
    {AccountKind::party_payable, "party_payable"},
    {AccountKind::commission_payable, "commission_payable"},
    {AccountKind::contract_payable, "contract_payable"},
    {AccountKind::contract_held, "contract_held"},
    {AccountKind::contract_transit, "contract_transit"},
    {AccountKind::payout_clearing, "payout_clearing"},
    {AccountKind::treasury, "treasury"},
    {AccountKind::network_fee, "network_fee"},
    {AccountKind::fx, "fx"},
    {AccountKind::fx_rounding, "fx_rounding"},
    {AccountKind::expense, "expense"},
    {AccountKind::funding, "funding"},
    {AccountKind::suspense, "suspense"},
};

std::string_view name(AccountKind kind);
AccountKind get_account_kind(std::string_view name); // as the database spells it, which knows no others

struct AccountKey {
    AccountKind kind{};
    std::optional<EventId> event = {};
    std::optional<PartyId> party = {};
    std::optional<TreasuryId> treasury = {};
    friend auto operator<=>(const AccountKey&, const AccountKey&) = default;
};

} // namespace passa::ledger
