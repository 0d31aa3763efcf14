// What brings a contract to where the books are: deposits, refunds, commissions, and then payments. Pure.
//
// Everything is due to date less what the contract has: after a crash, or beside another machine, the same question has
// the same answer, and each step carries a reference that the contract takes once.
#pragma once
#include "lib/escrow/escrow.hpp"

namespace passa::escrow {

using money::Int128;

// One version's book, as the contract says it.
struct ContractBook {
    Int128 deposited = 0, refunded = 0, commissions = 0, commissions_paid = 0;
    std::vector<Int128> paid; // of each share
    struct Credit {
        Int128 due = 0, paid = 0;
    };
    std::map<std::string, Credit> credits; // by address: of the creators asked about
    [[nodiscard]] Int128 held() const;
};

enum class Act : std::uint8_t { deposit, refund, credit };
struct Step {
    Act act{};
    Int128 minor = 0;                                     // deposited or refunded
    std::vector<std::pair<std::string, Int128>> earned{}; // credited: with a deposit, in the same call
    Hash256 reference{};
    [[nodiscard]] Int128 credited() const;
};
struct Steps {
    std::vector<Step> steps;             // in this order
    std::vector<std::string> waits = {}; // what cannot be done now, in words
};
// The addresses of `due` are those that the contract's plan has. Commissions come in with the deposit that they are
// earned of: anybody may ask the contract to pay, and between the two it would give them to the parties.
Steps plan_steps(const Escrow& escrow, const VersionDue& due, const ContractBook& now);

std::vector<Int128> share_parts(const VersionDue& due, Int128 total); // the settlement law

// Whom the contract owes something, once the steps are done; in the plan's order, creators behind.
std::vector<std::string> find_owed(const VersionDue& due, const ContractBook& then);

} // namespace passa::escrow
