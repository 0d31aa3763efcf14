// A file of the project that is no profile keeps nobody from the others; asked for by its name it says what is wrong.
#include "lib/sale/profile_shelf.hpp"

#include "import_profiles.hpp"
#include "lib/base/text.hpp"

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cstring>
#include <fstream>

namespace passa::sale {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t k_most_profile_bytes = std::size_t{256} * 1024;

std::string read_whole(const fs::path& path) {
    errno = 0; // the stream has no words for why
    std::ifstream in{path, std::ios::binary};
    if (!in.is_open())
        throw Error{{Kind::invalid_input, "sale.profile_unreadable",
                     fmt::format("cannot read the profile {}: {}", printable(path.string()), std::strerror(errno)),
                     "name a profile file that you may read, or a profile by its name (they are listed by: passa sale "
                     "profiles); a first one of your own: passa sale profiles --yaml passa > mine.yaml"}};
    std::string text(k_most_profile_bytes + 1, '\0');
    in.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(in.gcount()));
    std::error_code odd; // a name too long, a loop of links: not a file either
    if (in.bad() || !fs::is_regular_file(path, odd) || text.size() > k_most_profile_bytes)
        throw Error{{Kind::invalid_input, "sale.profile_unreadable",
                     fmt::format("cannot read the profile {}", printable(path.string())),
                     fmt::format("a profile is a YAML file of at most {} KiB", k_most_profile_bytes / 1024)}};
    return text;
}

Result<Profile> read_profile(const fs::path& path) try {
    return parse_profile(read_whole(path), path.string());
} catch (const Error& unreadable) {
    return unreadable.problems();
}

bool is_yaml(const fs::path& path) { return path.extension() == ".yaml" || path.extension() == ".yml"; }

std::vector<fs::path> yaml_files_of(const fs::path& folder) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator{folder})
        if (is_yaml(entry.path())) files.push_back(entry.path());
    std::sort(files.begin(), files.end()); // the same profile wins everywhere
    return files;
}

} // namespace

ProfileShelf load_profiles(const fs::path& folder) {
    std::map<std::string, Profile> found;
    ProfileShelf shelf;
    for (const auto& [file, text] : profile_files::k_files) {
        auto profile = parse_profile(text, fmt::format("built-in {}", file)).value_or_throw();
        found.insert_or_assign(profile.name, std::move(profile));
    }
    if (fs::is_directory(folder))
        for (const auto& path : yaml_files_of(folder)) {
            auto profile = read_profile(path);
            if (profile)
                found.insert_or_assign(profile->name, std::move(profile.value()));
            else
                shelf.broken.push_back({path.stem().string(), path.string(), profile.problems()});
        }
    for (auto& entry : found) shelf.profiles.push_back(std::move(entry.second));
    return shelf;
}

namespace {

bool has_word(std::string_view text, std::string_view word) {
    const auto goes_on = [&](std::size_t at) {
        return at < text.size() && (std::isalnum(static_cast<unsigned char>(text[at])) != 0 || text[at] == '-');
    };
    for (auto at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1))
        if (!goes_on(at + word.size()) && (at == 0 || !goes_on(at - 1))) return true;
    return false;
}

// Its file has that name, or has it in it, or keeps its own to itself.
bool may_be_called(const ProfileShelf::Broken& broken, const std::string& name) {
    try {
        return broken.name == name || has_word(read_whole(broken.file), name);
    } catch (const Error&) { // not to hide: what is wrong with the file is among its problems
        return true;
    }
}

} // namespace

Profile get_profile(const std::string& name, const fs::path& folder) {
    if (is_yaml(name)) return parse_profile(read_whole(name), name).value_or_throw();
    std::vector<std::string> known;
    auto shelf = load_profiles(folder);
    for (auto& broken : shelf.broken) // it may be meant to stand in for a built-in one
        if (may_be_called(broken, name)) throw Error{std::move(broken.problems)};
    for (auto& profile : shelf.profiles) {
        if (profile.name == name) return profile;
        known.push_back(profile.name);
    }
    if (!shelf.broken.empty()) // it may be the one
        throw Error{{Kind::not_found, "sale.unknown_profile",
                     fmt::format("there is no import profile {} that can be read; broken is {}", printable(name, 60),
                                 printable(shelf.broken.front().file)),
                     "see what is wrong with it: passa sale profiles"}};
    const auto near = nearest_names(name, known);
    throw Error{{Kind::not_found, "sale.unknown_profile",
                 fmt::format("there is no import profile {}", printable(name, 60)),
                 near.empty() ? fmt::format("there are: {}; or name a file: --profile ./mine.yaml", join(known, ", "))
                              : fmt::format("did you mean {}?", near.front())}};
}

} // namespace passa::sale
