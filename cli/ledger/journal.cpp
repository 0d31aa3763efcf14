// passa ledger journal: the entries, with their postings.
#include "cli/context.hpp"
#include "lib/event/event.hpp"
#include "lib/ledger/read.hpp"

namespace passa::cli::ledger_journal {

struct Args {
    std::optional<std::string> event;
    std::optional<std::int64_t> limit;
};

ExitCode run(Context& ctx, const Args& args) {
    const auto org = ctx.organizer();
    const auto lines = ctx.read([&](db::Transaction& tx) {
        const auto event = args.event ? std::optional{event::get_event(tx, org, *args.event).id} : std::nullopt;
        return ledger::load_journal(tx, org, {event, args.limit.value_or(200)});
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
    .summary = "Show journal entries with their postings",
    .options = {option("event", &Args::event, "NAME", "Only entries of this event"),
                option("limit", &Args::limit, "N", "How many of the newest entries; default 200")},
    .examples = {{"passa ledger journal --event nairobi-live --limit 5", "the newest five"}},
    .run = runner(run),
};

} // namespace passa::cli::ledger_journal
