// Any bytes as what a server sends back: an answer within the limits, or none and why. Never more than was allowed.
#include "lib/base/assert.hpp"
#include "lib/http/poster.hpp"

#include <fmt/format.h>

#include <arpa/inet.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

using namespace passa;

namespace {

constexpr std::string_view k_question = R"({"question":1})";

// On this machine's own address: hears one request at a time, says the bytes, hangs up.
class Server {
public:
    Server() : m_socket(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        auto* const plain = reinterpret_cast<sockaddr*>(&address);
        PASSA_ASSERT(bind(m_socket, plain, size) == 0 && listen(m_socket, 8) == 0);
        PASSA_ASSERT(getsockname(m_socket, plain, &size) == 0);
        m_url = http::parse_url(fmt::format("http://127.0.0.1:{}/", ntohs(address.sin_port))).value_or_throw();
    }
    ~Server() { close(m_socket); }
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;
    [[nodiscard]] const http::Url& url() const { return m_url; }

    void answer(std::span<const std::uint8_t> bytes) const {
        const int line = accept4(m_socket, nullptr, nullptr, SOCK_CLOEXEC);
        std::string heard; // all of it: to close over unread bytes cuts off the answer
        char some[1024];
        for (ssize_t got = 1; got > 0 && !heard.ends_with(k_question);)
            if (got = read(line, some, sizeof some); got > 0) heard.append(some, static_cast<std::size_t>(got));
        static_cast<void>(send(line, bytes.data(), bytes.size(), MSG_NOSIGNAL));
        close(line);
    }

private:
    int m_socket;
    http::Url m_url;
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const Server server;
    static const auto poster = http::make_curl_poster();
    constexpr std::size_t k_most = 1000;
    if (size > 60'000) return 0; // more than a socket holds
    std::thread other{[&] { server.answer({data, size}); }};
    const auto reply = poster->post({server.url(), std::string{k_question}, {.answer_bytes = k_most}, true});
    other.join();
    if (const auto* answer = std::get_if<http::Answer>(&reply)) {
        PASSA_ASSERT(answer->body.size() <= k_most && answer->status >= 0 && answer->status < 1000);
        if (answer->retry_after)
            PASSA_ASSERT(*answer->retry_after > Duration{} && *answer->retry_after <= std::chrono::hours{1});
    } else {
        const auto& none = std::get<http::NoAnswer>(reply);
        PASSA_ASSERT(none.sent && !none.reason.empty());
    }
    return 0;
}
