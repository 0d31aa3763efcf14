// A version line and the seed in hex. Whoever makes it takes its name only if that is free, and reads what stands
// there.
#include "lib/crypto/own_key.hpp"

#include "lib/base/fresh_file.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace passa::crypto {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view k_own_version = "passa-home-key 1\n";
constexpr std::size_t k_own_bytes = k_own_version.size() + 2 * k_seed_size + 1;

Error refused(std::string code, const fs::path& file, std::string_view why) {
    return Error{{Kind::configuration, std::move(code), fmt::format("{} {}", file.string(), why),
                  "bring it from your copy of the keystore's folder, for its owner alone: chmod 600"}};
}

KeyPair parse_seed_file(const fs::path& file, Secret text) {
    const auto* begin = reinterpret_cast<const char*>(text.reveal().data());
    const std::string_view all{begin, text.size()};
    if (all.size() != k_own_bytes || !all.starts_with(k_own_version) || !all.ends_with('\n'))
        throw refused("key.format", file, "is no key of a home");
    auto seed = parse_hex(all.substr(k_own_version.size(), 2 * k_seed_size));
    if (!seed) throw refused("key.format", file, "is no key of a home");
    auto bytes = std::move(seed).value_or_throw();
    return KeyPair::from_seed(Secret::take(bytes)).value_or_throw();
}

void write_seed_file(const fs::path& file) {
    SystemRandom random;
    const auto seed = KeyPair::generate(random).seed();
    auto hex = to_hex(seed.reveal());
    try {
        if (fs::create_directories(file.parent_path())) fs::permissions(file.parent_path(), fs::perms::owner_all);
        FreshFile fresh{file};
        fresh.write(k_own_version);
        fresh.write(hex + "\n");
        static_cast<void>(fresh.claim()); // taken: another process made it at this moment
    } catch (const std::system_error& failed) {
        throw Error{{Kind::failed, "key.write",
                     fmt::format("cannot write {}: {}", file.string(), failed.code().message()), ""}};
    }
    static_cast<void>(Secret::take(hex)); // wiped
}

} // namespace

std::optional<KeyPair> find_own_key(const fs::path& file) {
    const int fd = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (fd < 0 && errno == ENOENT) return std::nullopt;
    if (fd < 0) throw refused("key.permissions", file, fmt::format("cannot be read: {}", std::strerror(errno)));
    struct stat info {};
    const bool ours = fstat(fd, &info) == 0 && S_ISREG(info.st_mode) && info.st_uid == geteuid();
    std::array<std::uint8_t, k_own_bytes + 1> bytes{};
    const auto n = ::read(fd, bytes.data(), bytes.size());
    close(fd);
    auto text = Secret::take(std::span{bytes}.first(n < 0 ? 0 : static_cast<std::size_t>(n)));
    wipe(bytes);
    if (!ours) throw refused("key.permissions", file, "is no file of ours");
    if ((info.st_mode & 077) != 0) throw refused("key.permissions", file, "can be read by others");
    return parse_seed_file(file, std::move(text));
}

KeyPair load_own_key(const fs::path& file) {
    if (auto key = find_own_key(file)) return std::move(*key);
    write_seed_file(file);
    auto key = find_own_key(file);
    if (!key) throw refused("key.format", file, "is gone again");
    return std::move(*key);
}

} // namespace passa::crypto
