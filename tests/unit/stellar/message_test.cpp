// The published test cases of SEP-53, and what is no signature over a message.
#include "lib/base/bytes.hpp"
#include "lib/stellar/message.hpp"
#include "lib/stellar/strkey.hpp"

#include <catch2/catch.hpp>

using namespace passa;
using namespace passa::stellar;

namespace {

constexpr const char* k_seed = "SAKICEVQLYWGSOJS4WW7HZJWAHZVEEBS527LHK5V4MLJALYKICQCJXMW"; // published in SEP-53

SeedSigner published_signer() { return SeedSigner::from_seed_text(k_seed).value_or_throw(); }

std::string signature_of(ByteView message) {
    auto signer = published_signer();
    const auto signature = sign_message(signer, message);
    CHECK(is_signed_message(signer.public_key(), message, signature));
    return to_base64(signature);
}

} // namespace

TEST_CASE("the test cases of SEP-53 hold", "[unit]") {
    CHECK(format_account(published_signer().public_key()) ==
          "GBXFXNDLV4LSWA4VB7YIL5GBD7BVNR22SGBTDKMO2SBZZHDXSKZYCP7L");
    CHECK(signature_of(as_bytes("Hello, World!")) ==
          "fO5dbYhXUhBMhe6kId/cuVq/AfEnHRHEvsP8vXh03M1uLpi5e46yO2Q8rEBzu3feXQewcQE5GArp88u6ePK6BA==");
    CHECK(signature_of(as_bytes("\xe3\x81\x93\xe3\x82\x93\xe3\x81\xab\xe3\x81\xa1\xe3\x81\xaf\xe3\x80\x81\xe4\xb8\x96"
                                "\xe7\x95\x8c\xef\xbc\x81")) ==
          "CDU265Xs8y3OWbB/56H9jPgUss5G9A0qFuTqH2zs2YDgTm+++dIfmAEceFqB7bhfN3am59lCtDXrCtwH2k1GBA==");
    CHECK(signature_of(parse_base64("2zZDP1sa1BVBfLP7TeeMk3sUbaxAkUhBhDiNdrksaFo=").value()) ==
          "VA1+7hefNwv2NKScH6n+Sljj15kLAge+M2wE7fzFOf+L0MMbssA1mwfJZRyyrhBORQRle10X1Dxpx+UOI4EbDQ==");
}

TEST_CASE("a signature is over one message, by one key", "[unit]") {
    auto signer = published_signer();
    const auto signature = sign_message(signer, as_bytes("a"));
    CHECK(!is_signed_message(signer.public_key(), as_bytes("b"), signature));
    CHECK(!is_signed_message(signer.public_key(), as_bytes("a\n"), signature));
    CHECK(!is_signed_message({}, as_bytes("a"), signature));
    CHECK(signer.sign(message_hash(as_bytes("a"))) == signature);
    CHECK(message_hash({}) != message_hash(as_bytes("a")));
}
