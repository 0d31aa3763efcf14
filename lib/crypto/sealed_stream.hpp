// A long text sealed to a public key: whoever seals needs no secret, only the seed of that key opens. libsodium's
// secretstream (XChaCha20-Poly1305) in chunks; its key is sealed to the X25519 form of the Ed25519 key. A stream that
// was changed, cut, put together anew, or given another header does not open.
#pragma once
#include "lib/crypto/ed25519.hpp"

#include <memory>

namespace passa::crypto {

inline constexpr std::size_t k_stream_opening = 104; // the sealed key (80) and the cipher's own header (24)
inline constexpr std::size_t k_stream_chunk = std::size_t{64} * 1024;
inline constexpr std::size_t k_sealed_chunk = k_stream_chunk + 17; // a tag byte and a MAC of 16

struct StreamState; // libsodium's, wiped at the end

// `bound` is sealed along: not hidden, but the stream opens under no other. Error crypto.seed for a key that is no
// point of the curve.
class StreamSealer {
public:
    StreamSealer(const PublicKey& to, std::string_view bound);
    ~StreamSealer();
    StreamSealer(const StreamSealer&) = delete;
    StreamSealer& operator=(const StreamSealer&) = delete;

    [[nodiscard]] const FixedBytes<k_stream_opening>& opening() const { return m_opening; }
    // Every chunk but the last holds k_stream_chunk bytes; the last one less, or none.
    Bytes seal(ByteView chunk, bool is_last);

private:
    std::unique_ptr<StreamState> m_state;
    std::string m_bound;
    FixedBytes<k_stream_opening> m_opening{};
};

class StreamOpener {
public:
    // Error crypto.other_key: it was sealed to another key.
    static Result<StreamOpener> make(const Secret& seed, const FixedBytes<k_stream_opening>& opening,
                                     std::string_view bound);
    ~StreamOpener();
    StreamOpener(StreamOpener&&) noexcept;

    struct Chunk {
        Bytes bytes;
        bool is_last = false; // a stream that ends without it was cut
    };
    Result<Chunk> open(ByteView sealed); // error crypto.stream

private:
    explicit StreamOpener(std::unique_ptr<StreamState> state, std::string_view bound);
    std::unique_ptr<StreamState> m_state;
    std::string m_bound;
};

} // namespace passa::crypto
