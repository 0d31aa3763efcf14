// Deposits and commissions first, payments behind; every amount is due to date less what the contract has.
#include "cli/escrow/course.hpp"

#include "cli/escrow/turn.hpp"
#include "lib/base/text.hpp"
#include "lib/catalog/network.hpp"
#include "lib/payout/funds.hpp"
#include "lib/stellar/contract/returned.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

namespace passa::cli::escrow {
namespace {

using nlohmann::ordered_json;
using passa::escrow::Act;
using passa::escrow::Step;
using passa::escrow::VersionDue;

constexpr std::size_t k_payees_at_once = 40; // what one transaction may tell ends at some 50 payments

[[noreturn]] void refuse(const char* code, std::string message, std::string hint) {
    throw Error{{Kind::refused, code, std::move(message), std::move(hint)}};
}

void require_addresses(const VersionDue& due) {
    const auto check = [](const passa::escrow::Payee& payee) {
        if (payee.address.empty() || payee.address.front() == 'M')
            refuse("escrow.address",
                   payee.address.empty() ? fmt::format("{} is not paid on Stellar", payee.name)
                                         : fmt::format("{} is paid at an address with a number in it, which no "
                                                       "contract can pay",
                                                       payee.name),
                   "give it payout: {rail: stellar, address: G...}");
    };
    std::map<std::string, const passa::escrow::Payee*> known;
    const auto look = [&](const passa::escrow::Payee& payee) {
        check(payee);
        const auto* other = known.try_emplace(payee.address, &payee).first->second;
        if (other->id != payee.id)
            refuse("escrow.same_address",
                   fmt::format("{} and {} are paid at the same address, so nobody could say whose a payment is",
                               other->name, payee.name),
                   "give one of them another: payout: {rail: stellar, address: G...}");
    };
    for (const auto& share : due.shares) look(share.payee);
    for (const auto& [creator, amount] : due.commissions) look(creator);
}

bool is_plan_of(const PlanOnChain& plan, const VersionDue& due) {
    return std::equal(plan.shares.begin(), plan.shares.end(), due.shares.begin(), due.shares.end(),
                      [](const auto& theirs, const passa::escrow::ShareDue& ours) {
                          return theirs.first == ours.payee.address && theirs.second == ours.bps;
                      });
}

// The oldest of the contract's that says the same and is nobody's yet.
std::uint32_t find_version(Holder& holder, const Escrow& escrow, const VersionDue& due,
                           const std::set<std::uint32_t>& taken) {
    if (due.on_chain) return *due.on_chain;
    const auto newest = holder.newest_version();
    for (std::uint32_t version = 1; version <= newest; ++version)
        if (!taken.contains(version) && is_plan_of(holder.plan(version), due)) return version;
    std::vector<std::string> shares;
    for (const auto& share : due.shares)
        shares.push_back(fmt::format("{{party: {}, bps: {}}}", share.payee.address, share.bps));
    refuse("escrow.no_plan",
           fmt::format("contract {} has no plan that says what {} says, in its order", escrow.contract, due.name),
           fmt::format("propose it to the contract: shares: [{}]", join(shares, ", ")));
}

void require_funds(Context& ctx, const Escrow& escrow, Int128 needed) {
    if (needed == 0) return;
    const auto rail = ctx.make_rail({escrow.treasury_name});
    money::Amount held{0, escrow.asset};
    for (const auto& balance : rail->balances())
        if (balance.asset() == escrow.asset) held = balance;
    const auto owner = ctx.organizer();
    const auto reserved =
        ctx.read([&](db::Transaction& tx) { return payout::load_reserved(tx, owner, escrow.treasury); });
    if (held.minor() - reserved >= needed) return;
    refuse("escrow.funds",
           fmt::format("treasury {} holds {}, open batches have reserved {}, and {} are to be deposited",
                       escrow.treasury_name, held.for_people(), money::Amount{reserved, escrow.asset}.for_people(),
                       money::Amount{needed, escrow.asset}.for_people()),
           "fund it, or settle when what was sold has been paid to you");
}

const char* function_of(const Step& step) {
    if (step.act == Act::refund) return "refund";
    if (step.act == Act::credit) return "credit";
    return step.earned.empty() ? "deposit" : "settle";
}

ordered_json earned_of(const Step& step) {
    auto earned = ordered_json::array();
    for (const auto& [address, minor] : step.earned)
        earned.push_back(ordered_json::array({address, money::to_text(minor)}));
    return earned;
}

void apply(passa::escrow::ContractBook& book, const Step& step) {
    if (step.act == Act::deposit) book.deposited += step.minor;
    if (step.act == Act::refund) book.refunded += step.minor;
    book.commissions += step.credited();
    for (const auto& [address, minor] : step.earned) book.credits[address].due += minor;
}

Look look_at(Holder& holder, const Escrow& escrow, const VersionDue& due, std::uint32_t on_chain) {
    auto book = holder.book(on_chain, due);
    Look found{due, on_chain, {}, {}};
    if (!escrow.released) found.steps = passa::escrow::plan_steps(escrow, due, book);
    for (const auto& step : found.steps.steps) apply(book, step);
    found.payees = passa::escrow::find_owed(due, book);
    return found;
}

// One step or a part of the payments, as a call.
class Course {
public:
    Course(Context& ctx, Holder& holder, const Escrow& escrow, const Way& way)
        : m_ctx(ctx), m_turn(ctx, escrow), m_holder(holder), m_escrow(reload(ctx, escrow)), m_way(way),
          m_line(ctx, {holder.client(), way.keys, way.terms}) {}

    Done run() {
        m_done.fees = stellar::stroops(0);
        const auto looks = look(m_ctx, m_holder, m_escrow); // as things are, now that nobody else sends
        bind(looks);
        for (const auto& one : looks) {
            for (const auto& step : one.steps.steps) take(one.on_chain, step);
            for (std::size_t from = 0; from < one.payees.size(); from += k_payees_at_once)
                distribute(one.on_chain, from, one.payees);
        }
        m_done.heard = hear_through(m_ctx, m_holder, reload(m_ctx, m_escrow), m_ledger);
        return m_done;
    }

private:
    void bind(const std::vector<Look>& looks) {
        m_turn.write([&](db::Transaction& tx) {
            const ledger::Book book{tx, m_ctx.organizer(), m_ctx.ids(), m_ctx.clock().now()};
            passa::escrow::bind(book, m_escrow, m_holder.address());
            for (const auto& one : looks) passa::escrow::bind_version(book, m_escrow, one.due, one.on_chain);
            return true;
        });
    }

    void take(std::uint32_t version, const Step& step) {
        ordered_json values{{"version", version}, {"token", m_holder.token()}};
        values[step.act == Act::credit ? "batch" : "reference"] = to_hex(step.reference);
        if (step.act != Act::credit) values["amount"] = money::to_text(step.minor);
        if (step.act == Act::deposit) values["from"] = m_escrow.treasury_account;
        if (!step.earned.empty()) values["earned"] = earned_of(step);
        call(function_of(step), values);
        if (step.act == Act::deposit) m_done.deposited += step.minor;
        if (step.act == Act::refund) m_done.refunded += step.minor;
        m_done.credited += step.credited();
    }

    void distribute(std::uint32_t version, std::size_t from, const std::vector<std::string>& all) {
        auto payees = ordered_json::array();
        for (std::size_t i = from; i < std::min(all.size(), from + k_payees_at_once); ++i) payees.push_back(all[i]);
        const auto sent =
            call("distribute", {{"version", version}, {"token", m_holder.token()}, {"payees", std::move(payees)}});
        if (sent.returned.value)
            if (const auto* parts = sent.returned.value->find<stellar::xdr::ScValType::i128>())
                m_done.paid += (Int128{parts->hi} << 64) + Int128{parts->lo};
    }

    contract::Sent call(const char* function, const ordered_json& values) {
        m_way.before();
        m_turn.require_held();
        m_way.keys.unlock();
        const auto made = m_holder.make_call(m_way.keys.source(), function, values);
        auto sent =
            m_line.carry_out({passa::contract::Purpose::invoke, m_holder.address(), m_holder.words(made)}, made);
        ++m_done.calls;
        m_done.fees += sent.fee;
        m_ledger = sent.ledger;
        return sent;
    }

    Context& m_ctx;
    Turn m_turn; // then the line: a release waits for neither
    Holder& m_holder;
    Escrow m_escrow; // as it stands, now that it is our turn
    const Way& m_way;
    contract::Line m_line;
    Done m_done;
    std::int64_t m_ledger = 0;
};

} // namespace

Int128 Look::sum(Act act) const {
    Int128 sum = 0;
    for (const auto& step : steps.steps) sum += act == Act::credit ? step.credited() : step.act == act ? step.minor : 0;
    return sum;
}

std::vector<Look> look(Context& ctx, Holder& holder, const Escrow& escrow) {
    const auto owner = ctx.organizer();
    const auto dues = ctx.read([&](db::Transaction& tx) { return passa::escrow::load_dues(tx, owner, escrow); });
    if (holder.is_paused() || holder.is_closed())
        refuse("escrow.paused",
               fmt::format("contract {} {}", escrow.contract,
                           holder.is_closed() ? "gave everything back: it pays nobody any more" : "is paused"),
               fmt::format("ask its guardian; or pay by payouts instead: passa escrow release {}", escrow.event_name));
    if (const auto organizer = holder.organizer(); organizer != escrow.treasury_account)
        refuse("escrow.organizer",
               fmt::format("what contract {} gives back goes to {}, and not to treasury {}", escrow.contract, organizer,
                           escrow.treasury_name),
               "deploy one whose organizer is the treasury's account, or name the treasury with that account");
    std::set<std::uint32_t> taken;
    for (const auto& due : dues)
        if (due.on_chain) taken.insert(*due.on_chain);
    std::vector<Look> looks;
    Int128 needed = 0;
    for (const auto& due : dues) {
        require_addresses(due);
        const auto version = find_version(holder, escrow, due, taken);
        taken.insert(version);
        looks.push_back(look_at(holder, escrow, due, version));
        needed += looks.back().sum(Act::deposit);
    }
    require_funds(ctx, escrow, needed);
    return looks;
}

contract::Keyring make_keys(Context& ctx, const Escrow& escrow, const std::vector<Look>& looks, Unlocking unlocking) {
    const auto owner = ctx.organizer();
    const auto treasury =
        ctx.read([&](db::Transaction& tx) { return catalog::find_treasury(tx, owner, escrow.treasury_name); });
    const bool deposits =
        std::any_of(looks.begin(), looks.end(), [](const Look& one) { return one.sum(Act::deposit) > 0; });
    if (treasury && treasury->key && deposits) unlocking.sign_with.push_back(*treasury->key);
    contract::Keyring keys{ctx, contract::get_declared(ctx, escrow.contract).key, std::move(unlocking.sign_with),
                           unlocking.source};
    contract::refuse_treasury(ctx, escrow.network, keys.source());
    return keys;
}

Done carry_out(Context& ctx, Holder& holder, const Escrow& escrow, const Way& way) {
    return Course{ctx, holder, escrow, way}.run();
}

// Every night the job says so where contract and books do not have the same.
void require_agreement(Context& ctx, Holder& holder, const Escrow& escrow) {
    const auto owner = ctx.organizer();
    const auto ours = ctx.read([&](db::Transaction& tx) { return passa::escrow::load_book(tx, owner, escrow); });
    passa::escrow::require_agreement(escrow, ours, holder.all(ours));
}

runner::Counts pay_item(Context& ctx, const out::PassphraseSource& source, runner::Item& item) {
    runner::Counts counts{{"calls", 0}, {"deposited", 0}, {"paid", 0}};
    for (const auto& one : get_escrows(ctx, item.key())) {
        Holder holder{ctx, one};
        const auto looks = look(ctx, holder, one);
        auto keys = make_keys(ctx, one, looks, {{}, source});
        const auto done = carry_out(ctx, holder, one, {keys, [&item] { item.require_live(); }});
        if (!done.heard)
            throw Error{{Kind::unavailable, "escrow.behind", "no server tells yet of what was done",
                         "it is heard the next time, and nothing is sent twice"}};
        require_agreement(ctx, holder, one);
        counts["calls"] += done.calls;
        counts["deposited"] += static_cast<std::int64_t>(done.deposited);
        counts["paid"] += static_cast<std::int64_t>(done.paid);
    }
    return counts;
}

} // namespace passa::cli::escrow
