// libsodium's ready-made parts, joined as its documentation advises.
#include "lib/crypto/sealed_stream.hpp"

#include <sodium.h>

#include <algorithm>

namespace passa::crypto {
namespace {

constexpr std::size_t k_key = crypto_secretstream_xchacha20poly1305_KEYBYTES;
constexpr std::size_t k_sealed_key = k_key + crypto_box_SEALBYTES;
constexpr std::size_t k_more = crypto_secretstream_xchacha20poly1305_ABYTES;
static_assert(k_stream_opening == k_sealed_key + crypto_secretstream_xchacha20poly1305_HEADERBYTES);
static_assert(k_sealed_chunk == k_stream_chunk + k_more);

Problem broken(std::string why) {
    return {Kind::invalid_input, "crypto.stream", std::move(why), "use another copy of it"};
}

} // namespace

struct StreamState {
    crypto_secretstream_xchacha20poly1305_state cipher{};
    StreamState() = default;
    StreamState(const StreamState&) = delete;
    StreamState& operator=(const StreamState&) = delete;
    ~StreamState() { sodium_memzero(&cipher, sizeof cipher); }
};

StreamSealer::StreamSealer(const PublicKey& to, std::string_view bound)
    : m_state(std::make_unique<StreamState>()), m_bound(bound) {
    if (sodium_init() < 0) throw Error{{Kind::internal, "crypto.start", "libsodium did not start", ""}};
    FixedBytes<crypto_box_PUBLICKEYBYTES> box_key{};
    if (crypto_sign_ed25519_pk_to_curve25519(box_key.data(), to.data()) != 0)
        throw Error{{Kind::invalid_input, "crypto.seed",
                     "nothing can be sealed to this key: it is no point of the curve",
                     "name a key that passa key new made"}};
    Secret key{k_key};
    crypto_secretstream_xchacha20poly1305_keygen(key.reveal().data());
    crypto_box_seal(m_opening.data(), key.reveal().data(), key.size(), box_key.data());
    crypto_secretstream_xchacha20poly1305_init_push(&m_state->cipher, m_opening.data() + k_sealed_key,
                                                    key.reveal().data());
}

StreamSealer::~StreamSealer() = default;

Bytes StreamSealer::seal(ByteView chunk, bool is_last) {
    PASSA_ASSERT(is_last ? chunk.size() < k_stream_chunk : chunk.size() == k_stream_chunk);
    const auto along = as_bytes(m_bound);
    Bytes sealed(chunk.size() + k_more);
    crypto_secretstream_xchacha20poly1305_push(
        &m_state->cipher, sealed.data(), nullptr, chunk.data(), chunk.size(), along.data(), along.size(),
        is_last ? crypto_secretstream_xchacha20poly1305_TAG_FINAL : crypto_secretstream_xchacha20poly1305_TAG_MESSAGE);
    return sealed;
}

StreamOpener::StreamOpener(std::unique_ptr<StreamState> state, std::string_view bound)
    : m_state(std::move(state)), m_bound(bound) {}
StreamOpener::~StreamOpener() = default;
StreamOpener::StreamOpener(StreamOpener&&) noexcept = default;

Result<StreamOpener> StreamOpener::make(const Secret& seed, const FixedBytes<k_stream_opening>& opening,
                                        std::string_view bound) {
    PASSA_ASSERT(seed.size() == k_seed_size);
    if (sodium_init() < 0) throw Error{{Kind::internal, "crypto.start", "libsodium did not start", ""}};
    Secret signing{crypto_sign_ed25519_SECRETKEYBYTES};
    FixedBytes<crypto_sign_ed25519_PUBLICKEYBYTES> public_key{};
    crypto_sign_ed25519_seed_keypair(public_key.data(), signing.reveal().data(), seed.reveal().data());
    Secret box_secret{crypto_box_SECRETKEYBYTES};
    FixedBytes<crypto_box_PUBLICKEYBYTES> box_public{};
    crypto_sign_ed25519_sk_to_curve25519(box_secret.reveal().data(), signing.reveal().data());
    crypto_scalarmult_base(box_public.data(), box_secret.reveal().data());
    Secret key{k_key};
    if (crypto_box_seal_open(key.reveal().data(), opening.data(), k_sealed_key, box_public.data(),
                             box_secret.reveal().data()) != 0)
        return Problem{Kind::configuration, "crypto.other_key", "it was sealed to another key, or was changed",
                       "open it with the key that its header names"};
    auto state = std::make_unique<StreamState>();
    if (crypto_secretstream_xchacha20poly1305_init_pull(&state->cipher, opening.data() + k_sealed_key,
                                                        key.reveal().data()) != 0)
        return broken("the stream's header was changed");
    return StreamOpener{std::move(state), bound};
}

Result<StreamOpener::Chunk> StreamOpener::open(ByteView sealed) {
    if (sealed.size() < k_more) return broken("the stream is cut short");
    const auto along = as_bytes(m_bound);
    Chunk chunk{Bytes(sealed.size() - k_more)};
    unsigned char tag = 0;
    if (crypto_secretstream_xchacha20poly1305_pull(&m_state->cipher, chunk.bytes.data(), nullptr, &tag, sealed.data(),
                                                   sealed.size(), along.data(), along.size()) != 0)
        return broken("the stream was changed or cut");
    chunk.is_last = tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
    return chunk;
}

} // namespace passa::crypto
