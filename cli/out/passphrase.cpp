// Reads byte by byte into locked memory, so that no buffer of the standard library keeps a copy.
#include "cli/out/passphrase.hpp"

#include "lib/base/error.hpp"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

namespace passa::cli::out {
namespace {

constexpr std::size_t k_longest = 1024;

Secret read_line(int fd) {
    Secret buffer{k_longest};
    std::size_t n = 0;
    for (char c = 0; n < k_longest;) {
        const auto got = read(fd, &c, 1);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0 || c == '\n') break;
        buffer.reveal()[n++] = static_cast<std::uint8_t>(c);
    }
    if (n == 0) throw Error{{Kind::configuration, "key.passphrase", "the passphrase is empty", ""}};
    return Secret::take(buffer.reveal().first(n));
}

Secret read_file(const std::filesystem::path& path) {
    const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        throw Error{{Kind::configuration, "key.no_passphrase",
                     fmt::format("cannot read the passphrase from {}: {}", path.string(), std::strerror(errno)), ""}};
    auto secret = read_line(fd);
    close(fd);
    return secret;
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
            return read_file(path);
    if (!terminal.stdin_is_tty || !source.may_ask)
        throw Error{{Kind::usage, "key.no_passphrase", "a passphrase is needed",
                     "give it with --passphrase-file FILE or --passphrase-fd N, or run this in a terminal"}};
    auto first = ask("passphrase: ");
    if (source.twice && !first.equals(ask("again: ")))
        throw Error{{Kind::usage, "key.passphrase", "the two passphrases differ", "try again"}};
    return first;
}

} // namespace passa::cli::out
