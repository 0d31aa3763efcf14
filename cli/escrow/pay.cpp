// passa escrow pay: brings an event's contract to where the books are, and has it pay everybody what he is owed.
#include "cli/escrow/course.hpp"

#include <algorithm>

namespace passa::cli::escrow_pay {

using escrow::Escrow;
using passa::escrow::Act;

struct Args {
    std::string event;
    std::vector<std::string> sign_with;
    std::optional<std::string> max_fee;
    std::optional<std::int64_t> passphrase_fd;
    std::optional<std::filesystem::path> passphrase_file;
};

struct Wanted { // one plan's
    Escrow escrow;
    std::unique_ptr<escrow::Holder> holder;
    std::vector<escrow::Look> looks;
    [[nodiscard]] money::Amount sum(Act act) const {
        escrow::Int128 sum = 0;
        for (const auto& look : looks) sum += look.sum(act);
        return {sum, escrow.asset};
    }
    [[nodiscard]] std::int64_t payees() const {
        std::int64_t count = 0;
        for (const auto& look : looks) count += static_cast<std::int64_t>(look.payees.size());
        return count;
    }
    [[nodiscard]] bool is_done() const {
        return payees() == 0 && std::all_of(looks.begin(), looks.end(),
                                            [](const escrow::Look& look) { return look.steps.steps.empty(); });
    }
};

std::vector<Wanted> look(Context& ctx, const Args& args) {
    std::vector<Wanted> all;
    for (auto& one : escrow::get_escrows(ctx, args.event)) {
        ctx.require_network(one.network, "contract " + one.contract);
        auto holder = std::make_unique<escrow::Holder>(ctx, one);
        auto looks = escrow::look(ctx, *holder, one);
        for (const auto& look : looks)
            for (const auto& waits : look.steps.waits) ctx.note(fmt::format("{}: {}", look.due.name, waits));
        all.push_back({std::move(one), std::move(holder), std::move(looks)});
    }
    return all;
}

out::Plan plan_of(const std::vector<Wanted>& all) {
    out::Records plans;
    for (const auto& one : all)
        plans.push_back({{"plan", one.escrow.plan_name},
                         {"contract", one.escrow.contract},
                         {"from", one.escrow.treasury_name},
                         {"deposit", one.sum(Act::deposit)},
                         {"refund", one.sum(Act::refund)},
                         {"commissions", one.sum(Act::credit)},
                         {"payees", one.payees()}});
    return {all.front().escrow.network, all.front().escrow.event_name, {{"plans", plans}}};
}

out::Record record_of(const Escrow& escrow, const escrow::Done& done) {
    const auto amount = [&](escrow::Int128 minor) { return money::Amount{minor, escrow.asset}; };
    return {{"plan", escrow.plan_name},
            {"contract", escrow.contract},
            {"deposited", amount(done.deposited)},
            {"refunded", amount(done.refunded)},
            {"commissions", amount(done.credited)},
            {"paid", amount(done.paid)},
            {"calls", done.calls},
            {"fees", done.fees}};
}

ExitCode run(Context& ctx, const Args& args) {
    auto all = look(ctx, args);
    const bool is_done = std::all_of(all.begin(), all.end(), [](const Wanted& one) { return one.is_done(); });
    if (is_done) ctx.note("the contract has paid all that is owed: nothing is sent");
    if (!is_done && !ctx.may_move(plan_of(all))) return ExitCode::ok;
    out::Records records;
    bool heard = true;
    for (auto& one : all) {
        auto keys = escrow::make_keys(
            ctx, one.escrow, one.looks,
            {args.sign_with, {args.passphrase_fd, args.passphrase_file, false, !ctx.globals().no_input}});
        const contract::KeyArgs fees{.max_fee = args.max_fee};
        const auto done = escrow::carry_out(ctx, *one.holder, one.escrow, {keys, [] {}, contract::read_terms(fees)});
        records.push_back(record_of(one.escrow, done));
        heard = heard && done.heard;
    }
    ctx.list({{"plan", "plan"},
              {"contract", "contract"},
              {"deposited", "deposited"},
              {"refunded", "refunded"},
              {"commissions", "commissions"},
              {"paid", "paid"},
              {"calls", "calls"},
              {"fees", "fees"}},
             records);
    if (heard) return ExitCode::ok;
    throw Error{{Kind::unavailable, "escrow.behind", "no server tells yet of what was done, so it is not in the books",
                 "run the same command again: it hears first, and sends nothing twice"}};
}

extern const Command k_command = {
    .path = "escrow pay",
    .summary = "Have an event's contract pay everybody what is owed",
    .details =
        "For split plans with onchain. What settlements posted and the contract does not have yet is deposited from "
        "the plan's treasury, what creators earned is credited, and the contract is asked to pay: it splits by its own "
        "book, by the same law. What is too much since a refund comes back to the treasury. The contract must run the "
        "pinned code, have a plan that says what the split plan says, and its organizer must be the treasury's "
        "account. Everything is due to date less what the contract has: run again, it finishes what was cut off and "
        "sends nothing twice. What the contract tells is booked as it is heard, whoever called it.",
    .options = {option("event", &Args::event, "NAME", "The event"),
                option(
                    "sign-with", &Args::sign_with, "NAME",
                    "A key of whoever must authorise besides: the contract's admin, where the deployer is none; may be "
                    "given again"),
                option("max-fee", &Args::max_fee, "XLM", "The most that one transaction may cost; default: 10"),
                option("passphrase-fd", &Args::passphrase_fd, "N",
                       "Read the keys' passphrase from this file descriptor"),
                option("passphrase-file", &Args::passphrase_file, "FILE",
                       "Read the keys' passphrase from the first line of this file")},
    .examples = {{"passa escrow pay --event nairobi-live", "shows what it would move, asks, pays"},
                 {"passa escrow pay --event nairobi-live --dry-run", "what is missing, without keys"}},
    .exits = contract::sending_exits(),
    .effect = Effect::moves_money,
    .run = runner(run),
};

} // namespace passa::cli::escrow_pay
