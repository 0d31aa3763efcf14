// Reads byte by byte into locked memory, so that no buffer of the standard library keeps a copy.
#include "cli/out/passphrase.hpp"

#include "lib/base/error.hpp"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

namespace passa::cli::out {
namespace {

constexpr std::size_t k_longest = 1024;

Secret read_line(int fd) {
    Secret buffer{k_longest};
    std::size_t n = 0;
    for (char c = 0;;) {
        const auto got = read(fd, &c, 1);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0 || c == '\n') break;
        if (n == k_longest)
            throw Error{{Kind::configuration, "key.passphrase",
                         fmt::format("the passphrase is longer than {} bytes", k_longest), "is it the right file?"}};
        buffer.reveal()[n++] = static_cast<std::uint8_t>(c);
    }
    if (n > 0 && buffer.reveal()[n - 1] == '\r') --n; // a file of another system's editor
    if (n == 0) throw Error{{Kind::configuration, "key.passphrase", "the passphrase is empty", ""}};
    return Secret::take(buffer.reveal().first(n));
}

// As strict as with key files: what others can read protects nothing. systemd guards its credentials itself.
Secret read_file(const std::filesystem::path& path, bool guarded = false) {
    const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    struct stat status {};
    const bool read = fd >= 0 && fstat(fd, &status) == 0;
    const int why = errno;
    const bool open_to_others = read && !guarded && S_ISREG(status.st_mode) && (status.st_mode & 077) != 0;
    if (read && S_ISREG(status.st_mode) && !open_to_others) {
        auto secret = read_line(fd);
        close(fd);
        return secret;
    }
    if (fd >= 0) close(fd);
    if (open_to_others)
        throw Error{{Kind::configuration, "key.passphrase_file",
                     fmt::format("the passphrase file {} can be read by others", path.string()),
                     fmt::format("chmod 600 {}", path.string())}};
    throw Error{{Kind::configuration, "key.no_passphrase",
                 fmt::format("cannot read the passphrase from {}: {}", path.string(),
                             read ? "not a plain file" : std::strerror(why)),
                 ""}};
}

Secret ask(std::string_view question) {
    termios before{};
    tcgetattr(0, &before);
    auto silent = before;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    tcsetattr(0, TCSAFLUSH, &silent);
    write_stderr(question);
    try {
        auto secret = read_line(0);
        tcsetattr(0, TCSAFLUSH, &before);
        write_stderr("\n");
        return secret;
    } catch (...) { // rethrown: the terminal must echo again
        tcsetattr(0, TCSAFLUSH, &before);
        throw;
    }
}

} // namespace

Secret read_passphrase(const PassphraseSource& source, const Terminal& terminal) {
    if (source.fd) return read_line(static_cast<int>(*source.fd));
    if (source.file) return read_file(*source.file);
    if (const char* folder = std::getenv("CREDENTIALS_DIRECTORY"))
        if (const auto path = std::filesystem::path{folder} / "passa-passphrase"; std::filesystem::exists(path))
            return read_file(path, true);
    if (!terminal.stdin_is_tty || !source.may_ask)
        throw Error{{Kind::usage, "key.no_passphrase", "a passphrase is needed",
                     "give it with --passphrase-file FILE or --passphrase-fd N, or run this in a terminal"}};
    auto first = ask("passphrase: ");
    if (source.twice && !first.equals(ask("again: ")))
        throw Error{{Kind::usage, "key.passphrase", "the two passphrases differ", "try again"}};
    return first;
}

} // namespace passa::cli::out
