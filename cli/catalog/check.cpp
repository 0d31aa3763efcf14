// passa manifest check: the files alone, without a database.
#include "cli/catalog/input.hpp"
#include "cli/context.hpp"

namespace passa::cli::manifest_check {

struct Args {
    std::vector<std::filesystem::path> files;
    std::vector<std::filesystem::path> more_files;
};

ExitCode run(Context& ctx, const Args& args) {
    auto set = load_manifests(args.files, args.more_files);
    if (!set.problems.empty()) throw Error{std::move(set.problems)};
    out::Records records;
    for (const auto& m : set.manifests)
        records.push_back({{"kind", m.kind->name},
                           {"name", m.name},
                           {"file", m.document.source->name},
                           {"line", m.document.root.mark.line}});
    ctx.list({{"kind", "KIND"}, {"name", "NAME"}, {"file", "FILE"}, {"line", "LINE"}}, records);
    return ExitCode::ok;
}

extern const Command k_command = {
    .path = "manifest check",
    .summary = "Check manifests without a database",
    .details = "Finds everything that the files alone can tell: keys, types, duplicates, secrets, shares that do not "
               "add up to 100 %, times in the wrong order. What needs the database (references, time zones, what was "
               "sold) is checked by apply --dry-run.",
    .options = {positional("FILE", &Args::files, "Files or folders; - for standard input"),
                short_form('f', option("file", &Args::more_files, "FILE", "The same, as an option"))},
    .examples = {{"passa manifest check manifests/", "in a pre-commit hook"}},
    .run = runner(run),
};

} // namespace passa::cli::manifest_check
