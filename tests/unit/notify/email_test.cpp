// A letter that every mail server takes as it is.
#include "lib/http/mailer.hpp"
#include "lib/notify/email.hpp"

#include <catch2/catch.hpp>

using namespace passa;
using namespace passa::notify;

namespace {

Channel demo_channel() {
    Channel channel;
    channel.name = "ops";
    channel.type = ChannelType::email;
    channel.sender = "passa@example.org";
    channel.recipients = {"ann@example.org", "ben@example.org"};
    return channel;
}

Notice demo_notice() {
    Notice notice;
    notice.created_at = parse_instant("2026-02-03T04:05:06Z").value_or_throw();
    return notice;
}

} // namespace

TEST_CASE("a letter has the headers that a mail server asks for, and no line too long", "[unit][notify]") {
    const auto text = letter_text(demo_notice(), {"Subject here", std::string(500, 'x') + "\n.\n"}, demo_channel());
    REQUIRE(text.find("To: ann@example.org,\r\n ben@example.org\r\n") != std::string::npos);
    REQUIRE(text.find("Date: 3 Feb 2026 04:05:06 +0000\r\n") != std::string::npos);
    REQUIRE(text.find("Message-ID: <ntc_00000000000000000000000000@example.org>\r\n") != std::string::npos);
    for (std::size_t begin = 0; begin < text.size();) {
        const auto end = text.find("\r\n", begin);
        REQUIRE(end != std::string::npos);
        REQUIRE(end - begin <= 78);
        REQUIRE(text.substr(begin, end - begin).find_first_of("\r\n") == std::string::npos);
        begin = end + 2;
    }
}

TEST_CASE("a subject can add no header, and other alphabets are encoded between characters", "[unit][notify]") {
    const auto text = letter_text(demo_notice(), {"one\r\nBcc: thief@example.org", "x"}, demo_channel());
    REQUIRE(text.find("\r\nBcc:") == std::string::npos);
    std::string swahili = "N\u0303";
    for (int i = 0; i < 40; ++i) swahili += "é";
    const auto encoded = letter_text(demo_notice(), {swahili, "x"}, demo_channel());
    REQUIRE(encoded.find("Subject: =?UTF-8?B?") != std::string::npos);
    REQUIRE(encoded.find("?=\r\n =?UTF-8?B?") != std::string::npos);
}

TEST_CASE("an address or server that could end a command is refused", "[unit][notify]") {
    for (const char* good : {"ops@example.org", "a.b+c@example.org"}) REQUIRE(http::is_mail_address(good));
    for (const char* bad : {"", "ops", "@example.org", "ops@", "a b@example.org", "a@b@c", "<a@example.org>",
                            "a@example.org\r\nDATA", "-x@example.org", "a@exa mple.org", "a@[127.0.0.1]"})
        REQUIRE_FALSE(http::is_mail_address(bad));
    REQUIRE(http::is_mail_server("mail.example.org:587"));
    for (const char* bad :
         {"mail.example.org", "mail.example.org:", ":25", "a/b:25", "a:0", "a:65536", "a:2x", "a b:25"})
        REQUIRE_FALSE(http::is_mail_server(bad));
}
