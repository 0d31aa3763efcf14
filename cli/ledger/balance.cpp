// passa ledger balance: what every account holds.
#include "cli/context.hpp"
#include "lib/event/event.hpp"
#include "lib/ledger/read.hpp"

namespace passa::cli::ledger_balance {

struct Args {
    std::optional<std::string> event;
};

ExitCode run(Context& ctx, const Args& args) {
    const auto org = ctx.organizer();
    const auto balances = ctx.read([&](db::Transaction& tx) {
        return ledger::load_balances(
            tx, org, args.event ? std::optional{event::get_event(tx, org, *args.event).id} : std::nullopt);
    });
    out::Records records;
    for (const auto& b : balances)
        records.push_back({{"account", b.account.kind},
                           {"event", b.account.event},
                           {"party", b.account.party},
                           {"treasury", b.account.treasury},
                           {"balance", b.amount}});
    ctx.list({{"account", "ACCOUNT"},
              {"event", "EVENT"},
              {"party", "PARTY"},
              {"treasury", "TREASURY"},
              {"balance", "BALANCE"}},
             records);
    return ExitCode::ok;
}

extern const Command k_command = {
    .path = "ledger balance",
    .summary = "Show the balance of every account (debits positive)",
    .options = {option("event", &Args::event, "NAME", "Only accounts of this event")},
    .examples = {{"passa ledger balance --event nairobi-live", "one event"}},
    .run = runner(run),
};

} // namespace passa::cli::ledger_balance
