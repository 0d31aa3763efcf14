// passa recon show: one run with its proof, or one break with its history.
#include "cli/context.hpp"
#include "cli/recon/records.hpp"

namespace passa::cli::recon_show {

struct Args {
    std::string id;
};

ExitCode show_run(Context& ctx, ReconRunId id) {
    const auto org = ctx.organizer();
    const auto record = ctx.read([&](db::Transaction& tx) {
        auto shown = run_record(recon::get_run(tx, org, id));
        out::Records rules;
        for (const auto& r : recon::count_rules(tx, org, id)) rules.push_back({{"rule", r.rule}, {"lines", r.lines}});
        shown.emplace_back("balances", balance_records(recon::load_balances(tx, org, id)));
        shown.emplace_back("matched_by", rules);
        shown.emplace_back(
            "breaks", break_records(recon::load_breaks(tx, org, {.open_only = false, .run = id}), ctx.clock().now()));
        return shown;
    });
    ctx.show(record);
    return ExitCode::ok;
}

ExitCode show_break(Context& ctx, BreakId id) {
    const auto org = ctx.organizer();
    const auto record = ctx.read([&](db::Transaction& tx) {
        auto shown = break_record(recon::get_break(tx, org, id), ctx.clock().now());
        out::Records history;
        for (const auto& m : recon::load_break_moves(tx, org, id))
            history.push_back({{"action", m.action},
                               {"by", m.actor},
                               {"at", m.moved_at},
                               {"reason", m.reason},
                               {"run", m.run ? std::optional{m.run->text()} : std::nullopt},
                               {"journal", m.journal ? std::optional{m.journal->text()} : std::nullopt}});
        shown.emplace_back("history", history);
        return shown;
    });
    ctx.show(record);
    return ExitCode::ok;
}

ExitCode run(Context& ctx, const Args& args) {
    if (args.id.starts_with("rec_")) return show_run(ctx, ReconRunId::parse(args.id).value_or_throw());
    return show_break(ctx, BreakId::parse(args.id).value_or_throw());
}

extern const Command k_command = {
    .path = "recon show",
    .summary = "Show a reconciliation run with its proof, or a break with its history",
    .options = {positional("ID", &Args::id, "A run (rec_...) or a break (brk_...)")},
    .examples = {{"passa recon show rec_01h455vb4pex5vsknk084sn02q", "opening + in - out - fees = closing, per asset"},
                 {"passa recon show brk_01h455vb4pex5vsknk084sn02q --json", "who did what to a break, and why"}},
    .run = runner(run),
};

} // namespace passa::cli::recon_show
