// systemd's credentials first, where there are some, then passa's own folder.
#include "lib/notify/credential.hpp"

#include "lib/base/private_file.hpp"
#include "lib/base/text.hpp"

namespace passa::notify {

namespace fs = std::filesystem;

Result<Secret> read_credential(const std::vector<fs::path>& folders, const std::string& name) {
    std::error_code unseen; // a folder that cannot be entered has nothing for us
    for (const auto& folder : folders) {
        if (!fs::exists(fs::symlink_status(folder / name, unseen))) continue;
        auto read = read_private_file(folder / name);
        if (const auto* problem = std::get_if<Unreadable>(&read))
            return Problem{Kind::configuration, "notice.credential",
                           fmt::format("the credential {} cannot be used: {}", name, problem->why), problem->hint};
        return std::move(std::get<Secret>(read));
    }
    return Problem{Kind::configuration, "notice.no_credential", fmt::format("there is no credential {}", name),
                   fmt::format("write it to {}, readable by its owner alone", (folders.back() / name).string())};
}

std::string_view line_of(const Secret& secret) {
    const auto bytes = secret.reveal();
    return trim({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

} // namespace passa::notify
