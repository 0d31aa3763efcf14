// The file is read into locked memory; what is checked is the open file, not the name.
#include "lib/http/header_file.hpp"

#include "lib/base/text.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace passa::http {
namespace {

constexpr std::size_t k_largest_file = 16U << 10U;

Error unreadable(const std::filesystem::path& file, const std::string& why, const std::string& hint) {
    return Error{{Kind::configuration, "http.header_file",
                  fmt::format("the headers in {} cannot be used: {}", printable(file.string()), why), hint}};
}

class OpenFile {
public:
    explicit OpenFile(const std::filesystem::path& file) : m_fd(open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW)) {
        if (m_fd < 0) throw unreadable(file, std::strerror(errno), "");
    }
    ~OpenFile() { close(m_fd); }
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;
    [[nodiscard]] int fd() const { return m_fd; }

private:
    int m_fd;
};

Secret read_private(const std::filesystem::path& file) {
    const OpenFile opened{file};
    struct stat status {};
    if (fstat(opened.fd(), &status) != 0) throw unreadable(file, std::strerror(errno), "");
    if (!S_ISREG(status.st_mode)) throw unreadable(file, "it is not a file", "");
    if ((status.st_mode & 077U) != 0)
        throw unreadable(file, "others can read it", fmt::format("chmod 600 {}", file.string()));
    if (status.st_uid != geteuid() && status.st_uid != 0) throw unreadable(file, "it belongs to somebody else", "");
    Secret text{k_largest_file};
    std::size_t n = 0;
    while (n < text.size()) {
        const auto got = read(opened.fd(), text.reveal().data() + n, text.size() - n);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) throw unreadable(file, std::strerror(errno), "");
        if (got == 0) return Secret::take(text.reveal().first(n));
        n += static_cast<std::size_t>(got);
    }
    throw unreadable(file, "it is larger than 16 KiB", "");
}

bool is_token(std::string_view name) { // RFC 9110 5.6.2
    return !name.empty() && name.find_first_not_of("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyz"
                                                   "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == std::string_view::npos;
}

bool is_value(std::string_view value) {
    for (const char c : value)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) return false;
    return !value.empty();
}

SecretHeader read_line(std::string_view line, std::size_t number) {
    const auto blank = line.find(' ');
    const auto colon = line.find(':', blank == std::string_view::npos ? 0 : blank);
    if (blank == std::string_view::npos || colon == std::string_view::npos ||
        !is_token(trim(line.substr(blank, colon - blank))) || !is_value(trim(line.substr(colon + 1))))
        throw Error{{Kind::configuration, "http.header", fmt::format("line {} of the header file is no header", number),
                     "write: HOST NAME: VALUE"}};
    const auto value = trim(line.substr(colon + 1));
    Secret kept{value.size()};
    std::copy(value.begin(), value.end(), kept.reveal().begin());
    return {to_lower(line.substr(0, blank)), std::string{trim(line.substr(blank, colon - blank))}, std::move(kept)};
}

} // namespace

std::vector<SecretHeader> load_headers(const std::filesystem::path& file) {
    const auto secret = read_private(file);
    const std::string_view text{reinterpret_cast<const char*>(secret.reveal().data()), secret.size()};
    std::vector<SecretHeader> headers;
    std::size_t number = 0;
    for (const auto line : split_at(text, '\n')) {
        ++number;
        const auto words = trim(line);
        if (!words.empty() && words.front() != '#') headers.push_back(read_line(words, number));
    }
    return headers;
}

} // namespace passa::http
