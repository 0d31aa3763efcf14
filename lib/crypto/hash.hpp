// SHA-256: the hash of every Stellar object, of import files and of approvals.
//
// OpenSSL does the work because it uses the processor's SHA instructions: a transaction of 100 payments is hashed in a
// quarter of the time that its signature takes.
#pragma once
#include "lib/base/bytes.hpp"

#include <memory>

namespace passa::crypto {

Hash256 sha256(ByteView bytes);

// For what does not fit in memory: update in pieces, finish once.
class Sha256 {
public:
    Sha256();
    ~Sha256();
    Sha256(Sha256&&) noexcept;
    Sha256& operator=(Sha256&&) noexcept;
    Sha256(const Sha256&) = delete;
    Sha256& operator=(const Sha256&) = delete;

    void update(ByteView bytes);
    [[nodiscard]] Hash256 finish(); // starts over afterwards

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace passa::crypto
