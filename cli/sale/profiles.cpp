// passa sale profiles: which exports can be read, and how.
#include "cli/context.hpp"
#include "cli/sale/profile_folder.hpp"
#include "lib/base/text.hpp"
#include "lib/sale/profile_shelf.hpp"

namespace passa::cli::sale_profiles {

struct Args {
    std::optional<std::string> show;
    std::optional<std::string> yaml;
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
    if (args.show) return show_columns(ctx, sale::get_profile(*args.show, profile_folder(ctx))), ExitCode::ok;
    if (args.yaml) return ctx.document("yaml", sale::get_profile(*args.yaml, profile_folder(ctx)).text), ExitCode::ok;
    out::Records records;
    const auto shelf = sale::load_profiles(profile_folder(ctx));
    for (const auto& profile : shelf.profiles) {
        std::vector<std::string> files;
        for (const auto& file : profile.files) files.push_back(file.name);
        records.push_back({{"name", profile.name},
                           {"title", profile.title},
                           {"source", profile.source},
                           {"files", fmt::format("{}", fmt::join(files, ", "))},
                           {"from", profile.origin},
                           {"sha256", to_hex(profile.hash)},
                           {"error", nullptr}});
    }
    for (const auto& broken : shelf.broken) {
        records.push_back({{"name", broken.name},
                           {"title", "cannot be read: see below"},
                           {"source", nullptr},
                           {"files", nullptr},
                           {"from", broken.file},
                           {"sha256", nullptr},
                           {"error", broken.problems.front().message}});
        if (!ctx.is_json())
            ctx.note(fmt::format("{} is broken: {}", printable(broken.file), broken.problems.front().message));
    }
    ctx.list({{"name", "NAME"}, {"title", "TITLE"}, {"files", "FILES"}, {"from", "FROM"}}, records);
    return ExitCode::ok;
}

extern const Command k_command = {
    .path = "sale profiles",
    .summary = "List the import profiles, or show the columns of one",
    .details = "A profile is a YAML file of kind ImportProfile. Put your own into templates/import/ of the project "
               "(for timers, "
               "which stand in none: of PASSA_HOME), or name the file: --profile ./mine.yaml. Begin with a copy of one "
               "that is near: for another language, change its "
               "headers and "
               "status words; for another product, what it calls order, tier, price and date.",
    .options = {option("show", &Args::show, "NAME", "The files and columns of one profile"),
                option("yaml", &Args::yaml, "NAME", "The profile itself, to copy and change")},
    .examples = {{"passa sale profiles", "all that can be read"},
                 {"passa sale profiles --show pretix", "what is read of it"},
                 {"passa sale profiles --yaml pretix > templates/import/mine.yaml", "a copy of your own: rename it"}},
    .run = runner(run),
};

} // namespace passa::cli::sale_profiles
