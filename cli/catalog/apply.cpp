// passa apply: make the database say what the manifests say.
#include "cli/catalog/input.hpp"
#include "cli/context.hpp"

namespace passa::cli::apply_manifests {

struct Args {
    std::vector<std::filesystem::path> files;
    std::vector<std::filesystem::path> more_files;
    bool overwrite_drift = false;
};

ExitCode run(Context& ctx, const Args& args) {
    const auto set = load_manifests(args.files, args.more_files);
    const auto applied = apply_in_scope(ctx, set, {args.overwrite_drift, false, ctx.globals().dry_run});
    out::Records records;
    std::int64_t changes = 0;
    for (const auto& a : applied) {
        records.push_back({{"kind", a.kind},
                           {"name", a.name},
                           {"result", catalog::name(a.change)},
                           {"fields", fmt::format("{}", fmt::join(catalog::top_fields(a.changes), ","))}});
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
               "problem is listed. Money rules are versions: a change never touches what was sold before it. Merged "
               "field by field: a field "
               "that the file never set stays as it is; one that something else changed since it was last applied is "
               "a conflict, shown with its three values.",
    .options = {positional("FILE", &Args::files, "Files or folders of manifests; - for standard input"),
                short_form('f', option("file", &Args::more_files, "FILE", "The same, as an option")),
                flag("overwrite-drift", &Args::overwrite_drift,
                     "Where something else changed a field since, the file wins")},
    .examples = {{"passa apply manifests/", "all manifests of a folder"},
                 {"passa apply nairobi.yaml --dry-run", "what would change"}},
    .exits = {{ExitCode::unknown_outcome, "the connection was lost while committing: run it again, it looks first"},
              {ExitCode::differs, "a field was changed by something else since it was last applied"}},
    .effect = Effect::writes,
    .dry_run = true,
    .run = runner(run),
};

} // namespace passa::cli::apply_manifests
