// passa sale profiles: which exports can be read, and how.
#include "cli/context.hpp"
#include "cli/sale/profile_folder.hpp"
#include "lib/sale/profile.hpp"

namespace passa::cli::sale_profiles {

struct Args {
    std::optional<std::string> show;
};

namespace {

// Every file of the profile with the headers that it maps.
void show_columns(Context& ctx, const sale::Profile& profile) {
    out::Records records;
    for (const auto& file : profile.files)
        for (const auto& column : sale::k_column_docs) {
            const auto& headers = file.of(column.column);
            if (headers.empty()) continue;
            records.push_back({{"file", file.name},
                               {"rows", sale::name(file.rows)},
                               {"format", file.is_json ? "json-lines" : "csv"},
                               {"column", column.name},
                               {"headers", fmt::format("{}", fmt::join(headers, " | "))},
                               {"meaning", column.doc}});
        }
    ctx.list({{"file", "FILE"}, {"rows", "ROWS"}, {"column", "COLUMN"}, {"headers", "HEADERS"}, {"meaning", "MEANING"}},
             records);
}

} // namespace

ExitCode run(Context& ctx, const Args& args) {
    if (args.show) return show_columns(ctx, sale::get_profile(*args.show, profile_folder())), ExitCode::ok;
    out::Records records;
    for (const auto& profile : sale::load_profiles(profile_folder())) {
        std::vector<std::string> files;
        for (const auto& file : profile.files) files.push_back(file.name);
        records.push_back({{"name", profile.name},
                           {"title", profile.title},
                           {"source", profile.source},
                           {"files", fmt::format("{}", fmt::join(files, ", "))},
                           {"from", profile.origin},
                           {"sha256", to_hex(profile.hash)}});
    }
    ctx.list({{"name", "NAME"}, {"title", "TITLE"}, {"files", "FILES"}, {"from", "FROM"}}, records);
    return ExitCode::ok;
}

extern const Command k_command = {
    .path = "sale profiles",
    .summary = "List the import profiles, or show the columns of one",
    .details =
        "A profile is a YAML file of kind ImportProfile. Put your own into templates/import/ of the project, or name "
        "the file: --profile ./mine.yaml.",
    .options = {option("show", &Args::show, "NAME", "The files and columns of one profile")},
    .examples = {{"passa sale profiles", "all that can be read"},
                 {"passa sale profiles --show pretix", "what is read of it"}},
    .run = runner(run),
};

} // namespace passa::cli::sale_profiles
