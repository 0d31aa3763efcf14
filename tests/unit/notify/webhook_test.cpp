// Signatures as the Standard Webhooks have them, with the specification's own example.
#include "lib/crypto/hmac.hpp"
#include "lib/notify/deliver.hpp"
#include "lib/notify/webhook.hpp"

#include <catch2/catch.hpp>

using namespace passa;
using namespace passa::notify;

TEST_CASE("HMAC-SHA256 is that of RFC 4231, also for keys longer than a block", "[unit][notify]") {
    const std::string jefe = "what do ya want for nothing?"; // test case 2
    REQUIRE(to_hex(crypto::hmac_sha256(as_bytes("Jefe"), as_bytes(jefe))) ==
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    const Bytes long_key(131, 0xaa); // test case 6
    REQUIRE(to_hex(crypto::hmac_sha256(long_key, as_bytes("Test Using Larger Than Block-Size Key - Hash Key First"))) ==
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST_CASE("a webhook is signed as in the example of the Standard Webhooks", "[unit][notify]") {
    const auto secrets = parse_webhook_secrets("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n").value_or_throw();
    const Instant at{std::chrono::seconds{1614265330}};
    const auto headers = webhook_headers({"msg_p5jXN8AQM9LWM0D4loKWxJek", at, R"({"test": 2432232314})"}, secrets);
    REQUIRE(headers == std::vector<std::string>{"webhook-id: msg_p5jXN8AQM9LWM0D4loKWxJek",
                                                "webhook-timestamp: 1614265330",
                                                "webhook-signature: v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="});
}

TEST_CASE("while secrets change over, a webhook carries a signature of each", "[unit][notify]") {
    const auto secrets = parse_webhook_secrets("whsec_" + std::string(44, 'A') + "\n\nwhsec_" + std::string(44, 'B'));
    const auto headers = webhook_headers({"ntc_1", {}, "{}"}, secrets.value());
    const auto& signatures = headers.at(2);
    const auto blank = signatures.find(' ', std::string{"webhook-signature: "}.size());
    REQUIRE(blank != std::string::npos);
    REQUIRE(signatures.substr(blank + 1).starts_with("v1,"));
    REQUIRE(signatures.substr(blank + 1) != signatures.substr(19, blank - 19));
}

TEST_CASE("what is no webhook secret is refused by its line, and is not repeated", "[unit][notify]") {
    for (const std::string text : {"", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_MfKQ", "whsec_%%%",
                                   "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\nwhsec_"}) {
        const auto secrets = parse_webhook_secrets(text);
        REQUIRE_FALSE(secrets);
        REQUIRE(secrets.problem().code == "notice.webhook_secret");
        REQUIRE(secrets.problem().message.find("MfKQ") == std::string::npos);
    }
}

TEST_CASE("the waits between tries grow, and end after two days", "[unit][notify]") {
    Duration all{};
    for (int tries = 1; tries < k_most_tries; ++tries) {
        REQUIRE((tries == 1 || wait_after(tries) > wait_after(tries - 1)));
        all += wait_after(tries);
    }
    REQUIRE(wait_after(1) == std::chrono::minutes{1});
    REQUIRE(all > std::chrono::hours{48});
    REQUIRE(all < std::chrono::hours{54});
}
