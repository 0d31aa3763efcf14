// passa diff: what apply would change.
#include "cli/catalog/input.hpp"
#include "cli/context.hpp"

namespace passa::cli::diff_manifests {

struct Args {
    std::vector<std::filesystem::path> files;
    std::vector<std::filesystem::path> more_files;
};

out::Record row_of(const catalog::Applied& a, std::string_view change, const catalog::FieldDifference& d) {
    return {{"change", change},
            {"kind", a.kind},
            {"name", a.name},
            {"field", d.path.empty() ? out::Value{nullptr} : out::Value{d.path}},
            {"live", out::Value{d.live}},
            {"file", out::Value{d.file}},
            {"applied", out::Value{d.applied}}};
}

ExitCode run(Context& ctx, const Args& args) {
    const auto set = load_manifests(args.files, args.more_files);
    out::Records records;
    for (const auto& a : apply_in_scope(ctx, set, {false, true, true})) {
        if (a.change != catalog::Change::unchanged && a.changes.empty()) // the whole object
            records.push_back(row_of(a, catalog::name(a.change), {}));
        for (const auto& d : a.changes) records.push_back(row_of(a, "changed", d));
        for (const auto& d : a.conflicts) records.push_back(row_of(a, "conflict", d));
        if (!a.conflicts.empty())
            ctx.note(fmt::format("{} {}: what is a conflict was changed by something else since it was last applied; "
                                 "write the live value into the file, or apply with --overwrite-drift",
                                 a.kind, a.name));
    }
    ctx.list({{"change", "CHANGE"},
              {"kind", "KIND"},
              {"name", "NAME"},
              {"field", "FIELD"},
              {"live", "LIVE"},
              {"file", "FILE"}},
             records);
    return records.empty() ? ExitCode::ok : ExitCode::differs;
}

extern const Command k_command = {
    .path = "diff",
    .summary = "Show what apply would change, field by field",
    .details = "A conflict is a field that something else changed since it was last applied: apply refuses it. With "
               "--json each field has three values: applied (what the file last said), live and file.",
    .options = {positional("FILE", &Args::files, "Files or folders of manifests; - for standard input"),
                short_form('f', option("file", &Args::more_files, "FILE", "The same, as an option"))},
    .examples = {{"passa diff manifests/ || passa apply manifests/", "apply only if something differs"}},
    .exits = {{ExitCode::differs, "something differs"}},
    .run = runner(run),
};

} // namespace passa::cli::diff_manifests
