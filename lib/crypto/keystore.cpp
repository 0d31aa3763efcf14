// The file: a version line, then one field a line. Everything is checked on the open file, not on its name.
#include "lib/crypto/keystore.hpp"

#include "lib/base/fresh_file.hpp"
#include "lib/base/text.hpp"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <fcntl.h>
#include <map>
#include <sys/stat.h>
#include <unistd.h>

namespace passa::crypto {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view k_version = "passa-key 1";
constexpr std::string_view k_program_version = "passa-signer 1";
constexpr std::size_t k_most_bytes = 4096;

class File {
public:
    explicit File(const fs::path& path) : m_fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)) {}
    ~File() {
        if (m_fd >= 0) close(m_fd);
    }
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    [[nodiscard]] int fd() const { return m_fd; }

private:
    int m_fd;
};

Problem problem(Kind kind, std::string code, std::string message, std::string hint = {}) {
    return {kind, std::move(code), std::move(message), std::move(hint)};
}

std::optional<Problem> find_exposure(int fd, const fs::path& path) {
    const auto exposed = [&](std::string_view how, std::string hint) {
        return problem(Kind::configuration, "key.permissions", fmt::format("{} {}", path.string(), how),
                       std::move(hint));
    };
    struct stat info {};
    if (fstat(fd, &info) != 0 || !S_ISREG(info.st_mode)) return exposed("is not a plain file", "");
    if (info.st_uid != geteuid()) return exposed("belongs to somebody else", "make it yours, or use your own keystore");
    if ((info.st_mode & 077) != 0) return exposed("can be read by others", fmt::format("chmod 600 {}", path.string()));
    return std::nullopt;
}

// Whoever may write to the folder can put another file in a key's place.
std::optional<Problem> find_open_folder(const fs::path& folder) {
    struct stat info {};
    if (stat(folder.c_str(), &info) != 0) return std::nullopt; // then there is no key in it either
    const auto exposed = [&](std::string_view how, std::string hint) {
        return problem(Kind::configuration, "key.permissions", fmt::format("the keystore {} {}", folder.string(), how),
                       std::move(hint));
    };
    if (info.st_uid != geteuid()) return exposed("belongs to somebody else", "make it yours, or use your own keystore");
    if ((info.st_mode & 077) == 0) return std::nullopt;
    return exposed((info.st_mode & 022) != 0 ? "can be written to by others" : "can be read by others",
                   fmt::format("chmod 700 {}", folder.string()));
}

void make_folder(const fs::path& folder) {
    if (!fs::create_directories(folder)) return;
    fs::permissions(folder, fs::perms::owner_all);
    sync_folder(folder.parent_path());
}

std::string read_text(int fd) {
    std::string text(k_most_bytes + 1, '\0');
    const auto n = read(fd, text.data(), text.size());
    text.resize(n < 0 ? 0 : static_cast<std::size_t>(n));
    return text;
}

Error unwritable(const fs::path& path, const std::error_code& why) {
    return Error{problem(Kind::failed, "key.write", fmt::format("cannot write {}: {}", path.string(), why.message()))};
}

template <typename Int>
bool read_number(std::string_view text, Int& out) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    return error == std::errc{} && end == text.data() + text.size();
}

bool is_key_name(std::string_view name) {
    return !name.empty() && name.size() <= 63 && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    });
}

bool is_program(const SigningProgram& program) {
    const auto is_plain = [](const std::string& word) {
        return is_utf8(word) && std::none_of(word.begin(), word.end(), [](char c) { return c == '\n' || c == '\0'; });
    };
    return !program.words.empty() && program.words.size() <= k_most_program_words &&
           program.words.front().starts_with('/') && program.time >= std::chrono::seconds{1} &&
           program.time <= k_longest_signing && std::all_of(program.words.begin(), program.words.end(), is_plain);
}

std::string program_text(const StoredKey& key) {
    PASSA_ASSERT(is_program(*key.program));
    auto text = fmt::format("{}\nname: {}\naccount: {}\nseconds: {}\nwords: {}\n", k_program_version, key.sealed_as,
                            key.account, std::chrono::floor<std::chrono::seconds>(key.program->time).count(),
                            key.program->words.size());
    for (const auto& word : key.program->words) text += fmt::format("word: {}\n", word);
    return text;
}

// Its lines in this order, and no others.
std::optional<StoredKey> read_program(std::string_view name, const std::vector<std::string_view>& lines) {
    const auto field = [&](std::size_t at, std::string_view before) -> std::optional<std::string_view> {
        if (at >= lines.size() || !lines[at].starts_with(before)) return std::nullopt;
        return lines[at].substr(before.size());
    };
    const auto sealed_as = field(1, "name: "), account = field(2, "account: "), seconds = field(3, "seconds: ");
    const auto words = field(4, "words: ");
    std::int64_t time = 0, count = 0;
    if (!words || !read_number(*words, count) || count + 6 != static_cast<std::int64_t>(lines.size()))
        return std::nullopt; // the last line is empty: the text ends with a line's end
    if (!sealed_as || !account || account->empty() || !seconds || !read_number(*seconds, time) || time < 1 ||
        time > 600 || !is_key_name(*sealed_as))
        return std::nullopt;
    StoredKey key{std::string{name}, std::string{*account}, {}, std::string{*sealed_as}, SigningProgram{}};
    key.program->time = std::chrono::seconds{time};
    for (std::size_t i = 5; i + 1 < lines.size(); ++i) {
        const auto word = field(i, "word: ");
        if (!word) return std::nullopt;
        key.program->words.emplace_back(*word);
    }
    return is_program(*key.program) ? std::optional{std::move(key)} : std::nullopt;
}

} // namespace

std::string bound_text(std::string_view name, std::string_view account) {
    return fmt::format("{}\n{}\n{}", k_version, name, account);
}

std::string to_file_text(const StoredKey& key) {
    if (key.program) return program_text(key);
    return fmt::format("{}\nname: {}\naccount: {}\nkdf: argon2id\noperations: {}\nmemory: {}\nsalt: {}\ncipher: "
                       "xchacha20-poly1305\nnonce: {}\nsealed: {}\n",
                       k_version, key.name, key.account, key.box.cost.operations, key.box.cost.memory_bytes,
                       to_hex(key.box.salt), to_hex(key.box.nonce), to_hex(key.box.sealed));
}

Result<StoredKey> parse_file_text(std::string_view name, std::string_view text) {
    const Problem bad{Kind::configuration, "key.format",
                      fmt::format("the file of key {} is damaged or not a key file", printable(name, 60)),
                      "restore it from a backup"};
    const auto lines = split_at(text, '\n');
    if (text.size() > k_most_bytes || !text.ends_with('\n')) return bad; // cut files end anywhere
    if (lines.front() == k_program_version) {
        auto external = read_program(name, lines);
        return external ? Result<StoredKey>{*std::move(external)} : Result<StoredKey>{bad};
    }
    if (lines.front() != k_version) return bad;
    std::map<std::string, std::string, std::less<>> fields;
    for (const auto line : lines) {
        const auto colon = line.find(": ");
        if (colon != std::string_view::npos) fields.emplace(line.substr(0, colon), line.substr(colon + 2));
    }
    StoredKey key{std::string{name}, fields["account"], {}, fields["name"]};
    const auto salt = parse_hex_fixed<16>(fields["salt"]);
    const auto nonce = parse_hex_fixed<24>(fields["nonce"]);
    auto sealed = parse_hex(fields["sealed"]);
    const bool numbers = read_number(fields["operations"], key.box.cost.operations) &&
                         read_number(fields["memory"], key.box.cost.memory_bytes);
    if (!salt || !nonce || !sealed || sealed->empty() || !numbers || key.account.empty() ||
        (!key.sealed_as.empty() && !is_key_name(key.sealed_as)) || fields["kdf"] != "argon2id" ||
        fields["cipher"] != "xchacha20-poly1305")
        return bad;
    key.box.salt = *salt;
    key.box.nonce = *nonce;
    key.box.sealed = *sealed;
    return key;
}

Result<fs::path> Keystore::file_of(std::string_view name) const {
    if (!is_key_name(name))
        return problem(Kind::usage, "key.name", fmt::format("'{}' cannot name a key", printable(name, 60)),
                       "use lower-case letters, digits and dashes, at most 63");
    return m_folder / (std::string{name} + ".key");
}

void Keystore::add(const StoredKey& key) const {
    const auto path = file_of(key.name).value_or_throw();
    try {
        make_folder(m_folder);
        if (auto exposed = find_open_folder(m_folder)) throw Error{std::move(*exposed)};
        FreshFile file{path};
        file.write(to_file_text(key));
        if (file.claim()) return;
    } catch (const std::system_error& failed) {
        throw unwritable(path, failed.code());
    }
    throw Error{problem(Kind::conflict, "key.exists", fmt::format("there is already a key {}", key.name),
                        "choose another name: keys are never overwritten")};
}

Result<StoredKey> Keystore::read(std::string_view name) const {
    auto key = look_into(name);
    if (!key || key->sealed_as.empty() || key->sealed_as == name) return key;
    return problem(
        Kind::configuration, "key.mismatch",
        fmt::format("{} holds the key {}, not {}", file_of(name).value_or_throw().string(), key->sealed_as, name),
        "restore it from a backup");
}

Result<StoredKey> Keystore::look_into(std::string_view name) const {
    const auto path = file_of(name);
    if (!path) return path.problems();
    const File file{*path};
    if (file.fd() < 0 && errno == ENOENT) {
        const auto near = nearest_names(name, names());
        return problem(Kind::not_found, "key.not_found", fmt::format("there is no key {}", name),
                       near.empty() ? "see them with: passa key list" : fmt::format("did you mean {}?", near.front()));
    }
    if (file.fd() < 0 && errno == ELOOP)
        return problem(Kind::configuration, "key.permissions",
                       fmt::format("{} is a symbolic link, which is not followed", path->string()),
                       fmt::format("put the key file itself there: cp --remove-destination \"$(readlink -f {0})\" {0}",
                                   path->string()));
    if (file.fd() < 0)
        return problem(Kind::configuration, "key.permissions",
                       fmt::format("cannot open {}: {}", path->string(), std::strerror(errno)));
    if (auto exposed = find_open_folder(m_folder)) return *exposed;
    if (auto exposed = find_exposure(file.fd(), *path)) return *exposed;
    return parse_file_text(name, read_text(file.fd()));
}

StoredKey Keystore::get(std::string_view name) const { return read(name).value_or_throw(); }

std::vector<std::string> Keystore::names() const {
    std::vector<std::string> names;
    std::error_code ignored; // no folder yet: no keys
    for (const auto& entry : fs::directory_iterator{m_folder, ignored})
        if (entry.path().extension() == ".key") names.push_back(entry.path().stem().string());
    std::sort(names.begin(), names.end());
    return names;
}

} // namespace passa::crypto
