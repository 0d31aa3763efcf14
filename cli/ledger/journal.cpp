// passa ledger journal: the entries, with their postings.
#include "cli/context.hpp"
#include "cli/spec/limited.hpp"
#include "lib/event/event.hpp"
#include "lib/ledger/read.hpp"

namespace passa::cli::ledger_journal {

struct Args {
    std::optional<std::string> event;
    RowLimit limit{200};
};

ExitCode run(Context& ctx, const Args& args) {
    const auto org = ctx.organizer();
    const auto lines = ctx.read([&](db::Transaction& tx) {
        const auto event = args.event ? std::optional{event::get_event(tx, org, *args.event).id} : std::nullopt;
        return ledger::load_journal(tx, org, {event, args.limit.rows});
    });
    out::Records records;
    for (const auto& l : lines)
        records.push_back({{"entry", l.journal.text()},
                           {"kind", l.kind},
                           {"effective_at", l.effective_at},
                           {"posted_at", l.posted_at},
                           {"account", l.account.text()},
                           {"amount", l.amount},
                           {"note", l.note}});
    ctx.list(
        {{"entry", "ENTRY"}, {"kind", "KIND"}, {"posted_at", "POSTED"}, {"account", "ACCOUNT"}, {"amount", "AMOUNT"}},
        records);
    return ExitCode::ok;
}

extern const Command k_command = {
    .path = "ledger journal",
    .summary = "Show the newest journal entries with their postings",
    .options = {option("event", &Args::event, "NAME", "Only entries of this event"), limit_option(&Args::limit)},
    .examples = {{"passa ledger journal --event nairobi-live --limit 5", "the newest five"}},
    .run = runner(run),
};

} // namespace passa::cli::ledger_journal
