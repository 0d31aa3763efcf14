// A key that is elsewhere: what it is shown, and which answers are believed.
#include "lib/crypto/keystore.hpp"
#include "lib/stellar/keys/external.hpp"
#include "tests/support/problem_code.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <csignal>

using namespace passa;
using namespace passa::stellar;

namespace {

crypto::KeyPair make_pair() {
    Secret seed{crypto::k_seed_size};
    seed.reveal()[0] = 7;
    return crypto::KeyPair::from_seed(seed).value();
}

ToSign shown() { return {{1, 2, 3}, SignKind::transaction, {}, {9, 9}, {"pay 5 XLM", "odd \xff text"}}; }

ExternalSigner signer_that_runs(const std::string& script) {
    std::signal(SIGPIPE, SIG_IGN); // as passa does: some of these scripts end before they have read
    return ExternalSigner{{"board", make_pair().public_key(), {"/bin/sh", "-c", script}, std::chrono::seconds{5}},
                          [](std::string_view) {}};
}

std::string problem_of(const std::string& script) {
    auto signer = signer_that_runs(script);
    return test::problem_code([&] { signer.sign_shown(shown()); });
}

std::string answer_with(const crypto::Signature& signature) {
    return fmt::format("cat >/dev/null; echo '{{\"signature\":\"{}\"}}'", to_base64(signature));
}

} // namespace

TEST_CASE("a signer elsewhere is shown everything in one line", "[unit]") {
    const auto text = sign_request(shown(), make_pair().public_key());
    CHECK(text.find('\n') == std::string::npos);
    const auto json = nlohmann::json::parse(text);
    CHECK(json["schema"] == "passa.sign/1");
    CHECK(json["kind"] == "transaction");
    CHECK(json["hash"] == to_hex(shown().hash));
    CHECK(json["network"].is_null()); // nobody knows such a network
    CHECK(json["networkId"] == std::string(64, '0'));
    CHECK(json["envelope"] == "CQk=");
    CHECK(json["words"][0] == "pay 5 XLM");
}

TEST_CASE("a signature is believed when it is one of that key over that hash", "[unit]") {
    const auto pair = make_pair();
    const auto right = pair.sign(shown().hash);
    CHECK(signer_that_runs(answer_with(right)).sign_shown(shown()) == right);
    CHECK(problem_of(answer_with(pair.sign(Hash256{}))) == "key.signature");
    CHECK(problem_of(answer_with({})) == "key.signature");
}

TEST_CASE("whatever else a signer does, nothing is signed", "[unit]") {
    CHECK(problem_of("echo '{\"refused\":\"not today\"}'") == "key.refused");
    CHECK(problem_of("exit 1") == "key.signer");
    CHECK(problem_of("kill -9 $$") == "key.signer");
    CHECK(problem_of("yes") == "key.signer");
    CHECK(problem_of("echo hello") == "key.answer");
    ExternalSigner none{{"board", {}, {"/nonexistent/signer"}}, [](std::string_view) {}};
    CHECK(test::problem_code([&] { none.sign_shown(shown()); }) == "key.program");
    CHECK(test::problem_code([&] { none.sign(Hash256{}); }) == "key.blind");
    CHECK(check_program("sh").problem().code == "key.program");
    CHECK(check_program("/etc").problem().code == "key.program");
    CHECK(check_program("/etc/passwd").problem().code == "key.program");
}

TEST_CASE("an answer is a signature or a refusal", "[unit]") {
    const auto signature = to_base64(crypto::Signature{});
    CHECK(parse_sign_answer(fmt::format(" {{\"signature\":\"{}\"}}\n", signature))->signature);
    CHECK(parse_sign_answer(R"({"refused":"a\u001bb"})")->refused == "a\\x1bb");
    for (const auto* odd : {"", "[]", "{}", "{\"signature\":1}", "{\"signature\":\"AAAA\"}", "{\"refused\":{}}", "nul",
                            "{\"refused\":[[[[]]]]}", "{\"refused\":\"a\"}{}"})
        CHECK(parse_sign_answer(odd).problem().code == "key.answer");
    CHECK(!parse_sign_answer(fmt::format("{{\"refused\":\"x\",\"signature\":\"{}\"}}", signature)));
    CHECK(!parse_sign_answer(std::string(5000, ' ')));
}

TEST_CASE("a key that is elsewhere survives its file, and odd ones are refused", "[unit]") {
    const crypto::StoredKey key{"k", "GDEMO", {}, "k", crypto::SigningProgram{{"/bin/sign", "--slot", "", "2"}}};
    const auto text = crypto::to_file_text(key);
    const auto back = crypto::parse_file_text("k", text).value();
    CHECK(back.account == "GDEMO");
    CHECK(back.program->words == key.program->words);
    CHECK(back.program->time == std::chrono::seconds{60});
    for (std::size_t n = 0; n < text.size(); ++n) CHECK(!crypto::parse_file_text("k", text.substr(0, n)));
    for (const auto* odd :
         {"name: k\naccount: G\nseconds: 60\nwords: 0\n", "name: k\naccount: G\nseconds: 0\nwords: 1\nword: /x\n",
          "name: k\naccount: G\nseconds: 601\nwords: 1\nword: /x\n",
          "name: K\naccount: G\nseconds: 6\nwords: 1\nword: /x\n",
          "name: k\naccount: G\nseconds: 60\nwords: 1\nword: x\n",
          "account: G\nname: k\nseconds: 60\nwords: 1\nword: /x\n",
          "name: k\naccount: G\nseconds: 60\nwords: 2\nword: /x\nshell: yes\n",
          "name: k\naccount: G\nseconds: 60\nwords: 2\nword: /x\n"})
        CHECK(!crypto::parse_file_text("k", std::string{"passa-signer 1\n"} + odd));
}
