// passa escrow release: what a contract will not pay any more is paid by payouts; asked by one, approved by another.
#include "lib/escrow/release.hpp"

#include "cli/account/place.hpp"
#include "cli/escrow/turn.hpp"
#include "lib/base/text.hpp"
#include "lib/contract/call.hpp"
#include "lib/stellar/strkey.hpp"

#include <algorithm>

namespace passa::cli::escrow_release {

struct Args {
    std::string event;
    std::optional<std::string> plan;
    std::optional<std::string> reason;
    std::optional<std::string> approve;
};

escrow::Escrow choose(Context& ctx, const Args& args) {
    auto all = escrow::get_escrows(ctx, args.event);
    if (args.plan) std::erase_if(all, [&](const escrow::Escrow& one) { return one.plan_name != *args.plan; });
    if (all.size() == 1) return std::move(all.front());
    throw Error{{Kind::usage, "escrow.which",
                 all.empty() ? fmt::format("no contract holds money of split plan {}", printable(*args.plan, 60))
                             : fmt::format("contracts hold money of {} split plans of {}", all.size(), args.event),
                 "choose one: --plan NAME; see them with: passa escrow show " + args.event}};
}

void require_stopped(escrow::Holder& holder, const escrow::Escrow& one) {
    if (holder.is_paused() || holder.is_closed()) return;
    throw Error{{Kind::refused, "escrow.open", fmt::format("contract {} pays: nothing need be released", one.contract),
                 "have it pay: passa escrow pay --event " + one.event_name}};
}

// A deposit that is on its way could still arrive, were the contract to go on.
void require_nothing_open(Context& ctx, const escrow::Holder& holder) {
    const auto source = stellar::format_account(which_account(ctx, holder.declared().key).ed25519);
    const auto open = ctx.read([&](db::Transaction& tx) {
        return passa::contract::load_open_calls(tx, ctx.organizer(), holder.declared().network, source);
    });
    if (open.empty()) return;
    throw Error{{Kind::refused, "escrow.open_call",
                 fmt::format("it is not known yet what became of transaction {}", open.front().attempt.key),
                 "find out first, with whatever is sent next by the same key, such as: passa contract keep"}};
}

void require_one_of(const Args& args) {
    if (args.reason.has_value() != args.approve.has_value() && (!args.reason || !trim(*args.reason).empty())) return;
    throw Error{{Kind::usage, "escrow.reason", "a release is asked for with a reason, or approved by its hash",
                 "passa escrow release EVENT --reason TEXT; somebody else: --approve HASH"}};
}

ExitCode run(Context& ctx, const Args& args) {
    require_one_of(args);
    const auto one = choose(ctx, args);
    escrow::Turn turn{ctx, one};
    escrow::Holder holder{ctx, one};
    require_stopped(holder, one);
    require_nothing_open(ctx, holder);
    const auto owner = ctx.organizer();
    const auto theirs =
        holder.all(ctx.read([&](db::Transaction& tx) { return passa::escrow::load_book(tx, owner, one); }));
    if (one.address && !escrow::hear_through(ctx, holder, one, holder.as_of()))
        throw Error{{Kind::unavailable, "escrow.behind", "no server tells yet of all that the contract did",
                     "ask again in a minute"}};
    const auto work = [&](db::Transaction& tx) {
        const ledger::Book book{tx, owner, ctx.ids(), ctx.clock().now()};
        passa::escrow::bind(book, one, holder.address());
        const auto release = passa::escrow::make_release(tx, owner, one, theirs);
        if (args.approve)
            passa::escrow::approve_release(book, one, release, {*args.approve, ctx.actor()});
        else
            passa::escrow::ask_release(book, one, release, {*args.reason, ctx.actor()});
        return release;
    };
    const auto release = ctx.globals().dry_run ? ctx.rehearse(work) : turn.write(work);
    out::Records parties;
    for (const auto& party : release.parties)
        parties.push_back({{"party", party.payee.name},
                           {"owed", party.owed},
                           {"stays", party.stays},
                           {"released", party.released()}});
    ctx.show({{"plan", one.plan_name},
              {"contract", one.contract},
              {"sha256", to_hex(release.sha256)},
              {"approved_by", args.approve && !ctx.globals().dry_run ? out::Value{ctx.actor()} : out::Value{nullptr}},
              {"parties", parties}});
    if (ctx.globals().dry_run)
        ctx.note("dry run: nothing was kept");
    else if (args.approve)
        ctx.note("it is payable by payouts now: passa payout create --event " + one.event_name);
    else
        ctx.note(fmt::format("somebody else approves exactly this: passa escrow release {} --approve {}",
                             one.event_name, to_hex(release.sha256).substr(0, 16)));
    return ExitCode::ok;
}

extern const Command k_command = {
    .path = "escrow release",
    .summary = "Let payouts pay what a paused contract does not",
    .details =
        "Only while the contract is paused, or after its emergency exit. What it owes by its own book stays with it, "
        "for nobody can take that back; the rest of what the books owe becomes payable by payouts, and so does what is "
        "settled from then on: the plan is never deposited for again. One person asks with a reason, another approves "
        "by the hash of the figures; where anything moved in between, the figures are others and it is asked for anew.",
    .options = {positional("EVENT", &Args::event, "The event"),
                option("plan", &Args::plan, "NAME", "The split plan, where contracts hold money of several"),
                option("reason", &Args::reason, "TEXT", "Ask for it, and why"),
                option("approve", &Args::approve, "HASH",
                       "Approve what was asked for: at least 8 digits of its sha256")},
    .examples = {{"passa escrow release nairobi-live --reason 'paused since the guardian lost a key'",
                  "shows what would be released, and its hash"},
                 {"passa escrow release nairobi-live --approve 5d41402abc4b2a76", "by somebody else"}},
    .exits = {{ExitCode::unauthorised, "whoever asked may not approve"},
              {ExitCode::differs, "the figures are others than those asked for"},
              {ExitCode::open_breaks, "books and contract do not agree on what was paid"},
              {ExitCode::busy, "no server answers"}},
    .effect = Effect::writes,
    .dry_run = true,
    .run = runner(run),
};

} // namespace passa::cli::escrow_release
