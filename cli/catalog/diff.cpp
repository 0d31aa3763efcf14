// passa diff: what apply would change.
#include "cli/catalog/input.hpp"
#include "cli/context.hpp"

namespace passa::cli::diff_manifests {

struct Args {
    std::vector<std::filesystem::path> files;
};

ExitCode run(Context& ctx, const Args& args) {
    const auto set = load_manifests(ctx, args.files);
    out::Records records;
    for (const auto& a : apply_in_scope(ctx, set, true, true))
        if (a.change != catalog::Change::unchanged)
            records.push_back({{"kind", a.kind},
                               {"name", a.name},
                               {"change", catalog::name(a.change)},
                               {"fields", fmt::format("{}", fmt::join(a.fields, ","))}});
    ctx.list({{"change", "CHANGE"}, {"kind", "KIND"}, {"name", "NAME"}, {"fields", "FIELDS"}}, records);
    return records.empty() ? ExitCode::ok : ExitCode::differs;
}

extern const Command k_command = {
    .path = "diff",
    .summary = "Show what apply would change",
    .options = {positional("FILE", &Args::files, "Files or folders of manifests; - for standard input")},
    .examples = {{"passa diff manifests/ || passa apply manifests/", "apply only if something differs"}},
    .exits = {{ExitCode::differs, "something differs"}},
    .run = runner(run),
};

} // namespace passa::cli::diff_manifests
