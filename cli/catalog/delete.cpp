// passa delete: take a declared object away, or archive it where money hangs on it.
#include "cli/catalog/kind.hpp"
#include "cli/context.hpp"
#include "lib/catalog/remove.hpp"

namespace passa::cli::delete_object {

struct Args {
    std::string kind;
    std::string name;
};

ExitCode run(Context& ctx, const Args& args) {
    const catalog::RemoveInput input{kind_named(args.kind).name, args.name, ctx.actor()};
    const auto org = ctx.organizer();
    const auto work = [&](db::Transaction& tx) {
        auto store = catalog::open_store(tx, org, ctx.ids(), ctx.clock());
        return catalog::remove(store, input);
    };
    const bool dry_run = ctx.globals().dry_run;
    const auto removed = dry_run ? ctx.rehearse(work) : ctx.write(work);
    ctx.show({{"kind", input.kind},
              {"name", input.name},
              {"result", catalog::name(removed.how)},
              {"why", removed.why.empty() ? out::Value{nullptr} : out::Value{removed.why}},
              {"dry_run", dry_run}});
    if (dry_run) ctx.note("dry run: nothing was changed");
    return ExitCode::ok;
}

extern const Command k_command = {
    .path = "delete",
    .summary = "Delete a declared object, or archive it once money hangs on it",
    .details = "Refused, with the list, while other objects name it or something open depends on it: money owed, "
               "payouts under way, sales not settled. What has history is archived: its rows and versions stay, get "
               "shows it only with --archived, and applying its manifest again brings it back.",
    .options = {positional("KIND", &Args::kind, "Such as event or splitplan"),
                positional("NAME", &Args::name, "Its name")},
    .examples = {{"passa delete campaign early-birds --dry-run", "what would happen"},
                 {"passa delete party old-band", "once nothing names it"}},
    .effect = Effect::writes,
    .dry_run = true,
    .run = runner(run),
};

} // namespace passa::cli::delete_object
