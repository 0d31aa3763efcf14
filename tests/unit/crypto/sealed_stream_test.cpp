// A sealed stream opens with the one seed, whole and in its order, or not at all.
#include "lib/crypto/sealed_stream.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace passa;
using namespace passa::crypto;

namespace {

struct Sealed {
    FixedBytes<k_stream_opening> opening{};
    std::vector<Bytes> chunks;
};

KeyPair key_of(std::uint64_t number) {
    SeededRandom random{number};
    return KeyPair::generate(random);
}

Sealed seal_text(const PublicKey& to, std::size_t size) {
    StreamSealer sealer{to, "header"};
    Sealed sealed{sealer.opening(), {}};
    const Bytes text(size, 'x');
    std::size_t at = 0;
    for (; size - at >= k_stream_chunk; at += k_stream_chunk)
        sealed.chunks.push_back(sealer.seal(ByteView{text}.subspan(at, k_stream_chunk), false));
    sealed.chunks.push_back(sealer.seal(ByteView{text}.subspan(at), true));
    return sealed;
}

std::string open_text(const Secret& seed, const Sealed& sealed, std::string_view bound = "header") {
    auto made = StreamOpener::make(seed, sealed.opening, bound);
    if (!made) return made.problem().code;
    auto opener = std::move(made).value_or_throw();
    std::size_t size = 0;
    for (std::size_t i = 0; i < sealed.chunks.size(); ++i) {
        const auto chunk = opener.open(sealed.chunks[i]);
        if (!chunk) return chunk.problem().code;
        if (chunk->is_last != (i + 1 == sealed.chunks.size())) return "cut";
        size += chunk->bytes.size();
    }
    return std::to_string(size);
}

} // namespace

TEST_CASE("a stream opens with its seed, whatever its size", "[unit]") {
    const auto key = key_of(1);
    for (const auto size : {std::size_t{0}, std::size_t{1}, k_stream_chunk - 1, k_stream_chunk, k_stream_chunk * 3 + 7})
        CHECK(open_text(key.seed(), seal_text(key.public_key(), size)) == std::to_string(size));
}

TEST_CASE("a stream opens with no other seed, under no other header, and not when it was changed", "[unit]") {
    const auto key = key_of(1);
    const auto sealed = seal_text(key.public_key(), k_stream_chunk * 2 + 5);
    CHECK(open_text(key_of(2).seed(), sealed) == "crypto.other_key");
    CHECK(open_text(key.seed(), sealed, "another") == "crypto.stream");
    auto changed = sealed;
    changed.chunks[1][9] ^= 1;
    CHECK(open_text(key.seed(), changed) == "crypto.stream");
    auto swapped = sealed;
    std::swap(swapped.chunks[0], swapped.chunks[1]);
    CHECK(open_text(key.seed(), swapped) == "crypto.stream");
    auto cut = sealed;
    cut.chunks.pop_back();
    CHECK(open_text(key.seed(), cut) == "cut");
    auto opening = sealed;
    opening.opening[0] ^= 1;
    CHECK(open_text(key.seed(), opening) == "crypto.other_key");
    opening = sealed;
    opening.opening.back() ^= 1;
    CHECK(open_text(key.seed(), opening) == "crypto.stream");
    auto short_one = sealed;
    short_one.chunks[0].resize(3);
    CHECK(open_text(key.seed(), short_one) == "crypto.stream");
}

TEST_CASE("nothing is sealed to what is no key", "[unit]") {
    PublicKey no_point{};
    std::fill(no_point.begin(), no_point.end(), std::uint8_t{0xff});
    REQUIRE_THROWS_AS(StreamSealer(no_point, ""), Error);
}
