// curl's own parser reads the URL, so that what is checked is what is used.
#include "lib/http/url.hpp"

#include "lib/base/text.hpp"

#include <curl/curl.h>

#include <arpa/inet.h>
#include <memory>

namespace passa::http {
namespace {

constexpr std::size_t k_longest_url = 2048;

struct UrlCloser {
    void operator()(CURLU* url) const { curl_url_cleanup(url); }
};

std::string part(CURLU* url, CURLUPart which) {
    char* text = nullptr;
    if (curl_url_get(url, which, &text, 0) != CURLUE_OK) return {};
    std::string copy{text};
    curl_free(text);
    return copy;
}

// What follows the host may be a key; what stands before an @ too.
std::string shown(std::string_view text) {
    const auto begin = text.find("://");
    const auto end = text.find_first_of("/?#", begin == std::string_view::npos ? 0 : begin + 3);
    const auto host = text.substr(0, end);
    return host.find('@') == std::string_view::npos ? printable(host, 100) : "a URL with a user in it";
}

Problem refuse(std::string_view text, const std::string& why) {
    return {Kind::configuration, "http.url", fmt::format("{} cannot be used: {}", shown(text), why),
            "write a URL such as https://rpc.example.org"};
}

} // namespace

// By the number, not by its text: 127.0.0.1.example.org is somebody's name.
bool is_loopback(std::string_view address) {
    const bool bracketed = address.size() > 2 && address.front() == '[' && address.back() == ']';
    const std::string text{bracketed ? address.substr(1, address.size() - 2) : address};
    in_addr four{};
    if (inet_pton(AF_INET, text.c_str(), &four) == 1) return (ntohl(four.s_addr) >> 24) == 127;
    in6_addr six{};
    if (inet_pton(AF_INET6, text.c_str(), &six) != 1) return false;
    return IN6_IS_ADDR_LOOPBACK(&six) || (IN6_IS_ADDR_V4MAPPED(&six) && six.s6_addr[12] == 127);
}

Result<Url> parse_url(std::string_view text) {
    if (text.size() > k_longest_url) return refuse(text, "it is too long");
    const std::unique_ptr<CURLU, UrlCloser> url{curl_url()};
    const std::string whole{text};
    if (whole.find('\0') != std::string::npos || curl_url_set(url.get(), CURLUPART_URL, whole.c_str(), 0) != CURLUE_OK)
        return refuse(text, "it is not a URL");
    const auto scheme = part(url.get(), CURLUPART_SCHEME);
    if (scheme != "https" && scheme != "http") return refuse(text, "only https is spoken here");
    if (!part(url.get(), CURLUPART_USER).empty() || !part(url.get(), CURLUPART_PASSWORD).empty())
        return refuse(text, "a password in a URL ends up in lists and logs");
    Url checked{part(url.get(), CURLUPART_URL), to_lower(part(url.get(), CURLUPART_HOST)), {}, scheme == "http"};
    const auto port = part(url.get(), CURLUPART_PORT);
    checked.origin = fmt::format("{}://{}{}{}", scheme, checked.host, port.empty() ? "" : ":", port);
    if (checked.plain && checked.host != "localhost" && !is_loopback(checked.host))
        return Problem{Kind::configuration, "http.plain",
                       fmt::format("{} would send in the clear to another machine", printable(checked.origin, 100)),
                       "use https; http is for this machine only"};
    return checked;
}

} // namespace passa::http
