// The settings of one run: for each, every value that was given and by whom, the strongest first.
// Flags > environment > project file > user file > default.
#pragma once
#include "lib/base/result.hpp"
#include "lib/config/setting.hpp"

#include <array>
#include <filesystem>
#include <functional>
#include <vector>

namespace passa::config {

enum class Origin : std::uint8_t { flag, environment, project_file, user_file, built_in };
std::string_view name(Origin origin);

struct Given {
    Origin origin = Origin::built_in;
    std::string place; // "--db", "PASSA_DB", "passa.yaml:3"; empty for a default
    std::string value;
};

class Settings {
public:
    [[nodiscard]] std::optional<std::string> find(Key key) const; // the winner's value
    [[nodiscard]] const std::vector<Given>& given(Key key) const { return m_given.at(static_cast<std::size_t>(key)); }
    [[nodiscard]] const std::vector<std::string>& warnings() const { return m_warnings; }

    void add(Key key, Given given) { m_given.at(static_cast<std::size_t>(key)).push_back(std::move(given)); }
    void warn(std::string text) { m_warnings.push_back(std::move(text)); }

private:
    std::array<std::vector<Given>, k_key_count> m_given;
    std::vector<std::string> m_warnings;
};

struct Sources {
    std::vector<std::pair<Key, std::string>> flags;
    std::function<std::optional<std::string>(const std::string& variable)> environment; // empty values count as absent
    std::filesystem::path working_folder;
    std::string user; // who acts when nobody says so
};

// Errors of the files (file.hpp); config.value for a variable; config.secret_in_argv for a password in a flag.
Result<Settings> load(const Sources& sources);

} // namespace passa::config
