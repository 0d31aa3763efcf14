// The payouts of a plan on their way into a batch: by COPY into a table of this transaction, where lines are compared
// with what was paid before, counted, hashed in their order, and stored. A million of them in bounded memory.
#pragma once
#include "lib/payout/payout.hpp"

namespace passa::payout {

struct PaymentFile;
struct Findings;

class Stage {
public:
    Stage(db::Transaction& tx, OrganizerId organizer) : m_tx(tx), m_organizer(organizer) {}
    void begin(); // nothing else may be asked of the transaction before the end; one at a time
    // Ready, or blocked for its reason. In the batch it stands by its payee's name, then as it came.
    void add(const Payout& payout, std::string_view payee);
    void end_adding();

    // Lines of a file that somebody was paid for; hash of the file. Then told, or left out.
    std::int64_t mark_known(const Hash256& file);
    [[nodiscard]] Findings tell_known(const std::string& path);
    void leave_known();
    void block_contested(); // what the chain contradicts waits

    [[nodiscard]] std::vector<StateSum> sums();
    struct Seen {
        Hash256 sha256{};               // of the batch
        std::vector<Payout> first = {}; // in order, with their states
    };
    [[nodiscard]] Seen look(const Batch& batch, std::size_t most); // once
    void store(const Desk& desk, const Batch& batch);

private:
    db::Transaction& m_tx;
    OrganizerId m_organizer;
    std::optional<db::CopyIn> m_copy;
    std::int64_t m_seq = 0;
};

} // namespace passa::payout
