// passa recon run: chain against book, both ways, for every treasury asked for.
#include "lib/recon/run.hpp"

#include "cli/context.hpp"
#include "cli/payout/desk.hpp"
#include "cli/recon/records.hpp"
#include "cli/spec/suggest.hpp"
#include "lib/base/text.hpp"
#include "lib/event/event.hpp"
#include "lib/recon/shown.hpp"

#include <algorithm>

namespace passa::cli::recon_run {

struct Args {
    std::optional<std::string> event;
    std::optional<std::string> treasury;
};

struct Shown {
    out::Records runs, balances, proved, breaks;
    std::int64_t open = 0;
    bool has_gap = false;
};

Error no_treasury(Context& ctx, const Args& args) {
    const auto org = ctx.organizer();
    std::vector<std::string> names;
    for (const auto& treasury : ctx.read([&](db::Transaction& tx) { return recon::load_treasuries(tx, org, {}); }))
        names.push_back(treasury.name);
    const std::string look = "see them with: passa get treasury";
    return Error{{Kind::not_found, "recon.no_treasury",
                  args.treasury ? fmt::format("there is no treasury {}{}", printable(*args.treasury, 60),
                                              args.event ? " that pays this event" : "")
                                : "there is no treasury",
                  args.treasury && std::find(names.begin(), names.end(), *args.treasury) == names.end()
                      ? nearest_hint(*args.treasury, names, look)
                      : look}};
}

std::vector<recon::TreasuryName> choose(Context& ctx, const Args& args) {
    const auto org = ctx.organizer();
    auto chosen = ctx.read([&](db::Transaction& tx) {
        recon::TreasuryChoice choice{args.treasury, std::nullopt};
        if (args.event) choice.event = event::get_event(tx, org, *args.event).id;
        return recon::load_treasuries(tx, org, choice);
    });
    if (chosen.empty() && args.event && !args.treasury) return chosen; // nothing was paid for it yet
    if (chosen.empty()) throw no_treasury(ctx, args);
    return chosen;
}

recon::Rehearsal reconcile(Context& ctx, const recon::TreasuryName& treasury) {
    const auto desk = make_desk(ctx);
    const auto rail = ctx.make_rail({treasury.name});
    if (!ctx.globals().dry_run) return recon::reconcile(desk, treasury.id, *rail);
    const auto org = ctx.organizer();
    const auto from = ctx.read([&](db::Transaction& tx) { return recon::find_position(tx, org, treasury.id); });
    const auto statement = rail->read_statement(from);
    return ctx.rehearse([&](db::Transaction& tx) { return recon::rehearse(tx, desk, treasury.id, statement); });
}

out::Record record_of(const recon::TreasuryName& treasury, const recon::RunReport& report) {
    return {{"treasury", treasury.name},
            {"run", report.id.text()},
            {"through_ledger", report.to_ledger},
            {"complete", report.complete},
            {"lines_read", report.lines_read},
            {"lines_new", report.lines_new},
            {"matched", report.matched},
            {"settled", report.settled},
            {"breaks_opened", report.opened},
            {"breaks_closed", report.closed},
            {"breaks_open", report.open},
            {"hole", report.hole.empty() ? out::Value{nullptr} : out::Value{report.hole}}};
}

void add_balances(Shown& shown, const recon::TreasuryName& treasury, const recon::RunReport& report) {
    for (std::size_t i = 0; i < report.proofs.size(); ++i) {
        const auto& p = report.proofs[i];
        const auto* book = i < report.books.size() ? &report.books[i] : nullptr; // both by asset id; none over a hole
        shown.balances.push_back({{"treasury", treasury.name},
                                  {"opening", p.opening},
                                  {"in", p.money_in},
                                  {"out", p.money_out},
                                  {"fees", p.fees},
                                  {"closing", p.closing},
                                  {"gap", p.gap},
                                  {"book", book != nullptr ? out::Value{book->book} : out::Value{nullptr}},
                                  {"book_gap", book != nullptr ? out::Value{book->gap} : out::Value{nullptr}}});
    }
}

void add(Context& ctx, Shown& shown, const recon::TreasuryName& treasury) {
    const auto [report, proved] = reconcile(ctx, treasury);
    shown.runs.push_back(record_of(treasury, report));
    if (report.more)
        ctx.note(fmt::format("{}: read up to ledger {}, and there is more: {}", treasury.name, report.to_ledger,
                             report.complete ? "run it again to go on from there"
                                             : "close the TIMING break about the hole, then run it again"));
    else
        add_balances(shown, treasury, report);
    for (const auto& p : proved)
        shown.proved.push_back(
            {{"treasury", treasury.name}, {"payout", p.payout.text()}, {"amount", p.amount}, {"transaction", p.key}});
    shown.open += report.open;
    shown.has_gap = shown.has_gap || report.has_gap;
    if (ctx.globals().dry_run) return; // its breaks are gone again
    const auto org = ctx.organizer();
    const auto views =
        ctx.read([&](db::Transaction& tx) { return recon::load_breaks(tx, org, {.treasury = treasury.id}); });
    for (const auto& view : views) shown.breaks.push_back(short_break_record(view, ctx.clock().now()));
}

ExitCode run(Context& ctx, const Args& args) {
    const auto treasuries = choose(ctx, args);
    Shown shown;
    for (const auto& treasury : treasuries) add(ctx, shown, treasury);
    ctx.show({{"treasuries", shown.runs},
              {"balances", shown.balances},
              {"proved", shown.proved},
              {"open_breaks", shown.breaks}});
    if (treasuries.empty()) ctx.note(fmt::format("nothing was paid for {} yet: nothing to reconcile", *args.event));
    if (ctx.globals().dry_run) ctx.note("dry run: nothing was kept");
    if (shown.has_gap)
        throw Error{{Kind::balance_gap, "recon.gap", "the balances do not add up",
                     "stop paying from this treasury; see the BALANCE_GAP breaks with: passa recon list"}};
    if (shown.open > 0)
        throw Error{{Kind::open_breaks, "recon.open_breaks",
                     shown.open == 1 ? std::string{"1 break is open"} : fmt::format("{} breaks are open", shown.open),
                     "see them with: passa recon list; explain one with: passa recon close"}};
    return ExitCode::ok;
}

extern const Command k_command = {
    .path = "recon run",
    .summary = "Reconcile chain against book, both ways",
    .details =
        "Reads each treasury's history since the last run, keeps every line once, and explains it by rule: our "
        "attempt's reference with the exact amount and destination, its fee, money put in. What is left over on "
        "either side is a break. Payouts whose line is found are settled; one whose outcome nobody knew is "
        "proved by its "
        "line first. Per asset, opening + in - out - fees must "
        "be closing, and the book must hold what the network says. One run reads 400,000 transactions of the "
        "network at most, up to a whole ledger; the next one goes on from there, and the balances are proved by the "
        "one that reaches the end. A run with nothing new changes nothing. A dry "
        "run shows what a run would find and prove, and keeps nothing of it.",
    .options = {option("event", &Args::event, "NAME", "Only the treasuries that pay this event"),
                option("treasury", &Args::treasury, "NAME", "Only this treasury")},
    .examples = {{"passa recon run", "all treasuries"},
                 {"passa recon run --event nairobi-live --json", "for tools: exit 0 clean, 10 breaks, 30 gap"}},
    .exits = {{ExitCode::open_breaks, "a break is open"},
              {ExitCode::balance_gap, "balances do not add up"},
              {ExitCode::configuration, "a server is of another network, or the treasury names none"},
              {ExitCode::busy, "another run took the same stretch, or no server answers"}},
    .effect = Effect::writes,
    .dry_run = true,
    .run = runner(run),
};

} // namespace passa::cli::recon_run
