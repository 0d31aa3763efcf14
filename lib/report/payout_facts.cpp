// Rows to facts; the batch's hash is computed over its rows again, because that is what was approved.
#include "lib/report/payout_facts.hpp"

#include "lib/payout/canonical.hpp"
#include "lib/payout/store.hpp"
#include "report_sql.hpp"

#include <algorithm>
#include <map>

namespace passa::report {
namespace {

std::optional<Conversion> conversion_of(const db::Row& row, const payout::Payout& payout) {
    if (row.is_null("mantissa")) return std::nullopt;
    Conversion out{fmt::format("{} v{}", row.get<std::string>("rate_name"), row.get<int>("rate_version")),
                   row.get<std::string>("rate_source"),
                   row.get<Instant>("rate_from"),
                   {payout.owed.asset(), payout.amount.asset(),
                    static_cast<std::uint64_t>(row.get<std::int64_t>("mantissa")), row.get<int>("decimals")},
                   {}};
    out.rounding = payout.owed - money::cost_of(payout.amount, out.exchange).value_or_throw();
    return out;
}

AttemptFacts attempt_of(const db::Row& row) {
    AttemptFacts a;
    a.id = row.get<AttemptId>("id");
    a.rail = row.get<std::string>("rail");
    a.state = row.get<std::string>("state");
    a.stored = {row.get<std::string>("key"),
                row.get<Bytes>("payload"),
                row.get<std::string>("source"),
                row.get<std::string>("network"),
                row.get<std::optional<std::int64_t>>("sequence"),
                row.amount("fee_minor"),
                row.get<Instant>("valid_until"),
                row.get<std::int64_t>("first_ledger")};
    a.operation = row.get<std::int64_t>("pos");
    a.made_at = row.get<Instant>("made_at");
    a.sent_at = row.get<std::optional<Instant>>("sent_at");
    a.finished_at = row.get<std::optional<Instant>>("finished_at");
    a.live = row.get<bool>("live");
    return a;
}

EvidenceFacts evidence_of(const db::Row& row) {
    EvidenceFacts e;
    e.id = row.get<EvidenceId>("id");
    e.attempt = row.get<AttemptId>("attempt_id");
    e.stored = {row.get<std::string>("kind"), row.get<std::string>("external_ref"), row.get<Bytes>("raw"),
                row.get<std::string>("details"), row.get<Instant>("seen_at")};
    e.sha256 = row.get<Hash256>("sha256");
    e.is_whole = row.get<bool>("is_whole");
    e.is_cut = row.get<bool>("is_cut");
    return e;
}

PostingFacts posting_of(const db::Row& row) {
    return {
        row.get<JournalId>("id"),        row.get<std::string>("kind"),  row.get<std::string>("note"),
        row.get<std::string>("account"), row.get<std::string>("whose"), row.get<std::optional<std::string>>("event"),
        row.get<Instant>("posted_at"),   row.amount("amount"),          row.get<bool>("is_shared")};
}

void load_history(db::Transaction& tx, OrganizerId organizer, PayoutId id, PayoutFacts& facts) {
    for (const auto& row : tx.run(sql::load_payout_attempts, organizer, id)) facts.attempts.push_back(attempt_of(row));
    for (const auto& row : tx.run(sql::load_payout_moves, organizer, id))
        facts.moves.push_back({row.get<std::int64_t>("seq"), row.get<std::string>("state_from"),
                               row.get<std::string>("cause"), row.get<std::string>("state_to"),
                               row.get<std::string>("actor"), row.get<std::string>("reason"),
                               row.get<std::optional<EvidenceId>>("evidence_id"), row.get<Instant>("moved_at")});
    for (const auto& row : tx.run(sql::load_payout_evidence, organizer, id)) facts.evidence.push_back(evidence_of(row));
    for (const auto& row : tx.run(sql::load_payout_postings, organizer, id)) facts.postings.push_back(posting_of(row));
}

bool is_payable(const PostingFacts& posting) {
    return posting.kind == "payout_reserve" &&
           (posting.account == "party_payable" || posting.account == "commission_payable");
}

// As the reservation took it from the party's accounts; before there is one, as the batch was made.
void add_parts(PayoutFacts& facts, const std::string& own_event) {
    const auto& p = facts.payout;
    if (p.source != "payable") return;
    std::map<std::string, money::Amount> of_events;
    for (const auto& posting : facts.postings) {
        if (!is_payable(posting)) continue;
        const auto [it, is_first] = of_events.try_emplace(posting.event.value_or(""), posting.amount);
        if (!is_first) it->second += posting.amount;
    }
    if (of_events.empty()) {
        facts.parts.push_back({own_event, p.owed + p.netted});
        if (!p.netted.is_zero()) facts.parts.push_back({std::nullopt, -p.netted});
        return;
    }
    for (const auto& [event, owed] : of_events)
        facts.parts.insert(event == own_event ? facts.parts.begin() : facts.parts.end(), {event, owed});
}

void require_hash(db::Transaction& tx, OrganizerId organizer, const PayoutFacts& facts) {
    if (payout::hash_payouts(tx, organizer, facts.batch) == facts.batch.sha256) return;
    throw Error{{Kind::balance_gap, "explain.payout_differs",
                 fmt::format("batch {} is no longer what its hash says: its treasury, policy or a payout was changed",
                             facts.batch.id),
                 "send nothing more from it, and run: passa ledger check"}};
}

} // namespace

PayoutFacts explain_payout(db::Transaction& tx, OrganizerId organizer, PayoutId id) {
    const auto terms = tx.run(sql::load_payout_terms, organizer, id).find();
    if (!terms)
        throw Error{{Kind::not_found, "explain.no_payout", fmt::format("there is no payout {}", id),
                     "see them with: passa payout list"}};
    PayoutFacts facts;
    facts.batch = payout::get_batch(tx, organizer, terms->get<BatchId>("batch_id"));
    facts.payout = payout::load_payouts(tx, organizer, facts.batch.id, {terms->get<std::int64_t>("pos"), 1}).at(0);
    facts.policy = fmt::format("{} v{}", terms->get<std::string>("policy"), terms->get<int>("policy_version"));
    facts.rate_follows = terms->get<bool>("rate_follows");
    facts.approvals = payout::load_approvals(tx, organizer, facts.batch.id);
    facts.conversion = conversion_of(*terms, facts.payout);
    load_history(tx, organizer, id, facts);
    add_parts(facts, terms->get<std::string>("event"));
    require_hash(tx, organizer, facts);
    replay_payout(facts);
    return facts;
}

} // namespace passa::report
