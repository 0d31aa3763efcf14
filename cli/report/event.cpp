// passa report event: one HTML file that says what came in, where it went, and what proves it.
#include "cli/context.hpp"
#include "cli/version.hpp"
#include "lib/base/text.hpp"
#include "lib/report/document.hpp"
#include "lib/report/page.hpp"

namespace passa::cli::report_event {

struct Args {
    std::string event;
    std::filesystem::path out;
    bool force = false;
};

ExitCode run(Context& ctx, const Args& args) {
    const auto org = ctx.organizer();
    const auto now = ctx.clock().now();
    const auto figures = ctx.read([&](db::Transaction& tx) {
        return report::load_event_figures(tx, org, event::get_event(tx, org, args.event), now);
    });
    report::store_document(
        {args.out, report::make_event_page(figures, trim(version_text(false))), report::k_event_page_mark}, args.force);
    ctx.show({{"file", args.out.string()},
              {"event", figures.head.name},
              {"settlements", static_cast<std::int64_t>(figures.settlements.size())},
              {"all_checks_hold", figures.all_hold()}});
    if (figures.all_hold()) return ExitCode::ok;
    throw Error{{Kind::balance_gap, "report.does_not_add_up",
                 fmt::format("the report is written, but its figures do not add up: {}", args.out.string()),
                 "do not hand it on; see: passa ledger check"}};
}

extern const Command k_command = {
    .path = "report event",
    .summary = "Write the report of an event: one HTML file that prints well",
    .details =
        "Sales by day and tier, the way from gross to each party, splits, commissions, payouts with their proofs, "
        "reconciliation, the checks that were run and where every figure comes from. The file holds everything it "
        "shows; nothing is fetched. An older report in its place is replaced, in one step; any other file only with "
        "--force.",
    .options = {positional("EVENT", &Args::event, "The event"),
                option("out", &Args::out, "FILE", "The HTML file to write"),
                flag("force", &Args::force, "Replace FILE even if it is no report")},
    .examples = {{"passa report event nairobi-live --out report.html", "for the artist's manager"}},
    .exits = {{ExitCode::balance_gap, "a check failed, and the report says which; or a settlement does not follow from "
                                      "its inputs, and none is written"}},
    .run = runner(run),
};

} // namespace passa::cli::report_event
