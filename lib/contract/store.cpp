// Calls and their rows.
#include "contract_sql.hpp"
#include "lib/contract/call.hpp"
#include "lib/contract/evidence.hpp"
#include "lib/crypto/hash.hpp"

#include <algorithm>
#include <array>

namespace passa::contract {
namespace {

constexpr std::array<std::string_view, 5> k_purposes{"upload", "create", "invoke", "extend", "restore"};
const money::Asset k_xlm{"XLM", 7};                        // what networks charge in
constexpr std::size_t k_most_raw = std::size_t{64} * 1024; // bytes of one answer that are kept

Purpose parse_purpose(const std::string& text) {
    const auto it = std::find(k_purposes.begin(), k_purposes.end(), text);
    PASSA_ASSERT(it != k_purposes.end()); // the table's CHECK
    return static_cast<Purpose>(it - k_purposes.begin());
}

Call read_call(const db::Row& row) {
    Call call;
    call.id = row.get<CallId>("id");
    call.wanted = {parse_purpose(row.get<std::string>("purpose")), row.get<std::string>("contract"),
                   row.get<std::string>("words")};
    call.state = row.get<std::string>("state");
    call.reason = row.get<std::string>("reason");
    if (!row.is_null("charged_minor")) call.charged = row.amount("charged_minor", k_xlm);
    call.actor = row.get<std::string>("actor");
    call.made_at = row.get<Instant>("made_at");
    auto& a = call.attempt;
    a.key = row.get<std::string>("key");
    a.payload = row.get<Bytes>("payload");
    a.source = row.get<std::string>("source");
    a.network = row.get<std::string>("network");
    a.sequence = row.get<std::int64_t>("sequence");
    a.max_fee = row.amount("fee_minor", k_xlm);
    a.valid_until = row.get<Instant>("valid_until");
    a.first_position = row.get<std::int64_t>("first_ledger");
    return call;
}

std::vector<Call> read_calls(const db::Rows& rows) {
    std::vector<Call> calls;
    for (const auto& row : rows) calls.push_back(read_call(row));
    return calls;
}

std::string state_after(rail::Standing standing) {
    switch (standing) {
    case rail::Standing::confirmed: return "confirmed";
    case rail::Standing::failed:
    case rail::Standing::absent: return "dead";
    case rail::Standing::accepted: return "sent";
    case rail::Standing::unknown: return "unknown";
    }
    return "unknown";
}

} // namespace

std::span<const db::Statement> statements() { return sql::k_all; }

Id<EvidenceTag> insert_evidence(db::Transaction& tx, const Desk& desk, const rail::Evidence& e) {
    const auto id = desk.ids.make<EvidenceTag>();
    const bool cut = e.raw.size() > k_most_raw;
    const Bytes kept(e.raw.begin(), e.raw.begin() + static_cast<std::ptrdiff_t>(cut ? k_most_raw : e.raw.size()));
    std::optional<std::int64_t> whole_bytes;
    std::optional<Hash256> whole_hash;
    if (cut) {
        whole_bytes = static_cast<std::int64_t>(e.raw.size());
        whole_hash = crypto::sha256(e.raw);
    }
    tx.run(sql::insert_evidence, desk.organizer, id, e.kind, e.external_ref, kept,
           e.details.empty() ? std::string{"{}"} : e.details, e.seen_at, whole_bytes, whole_hash);
    return id;
}

std::string_view name(Purpose purpose) { return k_purposes.at(static_cast<std::size_t>(purpose)); }

void insert_call(db::Transaction& tx, const Desk& desk, const Call& call) {
    const auto& a = call.attempt;
    tx.run(sql::insert_call, desk.organizer, call.id, a.network, a.source, name(call.wanted.purpose),
           call.wanted.contract, call.wanted.words, a.key, a.payload, *a.sequence, a.max_fee.minor(), a.valid_until,
           a.first_position, call.actor, call.made_at);
}

void record_outcome(db::Transaction& tx, const Desk& desk, Call& call, const rail::Outcome& outcome) {
    auto to = state_after(outcome.standing);
    if (to == call.state) return;
    std::optional<Id<EvidenceTag>> evidence;
    if (outcome.evidence) evidence = insert_evidence(tx, desk, *outcome.evidence);
    const bool is_final = rail::is_final(outcome.standing);
    const auto charged = outcome.fee ? std::optional{outcome.fee->minor()} : std::nullopt;
    if (tx.execute(sql::move_call, desk.organizer, call.id, call.state, to, outcome.reason, desk.clock.now(),
                   is_final ? evidence : std::nullopt, is_final ? charged : std::nullopt) != 1)
        throw Error{{Kind::busy, "contract.moved", fmt::format("call {} is no longer {}", call.id, call.state),
                     "look at it: passa contract calls"}};
    call.state = std::move(to);
}

std::vector<Call> load_open_calls(db::Transaction& tx, OrganizerId organizer, const std::string& network,
                                  const std::string& source) {
    return read_calls(tx.run(sql::load_open_calls, organizer, network, source));
}

std::vector<Call> load_calls(db::Transaction& tx, OrganizerId organizer, std::int64_t limit) {
    return read_calls(tx.run(sql::load_calls, organizer, limit));
}

Numbers load_numbers(db::Transaction& tx, OrganizerId organizer, const std::string& network,
                     const std::string& source) {
    const auto row = tx.run(sql::load_call_numbers, organizer, network, source).one();
    return {row.get<std::int64_t>("used"), row.get<std::optional<std::int64_t>>("dead")};
}

} // namespace passa::contract
