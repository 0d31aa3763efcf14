// Where a connection may lead, by the number of the address and not by its text.
#include "lib/http/guard.hpp"
#include "lib/http/poster.hpp"
#include "tests/support/fake_http.hpp"

#include <catch2/catch.hpp>

#include <arpa/inet.h>
#include <array>
#include <cstring>

using namespace passa;
using http::Reach;

namespace {

bool may(Reach reach, const char* text, std::uint16_t port = 443) {
    sockaddr_storage storage{};
    sockaddr_in four{};
    sockaddr_in6 six{};
    if (inet_pton(AF_INET, text, &four.sin_addr) == 1) {
        four.sin_family = AF_INET;
        four.sin_port = htons(port);
        std::memcpy(&storage, &four, sizeof four);
    } else {
        REQUIRE(inet_pton(AF_INET6, text, &six.sin6_addr) == 1);
        six.sin6_family = AF_INET6;
        six.sin6_port = htons(port);
        std::memcpy(&storage, &six, sizeof six);
    }
    return http::may_reach(reach, *static_cast<const sockaddr*>(static_cast<const void*>(&storage)));
}

} // namespace

TEST_CASE("the internet is global addresses alone", "[unit][http]") {
    for (const char* global :
         {"1.1.1.1", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "172.15.255.255", "172.32.0.0",
          "223.255.255.255", "2606:4700::1111", "2001:4860:4860::8888"})
        CHECK(may(Reach::internet, global));
    for (const char* inside : {"0.0.0.0",
                               "10.0.0.1",
                               "100.64.0.1",
                               "127.0.0.1",
                               "127.255.255.254",
                               "169.254.169.254",
                               "172.16.0.1",
                               "172.31.255.255",
                               "192.0.0.8",
                               "192.168.1.1",
                               "198.18.0.1",
                               "224.0.0.1",
                               "255.255.255.255",
                               "::",
                               "::1",
                               "::ffff:10.0.0.1",
                               "::ffff:127.0.0.1",
                               "fe80::1",
                               "fc00::1",
                               "fd12::1",
                               "ff02::1",
                               "64:ff9b::7f00:1",
                               "2002:7f00:1::",
                               "2001:0:4136::1",
                               "2001:db8::1"})
        CHECK_FALSE(may(Reach::internet, inside));
}

TEST_CASE("the internet is web ports, and no other service's", "[unit][http]") {
    for (const auto port : {std::uint16_t{25}, std::uint16_t{465}, std::uint16_t{587}, std::uint16_t{2525}})
        CHECK(may(Reach::mail_servers, "1.1.1.1", port));
    for (const auto port : {std::uint16_t{22}, std::uint16_t{443}, std::uint16_t{993}})
        CHECK_FALSE(may(Reach::mail_servers, "1.1.1.1", port));
    CHECK_FALSE(may(Reach::mail_servers, "10.0.0.1", 587));
    CHECK(may(Reach::internet, "1.1.1.1", 8443));
    for (const auto port : std::to_array<std::uint16_t>({22, 25, 80, 1023}))
        CHECK_FALSE(may(Reach::internet, "1.1.1.1", port));
}

TEST_CASE("this machine is loopback, however it is written", "[unit][http]") {
    for (const char* here : {"127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1"})
        CHECK(may(Reach::this_machine, here, 25));
    for (const char* there : {"10.0.0.1", "1.1.1.1", "fe80::1"}) CHECK_FALSE(may(Reach::this_machine, there, 25));
}

TEST_CASE("a request for the internet is not sent to this machine, whatever its name is written like", "[unit][http]") {
    const test::FakeHttp server{[](int fd) { test::FakeHttp::say(fd, test::FakeHttp::answer(200, "{}")); }};
    const auto poster = http::make_curl_poster();
    const auto port = server.url("").substr(server.url("").rfind(':'));
    for (const std::string host : {"127.0.0.1", "localhost", "2130706433", "0x7f.1", "127.1"}) {
        const auto url = http::parse_url("http://" + host + port + "/hook");
        if (!url) continue; // refused even earlier
        const auto reply =
            poster->post({.url = *url, .body = "{}", .once = true, .headers = {}, .reach = Reach::internet});
        const auto* none = std::get_if<http::NoAnswer>(&reply);
        REQUIRE(none != nullptr);
        CHECK(none->failure == http::Failure::not_allowed);
        CHECK_FALSE(none->sent);
    }
    CHECK(server.count() == 0);
    const auto allowed = poster->post({.url = http::parse_url(server.url("/hook")).value(),
                                       .body = "x",
                                       .once = true,
                                       .type = "text/plain",
                                       .headers = {"webhook-id: ntc_1"}});
    REQUIRE(std::holds_alternative<http::Answer>(allowed));
    CHECK(server.last_request().find("Content-Type: text/plain\r\n") != std::string::npos);
    CHECK(server.last_request().find("webhook-id: ntc_1\r\n") != std::string::npos);
}
