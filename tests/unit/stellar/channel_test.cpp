// Keys of channels: derived from the treasury's, where there is a seed to derive them from.
#include "lib/crypto/hash.hpp"
#include "lib/stellar/rail.hpp"
#include "lib/stellar/strkey.hpp"
#include "tests/support/problem_code.hpp"
#include "tests/support/scripted_rpc.hpp"

#include <catch2/catch.hpp>

using namespace passa;
using namespace passa::stellar;

namespace {

crypto::KeyPair pair_of(std::string_view name) {
    auto seed = crypto::sha256(as_bytes(name));
    return crypto::KeyPair::from_seed(Secret::take(seed)).value_or_throw();
}

// A signer whose key somebody else holds.
class HeldElsewhere final : public Signer {
public:
    [[nodiscard]] const crypto::PublicKey& public_key() const override { return m_key; }
    crypto::Signature sign(const Hash256&) override { return {}; }

private:
    crypto::PublicKey m_key = pair_of("treasury").public_key();
};

} // namespace

TEST_CASE("a channel's key follows from the treasury's and its number, and from nothing else", "[unit]") {
    const SeedSigner treasury{pair_of("treasury")}, other{pair_of("other")};
    // Fixed for ever: a treasury must find the channels that it made years ago.
    CHECK(format_account(treasury.make_channel(1)->public_key()) ==
          "GDBSCU2IQJIC7X5F6Z6ZBNT6XDZL6AHJF7FNRWAQITUIO4PGBDRMGUW7");
    CHECK(treasury.make_channel(1)->public_key() == treasury.make_channel(1)->public_key());
    CHECK(treasury.make_channel(1)->public_key() != treasury.make_channel(2)->public_key());
    CHECK(treasury.make_channel(1)->public_key() != other.make_channel(1)->public_key());
    CHECK(treasury.make_channel(1)->public_key() != treasury.public_key());
}

TEST_CASE("a key without a seed has no channels, and another key has other ones", "[unit]") {
    test::ScriptedRpc rpc;
    FixedClock clock{Instant{std::chrono::seconds{1'795'230'280}}};
    const xdr::AccountId third{SeedSigner{pair_of("treasury")}.make_channel(3)->public_key()};
    const auto asked = [&](std::unique_ptr<Signer> signer) {
        StellarRail rail{std::make_unique<rpc::Client>(rpc, clock, test::standalone_servers()),
                         {{pair_of("treasury").public_key()}, {"XLM", 7}, {{3, third}}, true},
                         std::move(signer)};
        return test::problem_code([&] { rail.require_signer(); });
    };
    CHECK(asked(std::make_unique<HeldElsewhere>()) == "rail.no_channel");
    CHECK(asked(std::make_unique<SeedSigner>(pair_of("other"))) == "channel.other_key");
    CHECK(asked(std::make_unique<SeedSigner>(pair_of("treasury"))).empty());
}
