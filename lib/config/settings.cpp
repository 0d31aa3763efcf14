// Gathers from the strongest source to the weakest, so that the first of each list is the winner.
#include "lib/config/settings.hpp"

#include "lib/config/file.hpp"

namespace passa::config {

namespace fs = std::filesystem;

namespace {

class Loader {
public:
    explicit Loader(const Sources& sources) : m_sources(sources) {}
    Settings settings;
    Problems problems;

    void load() {
        for (const auto& [key, value] : m_sources.flags) add_flag(key, value);
        for (const auto& s : config::settings()) add_variable(s);
        add_colour_habits();
        if (const auto file = find_project_file(m_sources.working_folder, folder_in("HOME")))
            add_file(*file, Origin::project_file);
        if (const auto file = user_file()) add_file(*file, Origin::user_file);
        add_defaults();
    }

private:
    [[nodiscard]] std::optional<std::string> variable(std::string_view name) const {
        return m_sources.environment(std::string{name});
    }
    [[nodiscard]] std::optional<fs::path> folder_in(std::string_view name) const {
        const auto value = variable(name);
        return value ? std::optional<fs::path>{*value} : std::nullopt;
    }

    // Words of a command line are seen by everybody on the machine.
    void add_flag(Key key, const std::string& value) {
        if (key == Key::db && holds_password(value))
            problems.push_back({Kind::usage, "config.secret_in_argv",
                                "a password on the command line can be read by every user of this machine",
                                "put it into a password file (PGPASSFILE or ~/.pgpass) and leave it out of --db"});
        settings.add(key, {Origin::flag, std::string{setting(key).flag}, value});
    }

    void add_variable(const Setting& s) {
        const auto value = variable(s.variable);
        if (!value) return;
        if (auto problem = s.refuse(*value)) {
            problem->message = fmt::format("{}: {}", s.variable, problem->message);
            problems.push_back(std::move(*problem));
        }
        settings.add(s.key, {Origin::environment, std::string{s.variable}, *value});
    }

    // no-color.org: whatever its value. CLICOLOR_FORCE=0 is the same as nothing.
    void add_colour_habits() {
        if (variable("NO_COLOR")) settings.add(Key::colour, {Origin::environment, "NO_COLOR", "never"});
        if (const auto force = variable("CLICOLOR_FORCE"); force && *force != "0")
            settings.add(Key::colour, {Origin::environment, "CLICOLOR_FORCE", "always"});
    }

    void add_file(const fs::path& path, Origin origin) {
        auto file = read_file(path);
        if (!file) {
            problems.insert(problems.end(), file.problems().begin(), file.problems().end());
            return;
        }
        if (!file->ignored.empty()) settings.warn(fmt::format("{} is ignored: {}", path.string(), file->ignored));
        for (const auto& line : file->lines) settings.add(line.key, {origin, line.place, line.value});
    }

    [[nodiscard]] std::optional<fs::path> user_file() const {
        auto folder = folder_in("XDG_CONFIG_HOME");
        if (const auto home = folder_in("HOME"); !folder && home) folder = *home / ".config";
        std::error_code unseen; // a folder that cannot be entered holds nothing for us
        if (!folder || !fs::exists(fs::symlink_status(*folder / "passa" / "config.yaml", unseen))) return std::nullopt;
        return *folder / "passa" / "config.yaml";
    }

    void add_defaults() {
        for (const auto& s : config::settings())
            if (!s.fallback.empty()) settings.add(s.key, {Origin::built_in, "", std::string{s.fallback}});
        settings.add(Key::actor, {Origin::built_in, "", m_sources.user});
        if (const auto data = folder_in("XDG_DATA_HOME"))
            settings.add(Key::home, {Origin::built_in, "", (*data / "passa").string()});
        else if (const auto home = folder_in("HOME"))
            settings.add(Key::home, {Origin::built_in, "", (*home / ".local/share/passa").string()});
    }

    const Sources& m_sources;
};

} // namespace

std::string_view name(Origin origin) {
    switch (origin) {
    case Origin::flag: return "flag";
    case Origin::environment: return "environment";
    case Origin::project_file: return "project file";
    case Origin::user_file: return "user file";
    case Origin::built_in: return "default";
    }
    return "";
}

std::optional<std::string> Settings::find(Key key) const {
    const auto& all = given(key);
    return all.empty() ? std::nullopt : std::optional{all.front().value};
}

Result<Settings> load(const Sources& sources) {
    Loader loader{sources};
    loader.load();
    if (!loader.problems.empty()) return std::move(loader.problems);
    return std::move(loader.settings);
}

} // namespace passa::config
