// passa escrow show: contract, ledger and chain side by side, to the unit.
#include "cli/escrow/holder.hpp"

#include <algorithm>

namespace passa::cli::escrow_show {

struct Args {
    std::string event;
    bool all = false;
};

ExitCode run(Context& ctx, const Args& args) {
    const auto owner = ctx.organizer();
    out::Records plans, figures;
    std::int64_t differing = 0;
    for (const auto& one : escrow::get_escrows(ctx, args.event)) {
        escrow::Holder holder{ctx, one};
        if (one.address) escrow::hear(ctx, holder, one);
        const auto ours = ctx.read([&](db::Transaction& tx) { return passa::escrow::load_book(tx, owner, one); });
        const auto theirs = holder.all(ours);
        plans.push_back({{"plan", one.plan_name},
                         {"contract", one.contract},
                         {"address", holder.address()},
                         {"network", one.network},
                         {"treasury", one.treasury_name},
                         {"state", one.released         ? "released"
                                   : theirs.is_closed   ? "closed"
                                   : holder.is_paused() ? "paused"
                                                        : "open"}});
        for (const auto& figure : passa::escrow::compare(one, ours, theirs)) {
            differing += figure.agrees() ? 0 : 1;
            if (args.all || !figure.agrees() || !figure.book.is_zero())
                figures.push_back({{"plan", figure.version.empty() ? one.plan_name : figure.version},
                                   {"figure", figure.what},
                                   {"books", figure.book},
                                   {"contract", figure.contract},
                                   {"agrees", figure.agrees()}});
        }
    }
    ctx.show({{"event", args.event}, {"plans", plans}, {"figures", figures}});
    if (differing == 0) return ExitCode::ok;
    throw Error{{Kind::open_breaks, "escrow.differs",
                 differing == 1 ? std::string{"1 figure differs"} : fmt::format("{} figures differ", differing),
                 "in transit: reconcile the treasury (passa recon run); else run passa job run chain-sync, and look "
                 "for a gap with passa contract events CONTRACT --stored"}};
}

extern const Command k_command = {
    .path = "escrow show",
    .summary = "Hold an event's contract against the books",
    .details =
        "What the contract told since the last time is booked first. Then each figure of its own book stands beside "
        "ours: deposits, refunds, commissions, what each payee was paid; and what it holds by the token's word. In "
        "transit is what the contract has told and the treasury's statement not yet shown, or the other way round.",
    .options = {positional("EVENT", &Args::event, "The event"), flag("all", &Args::all, "Figures that are zero, too")},
    .examples = {{"passa escrow show nairobi-live", "exit 0: they agree to the unit"}},
    .exits = {{ExitCode::open_breaks, "a figure differs"},
              {ExitCode::differs, "the contract runs other code than its manifest pins"},
              {ExitCode::busy, "no server answers"}},
    .effect = Effect::writes,
    .run = runner(run),
};

} // namespace passa::cli::escrow_show
