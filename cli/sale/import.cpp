// passa sale import: the files of one export become sale lines.
#include "lib/sale/import.hpp"

#include "cli/context.hpp"
#include "cli/out/progress.hpp"
#include "cli/sale/profile_folder.hpp"
#include "lib/base/text.hpp"
#include "lib/sale/profile_shelf.hpp"

#include <set>

namespace passa::cli::sale_import {

struct Args {
    std::vector<std::filesystem::path> files;
    std::string profile;
    std::string event;
    std::optional<std::filesystem::path> rejects;
    std::optional<std::string> tier;
    std::optional<std::int64_t> max_refused;
    bool accept_corrections = false;
};

namespace {

out::Records records_of(const std::vector<sale::Refusal>& refusals) {
    out::Records records;
    for (const auto& r : refusals)
        records.push_back({{"code", r.code},
                           {"rows", r.rows},
                           {"file", r.file},
                           {"line", r.row},
                           {"column", r.column},
                           {"reason", r.reason}});
    return records;
}

out::Records records_of(const std::vector<sale::Difference>& differences) {
    out::Records records;
    for (const auto& d : differences)
        records.push_back({{"file", d.file},
                           {"row", d.row},
                           {"order", d.order},
                           {"line", d.line},
                           {"what", d.what},
                           {"book", d.book},
                           {"says", d.says}});
    return records;
}

out::Record record_of(const sale::ImportOutcome& o, bool dry_run) {
    out::Records rejects;
    for (const auto& path : o.rejects) rejects.push_back({{"file", path.string()}});
    return {{"import", o.id.is_nil() ? std::optional<std::string>{} : o.id.text()},
            {"dry_run", dry_run},
            {"known", o.was_known},
            {"resumed", o.was_resumed},
            {"rows", o.rows},
            {"sold", o.sold},
            {"undone", o.undone},
            {"changed", o.changed},
            {"unchanged", o.unchanged},
            {"joined", o.joined},
            {"ignored", o.ignored},
            {"outside_window", o.outside_window},
            {"uncredited", o.uncredited},
            {"refused", o.refused},
            {"refusals", records_of(o.refusals)},
            {"differing", o.differing},
            {"differences", records_of(o.differences)},
            {"rejects", rejects}};
}

ExitCode exit_of(const sale::ImportOutcome& o) {
    if (o.refused == 0) return ExitCode::ok;
    return o.sold + o.undone + o.unchanged + o.changed > 0 ? ExitCode::partial : ExitCode::usage;
}

// What to do about a refusal that is not a slip in the file.
std::string_view advice_on(const std::string& code, bool accepts_corrections) {
    if (code == "sale.unknown_tier")
        return "a tier by another name: add that name to the tier's aliases in the Event, run passa apply, import "
               "again";
    if (code == "sale.no_tier" || code == "sale.tier_unclear")
        return "rows that name no tier: say which one was sold with --tier NAME, or tier-otherwise in a profile of "
               "your "
               "own: passa sale profiles --yaml NAME";
    if (code == "sale.kind")
        return "rows of a kind that the profile does not know: say what they are under rules in a profile of your own: "
               "passa sale profiles --yaml NAME";
    if (code == "sale.status")
        return "a status that means something here: say so in a profile of your own: passa sale profiles --yaml NAME";
    if (code == "sale.in_future" || code == "sale.refund_before_sale")
        return "dates whose day and month are the other way round: say dates: day-first or month-first in a profile of "
               "your own: passa sale profiles --yaml NAME";
    if (code == "sale.total_missing")
        return "the tickets and what was paid for them stand in two reports: import both in one call; what was given "
               "back in "
               "part no report tells: correct it by hand in a file of the profile passa";
    if ((code == "sale.money_differs" || code == "sale.tier_differs") && !accepts_corrections)
        return "orders that were changed there after the sale: import with --accept-corrections";
    return {};
}

std::string some_of(const std::vector<std::string>& codes) {
    constexpr std::size_t most = 3;
    const auto shown = std::span{codes}.first(std::min(most, codes.size()));
    return printable(fmt::format("{}{}", fmt::join(shown, ", "), codes.size() > most ? ", ..." : ""));
}

void explain(Context& ctx, const Args& args, const sale::ImportOutcome& o) {
    if (o.was_known) ctx.note("these files were imported before: nothing to do");
    if (o.was_resumed) ctx.note("an interrupted import was taken up and completed");
    if (o.differing > 0)
        ctx.note(fmt::format("{} known sale{} in these files with another time or code: the book keeps what it has",
                             o.differing, o.differing == 1 ? " stands" : "s stand"));
    if (ctx.globals().dry_run && !o.rejects.empty())
        ctx.note("dry run: nothing was booked; the rejects file was written");
    if (o.has_prices_alone)
        ctx.note("these tickets tell their prices alone; what was paid, fees, tax and refunds stand in the orders "
                 "report of the same export: "
                 "import both in one call");
    if (o.outside_window > 0)
        ctx.note(fmt::format("{} of the sales lie outside the sale window of their tier (saleFrom, saleUntil): that is "
                             "what the file says, so they are booked",
                             o.outside_window));
    if (o.uncredited > 0)
        ctx.note(fmt::format("{} of the sales {} nobody: no campaign of the event has {} {}", o.uncredited,
                             o.uncredited == 1 ? "credits" : "credit",
                             o.unknown_codes.size() == 1 ? "the code" : "the codes", some_of(o.unknown_codes)));
    if (o.refused == 0) return;
    ctx.note(o.refused == 1
                 ? std::string{"1 row was refused, and with it its whole order; nothing of it was booked"}
                 : fmt::format("{} rows were refused with their whole orders; nothing of those was booked", o.refused));
    std::set<std::string_view> said; // some codes have one advice
    for (const auto& refusal : o.refusals)
        if (const auto advice = advice_on(refusal.code, args.accept_corrections);
            !advice.empty() && said.insert(advice).second)
            ctx.note(advice);
    if (args.rejects)
        ctx.note("mend the rows in the rejects file and import it with the same profile");
    else
        ctx.note("to get these rows as a file to mend: add --rejects FILE");
}

} // namespace

ExitCode run(Context& ctx, const Args& args) {
    if (args.files.empty())
        throw Error{
            {Kind::usage, "cli.missing", "name at least one FILE", "passa sale import FILE --profile NAME --event E"}};
    if (args.max_refused.value_or(0) < 0)
        throw Error{{Kind::usage, "sale.max_refused", "--max-refused is 0 or more", "leave it out: no limit"}};
    sale::ImportOrder order{
        args.event,   args.files,      sale::get_profile(args.profile, profile_folder(ctx)), ctx.globals().dry_run,
        args.rejects, args.max_refused};
    order.profile.accept_corrections = order.profile.accept_corrections || args.accept_corrections;
    if (args.tier) sale::name_tier(order.profile, *args.tier);
    sale::ImportOutcome outcome;
    {
        out::ProgressLine line{ctx.terminal(), ctx.globals().quiet};
        outcome = sale::import_sales(
            {ctx.db(), ctx.organizer(), ctx.ids(), ctx.clock(), ctx.actor()}, order,
            [&](std::string_view what, std::int64_t done, std::int64_t of) { line.show(what, done, of); });
    }
    ctx.show(record_of(outcome, ctx.globals().dry_run));
    explain(ctx, args, outcome);
    return exit_of(outcome);
}

extern const Command k_command = {
    .path = "sale import",
    .summary = "Import ticket sales from a gateway's export",
    .details =
        "All files of one export go into one call; each is recognised by its header. Everything is checked before "
        "anything "
        "is written. An order with a bad row, or one of a day still to come, is refused as a whole, the rest is "
        "booked. The same file twice changes "
        "nothing, an interrupted import is completed by running it again, and a later file's refunds and cancellations "
        "become lines of their own. The counts of rows add up: rows = sold + changed + unchanged + joined + ignored + "
        "refused. A known sale that stands in a later file with another time or promo code is not changed; it is "
        "counted "
        "as differing and listed.\n\n"
        "Where a tier is full and its event rejects what is sold beyond that, the orders sold first are booked, each "
        "whole or not at all. A refused order of several tiers keeps its places in the others for this import, so that "
        "one behind it may be refused as well: import the rejects file without the former, and the other one is "
        "booked.",
    .options =
        {positional("FILE", &Args::files, "CSV, JSON lines or XLSX, of one export; a sheet: book.xlsx#Sheet"),
         option("profile", &Args::profile, "NAME",
                "How to read them: see passa sale profiles; or a file ending in .yaml"),
         option("event", &Args::event, "NAME", "The event that was sold"),
         option("tier", &Args::tier, "NAME", "The tier of rows that name none, as those of an account's statement"),
         option("rejects", &Args::rejects, "FILE",
                "Write refused rows there, with reasons, ready to mend; by a dry run too"),
         option("max-refused", &Args::max_refused, "N",
                "With more refused rows book nothing (exit 2); default: what is not refused is booked"),
         flag("accept-corrections", &Args::accept_corrections,
              "Book other money for a known line as a correction, another tier as a cancellation and a new line, and a "
              "refund that is gone as taken back")},
    .examples = {{"passa sale import sales.csv --profile passa --event nairobi-live", "passa's own format"},
                 {"passa sale import positions.csv fees.csv orders.csv --profile pretix --event nairobi-live --dry-run",
                  "what three tables of one export would bring"}},
    .exits = {{ExitCode::unknown_outcome, "the connection was lost while committing: run it again, it looks first"},
              {ExitCode::partial, "some orders were refused, the rest is booked"},
              {ExitCode::busy, "another import into the event is running"}},
    .effect = Effect::writes,
    .dry_run = true,
    .run = runner(run),
};

} // namespace passa::cli::sale_import
