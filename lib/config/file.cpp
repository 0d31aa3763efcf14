// A settings file decides which database and which keys are used: it is read only when nobody else can have written
// it. What is checked is the opened file, not its name.
#include "lib/config/file.hpp"

#include "lib/base/text.hpp"
#include "lib/manifest/read.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace passa::config {

namespace fs = std::filesystem;

namespace {

struct Opened {
    int fd;
    explicit Opened(const fs::path& path)
        : fd(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY)) {}
    ~Opened() {
        if (fd >= 0) close(fd);
    }
    Opened(const Opened&) = delete;
    Opened& operator=(const Opened&) = delete;
};

// The device of a folder; none when it cannot be looked at.
std::optional<dev_t> device_of(const fs::path& folder) {
    struct stat seen {};
    return stat(folder.c_str(), &seen) == 0 ? std::optional{seen.st_dev} : std::nullopt;
}

std::string find_distrust(const struct stat& seen) {
    if (!S_ISREG(seen.st_mode)) return "it is not a plain file";
    if (seen.st_uid != geteuid() && seen.st_uid != 0) return "it belongs to another user";
    if ((seen.st_mode & (S_IWGRP | S_IWOTH)) != 0) return "others may write to it";
    return {};
}

Problem unreadable(const fs::path& path, int error) {
    return {Kind::configuration, "config.unreadable", fmt::format("cannot read {}: {}", path.string(), strerror(error)),
            "make it readable, or remove it"};
}

Result<std::string> read_all(const Opened& file, const fs::path& path) {
    std::string text;
    std::array<char, 4096> block{};
    while (true) {
        const auto n = read(file.fd, block.data(), block.size());
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return unreadable(path, errno);
        if (n == 0) return text;
        text.append(block.data(), static_cast<std::size_t>(n));
        if (text.size() > k_most_bytes)
            return Problem{Kind::configuration, "config.syntax",
                           fmt::format("{} is larger than {} bytes", path.string(), k_most_bytes),
                           "keep settings only in it"};
    }
}

// The reader's own refusals, said as what they are here: a broken settings file.
Problems as_configuration(Problems problems) {
    for (auto& p : problems) {
        p.kind = Kind::configuration;
        if (p.code == "manifest.secret") p.message = "this is a secret seed: a settings file is no place for it";
        p.code = p.code == "manifest.secret" ? "config.secret" : "config.syntax";
        if (p.place) p.place->source_line.clear(); // see Lines::refuse
    }
    return problems;
}

class Lines {
public:
    Lines(const manifest::Document& document, File& file) : m_document(document), m_file(file) {}
    Problems problems;

    void read() {
        const auto& root = m_document.root;
        if (root.type != manifest::Node::Type::map)
            return refuse({Kind::configuration, "config.syntax", "settings are lines of NAME: VALUE", ""}, root.mark);
        for (const auto& entry : root.entries) read_entry(entry);
    }

private:
    void read_entry(const manifest::Node::Entry& entry) {
        const auto* setting = find_setting(entry.key);
        if (setting == nullptr && sounds_secret(entry.key)) return refuse_secret(entry);
        if (setting == nullptr)
            return refuse({Kind::configuration, "config.unknown_key",
                           fmt::format("there is no setting {}", printable(entry.key, 60)), nearest_setting(entry.key)},
                          entry.mark);
        const auto& text = entry.value.text;
        if (setting->key == Key::db && holds_password(text)) return refuse_secret(entry);
        if (auto problem = setting->refuse(text)) {
            problem->message = fmt::format("{}: {}", entry.key, problem->message);
            refuse(std::move(*problem), entry.mark);
            if (setting->key != Key::db) problems.back().place = place_of(*m_document.source, entry.mark);
            return;
        }
        m_file.lines.push_back(
            {setting->key, resolved(*setting, text), fmt::format("{}:{}", m_file.path.string(), entry.mark.line)});
    }

    // A file or folder named in a file is meant from where that file lies.
    [[nodiscard]] std::string resolved(const Setting& setting, const std::string& text) const {
        if (setting.key != Key::home && setting.key != Key::log_file && setting.key != Key::rpc_headers) return text;
        return (m_file.path.parent_path() / text).lexically_normal().string();
    }

    void refuse_secret(const manifest::Node::Entry& entry) {
        refuse({Kind::configuration, "config.secret",
                fmt::format("{}: a settings file is no place for a secret", printable(entry.key, 60)),
                "remove it, change the secret, and use --passphrase-file, or ~/.pgpass for a database"},
               entry.mark);
    }

    // The place without the line itself: whoever writes a password into a settings file does it in any line.
    void refuse(Problem problem, manifest::Mark mark) {
        problem.place = place_of(*m_document.source, mark);
        problem.place->source_line.clear();
        problems.push_back(std::move(problem));
    }

    const manifest::Document& m_document;
    File& m_file;
};

} // namespace

std::optional<fs::path> find_project_file(const fs::path& from, const std::optional<fs::path>& home) {
    const auto device = device_of(from);
    for (auto folder = from.lexically_normal();; folder = folder.parent_path()) {
        if (device_of(folder) != device) return std::nullopt;
        struct stat seen {};
        if (auto file = folder / k_project_file; lstat(file.c_str(), &seen) == 0) return file;
        if ((home && folder == home->lexically_normal()) || !folder.has_relative_path()) return std::nullopt;
    }
}

Result<File> read_file(const fs::path& path) {
    File file{path, {}, {}};
    const Opened opened{path};
    if (opened.fd < 0 && errno == ELOOP) return file.ignored = "it is a symbolic link", file;
    struct stat seen {};
    if (opened.fd < 0 || fstat(opened.fd, &seen) != 0) return unreadable(path, errno);
    file.ignored = find_distrust(seen);
    if (!file.ignored.empty()) return file;
    const auto text = read_all(opened, path);
    if (!text) return text.problems();
    const auto documents = manifest::read_text(*text, path.string());
    if (!documents) return as_configuration(documents.problems());
    Problems problems;
    for (const auto& document : *documents) {
        Lines lines{document, file};
        lines.read();
        std::move(lines.problems.begin(), lines.problems.end(), std::back_inserter(problems));
    }
    if (!problems.empty()) return problems;
    return file;
}

} // namespace passa::config
