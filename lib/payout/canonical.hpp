// What is approved: every fact about where the money goes, as one text, and its hash. States and reasons are left out,
// for they move; a changed amount, destination or treasury makes another text and voids the approval.
#pragma once
#include "lib/crypto/hash.hpp"
#include "lib/payout/create.hpp"

namespace passa::payout {

// Of a batch of any length: its payouts in order, one after the other.
class BatchHash {
public:
    explicit BatchHash(const Batch& batch);
    void add(const Payout& payout);
    [[nodiscard]] Hash256 finish() { return m_hash.finish(); }

private:
    crypto::Sha256 m_hash;
};

// What a payment file says, however it is written: of the same lines in another order, with other columns, quotes or
// line ends, it is the same. A line is kept as its own hash: of a million lines, 32 MB.
class FileHash {
public:
    void add(const FileLine& line);
    [[nodiscard]] Hash256 finish();

private:
    std::vector<Hash256> m_lines;
};

// What makes two lines the same payment: payee, amount and reference, and the memo where no party is named.
Hash256 payment_hash(const FileLine& line);

} // namespace passa::payout
