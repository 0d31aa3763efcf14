// passa recon list: what nobody has explained yet, oldest first; or the runs.
#include "cli/context.hpp"
#include "cli/recon/records.hpp"
#include "cli/spec/limited.hpp"

namespace passa::cli::recon_list {

struct Args {
    bool open = false;
    bool all = false;
    bool runs = false;
    RowLimit limit{500};
};

ExitCode list_runs(Context& ctx, std::int64_t limit) {
    const auto org = ctx.organizer();
    out::Records records;
    for (const auto& view : ctx.read([&](db::Transaction& tx) { return recon::load_runs(tx, org, limit); }))
        records.push_back(run_record(view));
    ctx.list({{"id", "RUN"},
              {"treasury", "TREASURY"},
              {"ran_at", "AT"},
              {"through_ledger", "LEDGER"},
              {"lines", "LINES"},
              {"matched", "MATCHED"},
              {"settled", "SETTLED"},
              {"breaks_open", "OPEN"}},
             records);
    return ExitCode::ok;
}

ExitCode run(Context& ctx, const Args& args) {
    if (int{args.open} + int{args.all} + int{args.runs} > 1)
        throw Error{{Kind::usage, "recon.one_list", "--open, --all and --runs are three different lists",
                     "choose one of them"}};
    if (args.runs) return list_runs(ctx, args.limit.rows);
    const auto org = ctx.organizer();
    const auto views = ctx.read([&](db::Transaction& tx) {
        return recon::load_breaks(tx, org, {.open_only = !args.all, .limit = args.limit.rows});
    });
    ctx.list(break_columns(), break_records(views, ctx.clock().now()));
    return ExitCode::ok;
}

extern const Command k_command = {
    .path = "recon list",
    .summary = "List open breaks, oldest first",
    .details = "A break is something on one side of chain and book that the other side does not explain. Its age falls "
               "into 0-1h, 1-24h, 1-3d, 3-7d, 7-30d or >30d since it was found.",
    .options = {flag("open", &Args::open, "Open breaks alone: the default"),
                flag("all", &Args::all, "Closed ones too, with how they were closed"),
                flag("runs", &Args::runs, "The runs instead, newest first"), limit_option(&Args::limit)},
    .examples = {{"passa recon list", "what is open"}, {"passa recon list --all --json", "everything, for tools"}},
    .run = runner(run),
};

} // namespace passa::cli::recon_list
