// Reads byte by byte into locked memory, so that no buffer of the standard library keeps a copy.
#include "cli/out/passphrase.hpp"

#include "lib/base/error.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <functional>
#include <limits>
#include <map>
#include <mutex>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

namespace passa::cli::out {
namespace {

constexpr std::size_t k_longest = 1024;

Problem unusable(std::string_view what, std::string_view why, std::string hint = {}) {
    return {Kind::configuration, "key.passphrase", fmt::format("the {} {}", what, why), std::move(hint)};
}

Secret read_line(int fd, std::string_view what) {
    Secret buffer{k_longest};
    std::size_t n = 0;
    for (char c = 0;;) {
        const auto got = read(fd, &c, 1);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) throw Error{unusable(what, fmt::format("cannot be read: {}", std::strerror(errno)))};
        if (got == 0 || c == '\n') break;
        if (n == k_longest)
            throw Error{unusable(what, fmt::format("is longer than {} bytes", k_longest), "is it the right file?")};
        buffer.reveal()[n++] = static_cast<std::uint8_t>(c);
    }
    if (n > 0 && buffer.reveal()[n - 1] == '\r') --n; // a file of another system's editor
    if (n == 0)
        throw Error{unusable(what, "is empty", fmt::format("write the {} into its first line, or type one", what))};
    return Secret::take(buffer.reveal().first(n));
}

// As strict as with key files: what others can read protects nothing. systemd guards its credentials itself.
Secret read_file(const std::filesystem::path& path, std::string_view what, bool guarded = false) {
    const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK); // a pipe nobody writes to must not hang
    struct stat status {};
    const bool read = fd >= 0 && fstat(fd, &status) == 0;
    const int why = errno;
    const bool readable = read && (S_ISREG(status.st_mode) || S_ISFIFO(status.st_mode)); // a pipe: <(command)
    const bool open_to_others = readable && !guarded && (status.st_mode & 077) != 0;
    if (readable && !open_to_others) {
        fcntl(fd, F_SETFL, 0);
        auto secret = read_line(fd, what);
        close(fd);
        return secret;
    }
    if (fd >= 0) close(fd);
    if (open_to_others)
        throw Error{{Kind::configuration, "key.passphrase_file",
                     fmt::format("the {} file {} can be read by others", what, path.string()),
                     fmt::format("chmod 600 {}", path.string())}};
    throw Error{{Kind::configuration, "key.no_passphrase",
                 fmt::format("cannot read the {} from {}: {}", what, path.string(),
                             read ? "neither a plain file nor a pipe" : std::strerror(why)),
                 fmt::format("name a file that you can read, with the {} in its first line", what)}};
}

// A terminal that does not echo, and does again whatever ends the asking.
class Silence {
public:
    explicit Silence(int fd) {
        s_fd = fd;
        tcgetattr(fd, &s_before);
        auto silent = s_before;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        tcsetattr(fd, TCSAFLUSH, &silent);
        struct sigaction leave {};
        leave.sa_handler = end;
        leave.sa_flags = static_cast<int>(SA_RESETHAND);
        for (std::size_t i = 0; i < k_signals.size(); ++i) sigaction(k_signals[i], &leave, &m_before[i]);
    }
    ~Silence() {
        for (std::size_t i = 0; i < k_signals.size(); ++i) sigaction(k_signals[i], &m_before[i], nullptr);
        tcsetattr(s_fd, TCSAFLUSH, &s_before);
    }
    Silence(const Silence&) = delete;
    Silence& operator=(const Silence&) = delete;

private:
    static constexpr std::array k_signals{SIGINT, SIGTERM, SIGHUP, SIGQUIT};
    static void end(int signal) {
        tcsetattr(s_fd, TCSAFLUSH, &s_before);
        static_cast<void>(raise(signal)); // SA_RESETHAND: by its default now
    }
    static inline int s_fd = 0;
    static inline termios s_before{};
    std::array<struct sigaction, k_signals.size()> m_before{};
};

Secret ask(int fd, std::string_view what, std::string_view question) {
    const Silence silence{fd};
    write_stderr(question);
    auto secret = read_line(fd, what);
    write_stderr("\n");
    return secret;
}

std::string question_of(const PassphraseSource& source) {
    return source.of.empty() ? fmt::format("{}: ", source.what) : fmt::format("{} of {}: ", source.what, source.of);
}

Secret copy_of(const Secret& secret) {
    Secret copy{secret.size()};
    std::copy(secret.reveal().begin(), secret.reveal().end(), copy.reveal().begin());
    return copy;
}

// A descriptor or a pipe gives its line once, and several keys may open by it: kept for as long as this process lives,
// in locked memory that is wiped at its end. Where two secrets come by one descriptor, each has a line of its own.
Secret read_once(const std::string& place, const std::function<Secret()>& read) {
    static std::mutex guard;
    static std::map<std::string, Secret> known;
    const std::lock_guard lock{guard};
    auto it = known.find(place);
    if (it == known.end()) it = known.emplace(place, read()).first;
    return copy_of(it->second);
}

Secret read_descriptor(const PassphraseSource& source) {
    const auto number = *source.fd;
    if (number < 0 || number > std::numeric_limits<int>::max())
        throw Error{unusable(source.what, fmt::format("cannot be read: {} is no file descriptor", number))};
    const auto fd = static_cast<int>(number);
    if (isatty(fd) == 1) return ask(fd, source.what, question_of(source));
    return read_once(fmt::format("{} {}", fd, source.what), [&] { return read_line(fd, source.what); });
}

std::optional<std::filesystem::path> find_credential() {
    const char* folder = std::getenv("CREDENTIALS_DIRECTORY");
    if (folder == nullptr) return std::nullopt;
    const auto path = std::filesystem::path{folder} / "passa-passphrase";
    return std::filesystem::exists(path) ? std::optional{path} : std::nullopt;
}

} // namespace

bool will_ask(const PassphraseSource& source) {
    if (source.fd)
        return *source.fd >= 0 && *source.fd <= std::numeric_limits<int>::max() &&
               isatty(static_cast<int>(*source.fd)) == 1;
    return !source.file && !find_credential() && source.may_ask && isatty(0) == 1;
}

Secret read_passphrase(const PassphraseSource& source, const Terminal& terminal) {
    if (source.fd) return read_descriptor(source);
    std::error_code none; // of a file that cannot be looked at, reading says so
    if (source.file && std::filesystem::is_fifo(*source.file, none)) // <(command)
        return read_once(fmt::format("{} {}", source.file->string(), source.what),
                         [&] { return read_file(*source.file, source.what); });
    if (source.file) return read_file(*source.file, source.what);
    if (const auto credential = find_credential()) return read_file(*credential, source.what, true);
    if (!terminal.stdin_is_tty || !source.may_ask)
        throw Error{{Kind::usage, "key.no_passphrase", "a passphrase is needed",
                     "give it with --passphrase-file FILE or --passphrase-fd N, or run this in a terminal"}};
    auto first = ask(0, source.what, question_of(source));
    if (source.twice && !first.equals(ask(0, source.what, "again: ")))
        throw Error{{Kind::usage, "key.passphrase", "the two passphrases differ", "try again"}};
    return first;
}

} // namespace passa::cli::out
