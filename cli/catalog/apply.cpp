// passa apply: make the database say what the manifests say.
#include "cli/catalog/input.hpp"
#include "cli/context.hpp"

namespace passa::cli::apply_manifests {

struct Args {
    std::vector<std::filesystem::path> files;
    bool overwrite_drift = false;
};

ExitCode run(Context& ctx, const Args& args) {
    const auto set = load_manifests(ctx, args.files);
    const auto applied = apply_in_scope(ctx, set, args.overwrite_drift, ctx.globals().dry_run);
    out::Records records;
    std::int64_t changes = 0;
    for (const auto& a : applied) {
        records.push_back({{"kind", a.kind},
                           {"name", a.name},
                           {"result", catalog::name(a.change)},
                           {"fields", fmt::format("{}", fmt::join(a.fields, ","))}});
        changes += a.change == catalog::Change::unchanged ? 0 : 1;
    }
    ctx.list({{"kind", "KIND"}, {"name", "NAME"}, {"result", "RESULT"}, {"fields", "FIELDS"}}, records);
    ctx.note(fmt::format("{} objects, {} {}", applied.size(), changes,
                         ctx.globals().dry_run ? "would change (dry run)" : "changed"));
    return ExitCode::ok;
}

extern const Command k_command = {
    .path = "apply",
    .summary = "Apply manifests: parties, events, splits, campaigns, rates",
    .details = "Everything in one transaction: either all objects are as the files say, or nothing changed and every "
               "problem is listed. Money rules are versions: a change never touches what was sold before it.",
    .options = {positional("FILE", &Args::files, "Files or folders of manifests; - for standard input"),
                flag("overwrite-drift", &Args::overwrite_drift, "Also where something else changed the object since")},
    .examples = {{"passa apply manifests/", "all manifests of a folder"},
                 {"passa apply nairobi.yaml --dry-run", "what would change"}},
    .effect = Effect::writes,
    .dry_run = true,
    .run = runner(run),
};

} // namespace passa::cli::apply_manifests
