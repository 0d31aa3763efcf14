// Rows to facts; the batch's hash is computed over its rows again, because that is what was approved.
#include "lib/report/payout_facts.hpp"

#include "lib/payout/canonical.hpp"
#include "lib/payout/store.hpp"
#include "lib/report/row_amount.hpp"
#include "report_sql.hpp"

#include <algorithm>

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
    a.network = row.get<std::string>("network");
    a.key = row.get<std::string>("key");
    a.source = row.get<std::string>("source");
    a.state = row.get<std::string>("state");
    a.sequence = row.get<std::optional<std::int64_t>>("sequence");
    a.most_fee = amount_of(row, "fee_minor");
    a.first_ledger = row.get<std::int64_t>("first_ledger");
    a.bytes = row.get<std::int64_t>("bytes");
    a.operation = row.get<std::int64_t>("pos");
    a.made_at = row.get<Instant>("made_at");
    a.valid_until = row.get<Instant>("valid_until");
    a.sent_at = row.get<std::optional<Instant>>("sent_at");
    a.finished_at = row.get<std::optional<Instant>>("finished_at");
    a.live = row.get<bool>("live");
    return a;
}

void load_history(db::Transaction& tx, OrganizerId organizer, PayoutId id, PayoutFacts& facts) {
    for (const auto& row : tx.run(sql::load_payout_attempts, organizer, id)) facts.attempts.push_back(attempt_of(row));
    for (const auto& row : tx.run(sql::load_payout_moves, organizer, id))
        facts.moves.push_back({row.get<std::int64_t>("seq"), row.get<std::string>("state_from"),
                               row.get<std::string>("cause"), row.get<std::string>("state_to"),
                               row.get<std::string>("actor"), row.get<std::string>("reason"),
                               row.get<std::optional<EvidenceId>>("evidence_id"), row.get<Instant>("moved_at")});
    for (const auto& row : tx.run(sql::load_payout_evidence, organizer, id))
        facts.evidence.push_back(
            {row.get<EvidenceId>("id"), row.get<AttemptId>("attempt_id"), row.get<std::string>("kind"),
             row.get<std::string>("external_ref"), row.get<std::string>("details"), row.get<Hash256>("sha256"),
             row.get<std::int64_t>("bytes"), row.get<Instant>("seen_at"), row.get<bool>("is_whole")});
    for (const auto& row : tx.run(sql::load_payout_postings, organizer, id))
        facts.postings.push_back({row.get<JournalId>("id"), row.get<std::string>("kind"), row.get<std::string>("note"),
                                  row.get<std::string>("account"), row.get<std::string>("whose"),
                                  row.get<Instant>("posted_at"), amount_of(row, "amount"), row.get<bool>("is_shared")});
}

void require_hash(const PayoutFacts& facts, const std::vector<payout::Payout>& payouts) {
    if (payout::canonical_hash(facts.batch, payouts) == facts.batch.sha256) return;
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
    const auto payouts = payout::load_payouts(tx, organizer, facts.batch.id);
    facts.payout = *std::find_if(payouts.begin(), payouts.end(), [&](const payout::Payout& p) { return p.id == id; });
    facts.policy = fmt::format("{} v{}", terms->get<std::string>("policy"), terms->get<int>("policy_version"));
    facts.rate_follows = terms->get<bool>("rate_follows");
    facts.approvals = payout::load_approvals(tx, organizer, facts.batch.id);
    facts.conversion = conversion_of(*terms, facts.payout);
    load_history(tx, organizer, id, facts);
    require_hash(facts, payouts);
    replay_payout(facts);
    return facts;
}

} // namespace passa::report
