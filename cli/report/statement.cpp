// passa report statement: what each party can check by hand, as a page and as CSV.
#include "lib/report/statement.hpp"

#include "cli/context.hpp"
#include "cli/version.hpp"
#include "lib/base/text.hpp"
#include "lib/report/document.hpp"

namespace passa::cli::report_statement {

struct Args {
    std::string event;
    std::optional<std::string> party;
    std::filesystem::path out;
    bool force = false;
};

void make_folder(const std::filesystem::path& folder) {
    std::error_code failed;
    std::filesystem::create_directories(folder, failed);
    if (failed)
        throw Error{{Kind::failed, "report.unwritable",
                     fmt::format("cannot make the folder {}: {}", printable(folder.string()), failed.message()),
                     "choose a folder that you may write to: --out"}};
}

ExitCode run(Context& ctx, const Args& args) {
    const auto org = ctx.organizer();
    const auto now = ctx.clock().now();
    const auto statements = ctx.read([&](db::Transaction& tx) {
        const auto event = event::get_event(tx, org, args.event);
        return report::load_statements(tx, org, {event, args.party, now});
    });
    if (!statements.empty()) make_folder(args.out);
    out::Records records;
    for (const auto& s : statements) {
        const auto page = args.out / fmt::format("{}-{}.html", s.head.name, s.party);
        const auto csv = args.out / fmt::format("{}-{}.csv", s.head.name, s.party);
        report::store_document(
            {page, report::make_statement_page(s, trim(version_text(false))), report::k_statement_page_mark},
            args.force);
        report::store_document({csv, report::make_statement_csv(s), report::k_statement_csv_mark}, args.force);
        for (const auto& account : s.accounts)
            records.push_back({{"party", s.party},
                               {"earned", account.earned()},
                               {"paid", account.totals.paid},
                               {"on_its_way", account.totals.under_way},
                               {"set_off", account.set_off},
                               {"other", account.other()},
                               {"balance_due", account.totals.owed},
                               {"page", page.string()},
                               {"csv", csv.string()}});
    }
    ctx.list({{"party", "PARTY"},
              {"earned", "EARNED"},
              {"paid", "PAID"},
              {"on_its_way", "ON ITS WAY"},
              {"set_off", "OTHER EVENTS"},
              {"other", "OTHER"},
              {"balance_due", "DUE"},
              {"page", "PAGE"}},
             records);
    if (statements.empty()) ctx.note(fmt::format("nothing has been settled for {} yet", args.event));
    return ExitCode::ok;
}

extern const Command k_command = {
    .path = "report statement",
    .summary = "Write a statement for each party of an event: HTML and CSV",
    .details =
        "What a payee can check by hand: per settlement what was shared, the share and the plan version in force, "
        "what was posted, commissions, payouts with their transaction hash, what was set against other events, and the "
        "balance due, which is what the other figures add up to. Settlements are "
        "replayed first; if one comes out differently, or a check of the books fails, nothing is written. Files "
        "are DIR/EVENT-PARTY.html and .csv; older statements are replaced, any other file only with --force.",
    .options = {positional("EVENT", &Args::event, "The event"),
                option("party", &Args::party, "NAME", "Only this party or creator"),
                option("out", &Args::out, "DIR", "The folder to write to; made if missing"),
                flag("force", &Args::force, "Replace files even if they are no statements")},
    .examples = {{"passa report statement nairobi-live --out statements", "everybody's"},
                 {"passa report statement nairobi-live --party headliner --out statements", "one party's"}},
    .exits = {{ExitCode::balance_gap, "the books do not hold, or a replay differs; nothing is written"}},
    .run = runner(run),
};

} // namespace passa::cli::report_statement
