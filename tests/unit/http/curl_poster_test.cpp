// Every way in which a server can misbehave is a typed answer, and whether anything was sent is always known.
#include "lib/http/poster.hpp"
#include "tests/support/fake_http.hpp"

#include <catch2/catch.hpp>

using namespace passa;
using test::FakeHttp;

namespace {

const http::Limits k_short{
    .connect = std::chrono::milliseconds{500}, .total = std::chrono::milliseconds{600}, .answer_bytes = 1000};

http::Reply post(const std::string& url, const std::string& body = "{}", const http::Limits& limits = k_short) {
    return http::make_curl_poster()->post({http::parse_url(url).value(), body, limits});
}

http::NoAnswer none_from(FakeHttp::Talk talk) {
    const FakeHttp server{std::move(talk)};
    return std::get<http::NoAnswer>(post(server.url("/secret-path")));
}

} // namespace

TEST_CASE("a document goes out, and the answer comes back", "[unit]") {
    FakeHttp server{[](int fd) { FakeHttp::say(fd, FakeHttp::answer(200, "{\"ok\":1}")); }};
    const auto reply = post(server.url("/rpc"), "{\"a\":2}");
    CHECK(std::get<http::Answer>(reply).status == 200);
    CHECK(std::get<http::Answer>(reply).body == "{\"ok\":1}");
    CHECK(server.last_request().find("POST /rpc HTTP/1.1") == 0);
    CHECK(server.last_request().find("Content-Type: application/json") != std::string::npos);
    CHECK(server.last_request().find("{\"a\":2}") != std::string::npos);
}

TEST_CASE("statuses are answers, with the wait that they ask for", "[unit]") {
    for (const int status : {301, 429, 500, 503, 504}) {
        FakeHttp server{[=](int fd) {
            FakeHttp::say(fd, FakeHttp::answer(status, "no", "Retry-After: 7\r\nLocation: http://127.0.0.1:1/\r\n"));
        }};
        const auto answer = std::get<http::Answer>(post(server.url()));
        CHECK(answer.status == status);
        CHECK(answer.retry_after == std::chrono::seconds{7});
        CHECK(server.count() == 1); // no redirect was followed
    }
}

// What libcurl remembers of the answer before is freed memory by then: the address sanitizer sees it.
TEST_CASE("headers that begin with a blank are read, or are no answer, after any other", "[unit]") {
    FakeHttp server{[](int fd) { FakeHttp::say(fd, FakeHttp::answer(200, "{}", "Retry-After: 7\r\n")); }};
    FakeHttp odd{[](int fd) { FakeHttp::say(fd, "HTTP/1.1 200 OK\r\n  folded: yes\r\nContent-Length: 2\r\n\r\n{}"); }};
    const auto poster = http::make_curl_poster();
    for (const auto* asked : {&server, &odd, &server, &odd, &odd}) {
        const auto reply = poster->post({http::parse_url(asked->url()).value(), "{}", k_short});
        const auto* answer = std::get_if<http::Answer>(&reply);
        if (asked == &server) REQUIRE((answer != nullptr && answer->retry_after == std::chrono::seconds{7}));
        if (answer != nullptr) REQUIRE(answer->body == "{}");
    }
}

TEST_CASE("a request uses the connection that the one before left open", "[unit]") {
    FakeHttp server{[](int fd) {
        FakeHttp::say(fd, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
        std::string next(4096, '\0');
        if (read(fd, next.data(), next.size()) > 0) FakeHttp::say(fd, "HTTP/1.1 201 OK\r\nContent-Length: 2\r\n\r\n{}");
    }};
    const auto poster = http::make_curl_poster();
    const auto ask = [&] {
        return std::get<http::Answer>(poster->post({http::parse_url(server.url()).value(), "{}", k_short})).status;
    };
    CHECK(ask() == 200);
    CHECK(ask() == 201);
    CHECK(server.count() == 1);
}

TEST_CASE("a refused connection proves that nothing was sent", "[unit]") {
    const auto none = std::get<http::NoAnswer>(post("http://127.0.0.1:1/secret-path"));
    CHECK(none.failure == http::Failure::no_route);
    CHECK(!none.sent);
    CHECK(none.reason.find("secret") == std::string::npos);
}

TEST_CASE("a server that hangs, cuts or floods may have heard everything", "[unit]") {
    const auto hang = none_from([](int) { std::this_thread::sleep_for(std::chrono::milliseconds{900}); });
    CHECK(hang.failure == http::Failure::timeout);
    CHECK(hang.sent);
    const auto silent = none_from([](int) {});
    CHECK(silent.failure == http::Failure::cut_off);
    CHECK(silent.sent);
    const auto cut = none_from([](int fd) { FakeHttp::say(fd, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"); });
    CHECK(cut.failure == http::Failure::cut_off);
    CHECK(cut.sent);
    const auto announced = none_from([](int fd) { FakeHttp::say(fd, FakeHttp::answer(200, std::string(5000, 'x'))); });
    CHECK(announced.failure == http::Failure::too_large);
    const auto unannounced = none_from(
        [](int fd) { FakeHttp::say(fd, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + std::string(5000, 'x')); });
    CHECK(unannounced.failure == http::Failure::too_large);
    const auto headers =
        none_from([](int fd) { FakeHttp::say(fd, "HTTP/1.1 200 OK\r\nX: " + std::string(90'000, 'x') + "\r\n\r\n"); });
    CHECK((headers.failure == http::Failure::too_large || headers.failure == http::Failure::other));
    const auto garbage = none_from([](int fd) { FakeHttp::say(fd, "\x16\x03\x01 not http at all\r\n\r\n"); });
    CHECK(garbage.sent);
    const auto long_status = none_from([](int fd) { FakeHttp::say(fd, "HTTP/ 299999\n\n{}"); });
    CHECK((long_status.failure == http::Failure::other && long_status.sent));
    for (const auto& none : {hang, silent, cut, announced, unannounced, headers, garbage, long_status})
        CHECK(none.reason.find("secret") == std::string::npos);
}

TEST_CASE("an answer that stops coming is told from one that is late", "[unit]") {
    FakeHttp server{[](int fd) {
        FakeHttp::say(fd, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
        std::this_thread::sleep_for(std::chrono::milliseconds{3500});
    }};
    const auto none = std::get<http::NoAnswer>(
        post(server.url(), "{}",
             {.total = std::chrono::seconds{9}, .stall = std::chrono::seconds{1}, .answer_bytes = 1000}));
    CHECK(none.failure == http::Failure::stalled);
    CHECK(none.sent);
}

TEST_CASE("a secret header goes to its host alone, and the environment's proxy is not asked", "[unit]") {
    FakeHttp server{[](int fd) { FakeHttp::say(fd, FakeHttp::answer(200, "{}")); }};
    setenv("http_proxy", "http://127.0.0.1:1", 1);
    std::vector<http::SecretHeader> headers;
    for (const char* host : {"127.0.0.1", "rpc.example.org"}) {
        std::string value = std::string{"for "} + host;
        headers.push_back({host, "Authorization", Secret::take(value)});
    }
    auto poster = http::make_curl_poster(std::move(headers));
    const auto reply = poster->post({http::parse_url(server.url()).value(), "{}", k_short});
    unsetenv("http_proxy");
    CHECK(std::holds_alternative<http::Answer>(reply));
    CHECK(server.last_request().find("Authorization: for 127.0.0.1") != std::string::npos);
    CHECK(server.last_request().find("rpc.example.org") == std::string::npos);
}

TEST_CASE("a server that speaks no TLS is refused before anything is sent", "[unit]") {
    FakeHttp server{[](int fd) { FakeHttp::say(fd, FakeHttp::answer(200, "{}")); }};
    auto url = server.url();
    const auto none = std::get<http::NoAnswer>(post("https" + url.substr(4)));
    CHECK(!none.sent);
}

TEST_CASE("only https leaves this machine", "[unit]") {
    CHECK(http::parse_url("https://rpc.example.org/v1?key=k")->origin == "https://rpc.example.org");
    CHECK(http::parse_url("http://127.0.0.1:8000")->plain);
    CHECK(http::parse_url("http://[::1]:8000").ok());
    CHECK(http::parse_url("http://0x7f.1:8000")->host == "127.0.0.1"); // curl's own reading
    for (const std::string text : {"http://rpc.example.org", "http://10.0.0.1", "http://127.0.0.1.example.org"}) {
        INFO(text);
        CHECK(http::parse_url(text).problem().code == "http.plain");
    }
    for (const std::string text : {"", "ftp://a.example.org", "file:///etc/passwd", "https://u:p@a.example.org",
                                   "https://u@a.example.org", "not a url"}) {
        INFO(text);
        CHECK(http::parse_url(text).problem().code == "http.url");
    }
    for (const char* text : {"ftp://rpc.example.org/v1/hunter2", "rpc.example.org/hunter2", "https://a b/hunter2"})
        CHECK(http::parse_url(text).problem().message.find("hunter2") == std::string::npos);
    CHECK(http::parse_url("https://u:hunter2@a.example.org").problem().message.find("hunter2") == std::string::npos);
}
