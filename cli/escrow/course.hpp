// One plan's money, all the way: heard, deposited, credited, paid out, heard again. Command and job go the same way.
#pragma once
#include "cli/escrow/holder.hpp"
#include "lib/runner/runner.hpp"

namespace passa::cli::escrow {

struct Look { // what is to be done, before anybody agrees to it
    passa::escrow::VersionDue due;
    std::uint32_t on_chain = 0;
    passa::escrow::Steps steps;
    std::vector<std::string> payees; // who is owed something once the steps are done
    [[nodiscard]] Int128 sum(passa::escrow::Act act) const;
};
// Errors escrow.no_plan (no version of the contract's plan is ours), escrow.organizer,
// escrow.address, escrow.same_address, escrow.funds.
std::vector<Look> look(Context& ctx, Holder& holder, const Escrow& escrow);

struct Done {
    std::int64_t calls = 0;
    Int128 deposited = 0, refunded = 0, credited = 0, paid = 0;
    money::Amount fees;
    bool heard = false; // all of it, into the books
};
struct Way {
    contract::Keyring& keys;
    std::function<void()> before = [] {}; // each call: whoever pays must still be allowed to
    stellar::contract::Terms terms = {};
};
// The deployer sends and pays; the treasury's key authorises what leaves it.
struct Unlocking {
    std::vector<std::string> sign_with; // keys of others who must authorise
    out::PassphraseSource source;
};
contract::Keyring make_keys(Context& ctx, const Escrow& escrow, const std::vector<Look>& looks, Unlocking unlocking);

// Under the right to send from the key's account; looks again first, so that nothing is done twice.
Done carry_out(Context& ctx, Holder& holder, const Escrow& escrow, const Way& way);

// All contracts of the event that is this item, on the network agreed to.
runner::Counts pay_item(Context& ctx, const out::PassphraseSource& source, runner::Item& item);

} // namespace passa::cli::escrow
