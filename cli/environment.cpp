// Gathers what config::load chooses from.
#include "cli/environment.hpp"

#include <array>
#include <cstdlib>
#include <pwd.h>
#include <unistd.h>

namespace passa::cli {

std::string system_user() {
    const auto* user = getpwuid(geteuid());
    return user == nullptr ? std::to_string(geteuid()) : user->pw_name;
}

std::string host_name() {
    std::array<char, 256> host{};
    return gethostname(host.data(), host.size() - 1) == 0 ? host.data() : "?";
}

std::string worker_name() { return fmt::format("{}, process {}", host_name(), getpid()); }

std::optional<std::string> environment(const std::string& name) {
    const char* value = std::getenv(name.c_str());
    return value == nullptr || *value == '\0' ? std::nullopt : std::optional<std::string>{value};
}

Result<config::Settings> load_settings(const Globals& globals) {
    config::Sources sources{{}, environment, {}, system_user()};
    const auto add = [&](config::Key key, const std::optional<std::string>& value) {
        if (value) sources.flags.emplace_back(key, *value);
    };
    add(config::Key::organizer, globals.organizer);
    add(config::Key::network, globals.network);
    add(config::Key::db, globals.db);
    if (globals.log_format)
        sources.flags.emplace_back(config::Key::log_format, std::string{log::name(*globals.log_format)});
    if (globals.no_color) sources.flags.emplace_back(config::Key::colour, "never");
    std::error_code gone; // a working folder that was removed has no project file
    sources.working_folder = std::filesystem::current_path(gone);
    return config::load(sources);
}

out::Colour colour_of(const config::Settings& settings) {
    const auto word = settings.find(config::Key::colour).value_or("auto");
    return word == "never" ? out::Colour::never : word == "always" ? out::Colour::always : out::Colour::automatic;
}

} // namespace passa::cli
