// The sealed trail: every act and every entry of the journal as a numbered record that holds the SHA-256 of the one
// before it (migration 0016). Whoever changes, takes out or moves a row afterwards is found, and the row is named; who
// makes the whole chain anew is found by a signature over an older head, or by an export that somebody else keeps.
//
// A record is one line of JSON. To check an export by hand: the SHA-256 of each line, without its line break, is what
// the next line calls "prior".
#pragma once
#include "lib/crypto/ed25519.hpp"
#include "lib/db/database.hpp"

#include <vector>

namespace passa::audit {

struct Record {
    std::int64_t seq = 0; // from 1
    std::string text;
    Hash256 sha256{}; // of text
};

// Reads records one after the other, from the first.
class Links {
public:
    Links() = default;
    // As they stand before this record, if it could be read: an export may begin anywhere.
    static Links before(std::string_view text);
    // What is wrong with the next record, in words that name it; nothing when it follows from those before.
    std::optional<std::string> find_fault(std::string_view text);
    [[nodiscard]] std::int64_t last() const { return m_last; }
    [[nodiscard]] const Hash256& head() const { return m_head; }

private:
    std::int64_t m_last = 0;
    Hash256 m_head{};
};

// An entry of the journal is one record: some 130 bytes a posting, and a settlement posts once for each party.
inline constexpr std::size_t k_longest_record = std::size_t{1} << 24;

struct Head {
    std::int64_t seq = 0;
    Hash256 sha256{};
    crypto::PublicKey key{}; // that signed it
    crypto::Signature signature{};
    Instant signed_at;
};
Hash256 signed_words(OrganizerId organizer, std::int64_t seq, const Hash256& sha256); // what a head's signature is over

struct Verdict {
    std::int64_t records = 0;
    std::int64_t unsealed = 0; // facts that no record holds yet
    std::vector<Head> heads;
    std::vector<std::string> faults; // at most k_most_faults
};
inline constexpr std::int64_t k_most_faults = 100;

// How far back it looks for what no record holds yet: a timer that runs often need not read the whole trail each time;
// the first time of a day (UTC) it does.
enum class Reach : std::uint8_t { all, recent };
std::int64_t seal(db::Database& database, OrganizerId organizer, Reach reach = Reach::all); // records added

// What a timer calls, as often as it likes: seals what was done, and signs the newest record unless that key has signed
// it. With the home's own key (lib/crypto/own_key.hpp) nobody need be there. Repeated, it does nothing.
struct Sealed {
    std::int64_t added = 0;
    std::int64_t records = 0; // there are now
    bool is_signed = false;   // now, by this call
};
Sealed seal_and_sign(db::Database& database, OrganizerId organizer, const crypto::KeyPair& signer);
std::optional<Record> find_last(db::Transaction& tx, OrganizerId organizer);
void store_head(db::Transaction& tx, OrganizerId organizer, const Head& head);
std::vector<Record> load_records(db::Transaction& tx, OrganizerId organizer, std::int64_t after, std::int64_t limit);

// Links, signatures, each record against the rows that it tells of, and declared objects against their newest version.
Verdict verify(db::Transaction& tx, OrganizerId organizer);

} // namespace passa::audit
