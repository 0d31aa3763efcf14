// passa config explain: for each setting its value, who gave it, and what that beat.
#include "cli/context.hpp"
#include "lib/base/text.hpp"

namespace passa::cli::config_explain {

struct Args {
    std::optional<std::string> setting;
};

std::string said(config::Key key, const config::Given& given) {
    return fmt::format("{} ({})", config::shown(key, given.value), given.place.empty() ? "default" : given.place);
}

out::Record record_of(const config::Setting& setting, const std::vector<config::Given>& given) {
    out::Records beaten;
    std::vector<std::string> text;
    for (std::size_t i = 1; i < given.size(); ++i) {
        beaten.push_back({{"value", config::shown(setting.key, given[i].value)},
                          {"origin", config::name(given[i].origin)},
                          {"place", given[i].place}});
        text.push_back(said(setting.key, given[i]));
    }
    const bool none = given.empty();
    return {{"setting", setting.name},
            {"value", none ? out::Value{nullptr} : out::Value{config::shown(setting.key, given.front().value)}},
            {"origin", none ? out::Value{nullptr} : out::Value{config::name(given.front().origin)}},
            {"place", none ? out::Value{nullptr} : out::Value{given.front().place}},
            {"beat", join(text, ", ")},
            {"beaten", beaten},
            {"doc", setting.doc}};
}

ExitCode run(Context& ctx, const Args& args) {
    const auto* only = args.setting ? config::find_setting(*args.setting) : nullptr;
    if (args.setting && only == nullptr)
        throw Error{{Kind::usage, "config.unknown_setting",
                     fmt::format("there is no setting {}", printable(*args.setting, 60)),
                     config::nearest_setting(*args.setting)}};
    out::Records records;
    for (const auto& setting : config::settings())
        if (only == nullptr || only == &setting)
            records.push_back(record_of(setting, ctx.settings().given(setting.key)));
    ctx.list({{"setting", "SETTING"}, {"value", "VALUE"}, {"origin", "FROM"}, {"place", "WHERE"}, {"beat", "BEAT"}},
             records);
    return ExitCode::ok;
}

extern const Command k_command = {
    .path = "config explain",
    .summary = "Show every setting, who gave it and what that beat",
    .details =
        "Flags are stronger than the environment (PASSA_*), that is stronger than the project file (passa.yaml in "
        "this folder or above it), that is stronger than the user's file (passa/config.yaml in XDG_CONFIG_HOME or "
        "~/.config), and that is stronger than the default. Passwords are never shown.",
    .options = {positional("SETTING", &Args::setting, "Such as db; none: all")},
    .examples = {{"passa config explain", "which database, whose data, and why"},
                 {"passa config explain db --json", "one setting, for a script"}},
    .exits = {{ExitCode::configuration, "a settings file is wrong; each line says where"}},
    .run = runner(run),
};

} // namespace passa::cli::config_explain
