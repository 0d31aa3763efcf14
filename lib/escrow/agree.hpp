// Contract, ledger and chain hold the same, to the unit: or which figure of which of them does not. Pure.
#pragma once
#include "lib/escrow/steps.hpp"

namespace passa::escrow {

// What the books have of one version, from what the contract told.
struct VersionBook {
    VersionDue due;
    Int128 deposited = 0, refunded = 0, commissions = 0;
    std::map<std::string, Int128> paid; // by address
};
struct OurBook {
    std::vector<VersionBook> versions;
    Int128 held = 0;    // by this contract, from its movements
    Int128 transit = 0; // of the event: what one side has not told yet
};
OurBook load_book(db::Transaction& tx, OrganizerId organizer, const Escrow& escrow);

struct Theirs {
    std::map<std::uint32_t, ContractBook> versions; // the contract's own word
    Int128 balance = 0;                             // the token's: what it holds in truth
    bool is_closed = false;                         // all of it went to the organizer
};

struct Figure {
    std::string version; // "show v2"; empty: of all
    std::string what;    // "deposited", "paid stage-crew"
    Amount book, contract;
    bool is_least = false; // the contract may have more: anybody can send it what it keeps no book of
    [[nodiscard]] bool agrees() const { return is_least ? !(contract - book).is_negative() : book == contract; }
};
inline constexpr std::string_view k_in_transit = "in transit"; // agrees when the treasury is reconciled, too
std::vector<Figure> compare(const Escrow& escrow, const OurBook& ours, const Theirs& theirs);

// All but what is in transit. Error escrow.disagrees.
void require_agreement(const Escrow& escrow, const OurBook& ours, const Theirs& theirs);

} // namespace passa::escrow
