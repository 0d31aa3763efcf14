// Rows to views.
#include "lib/payout/read.hpp"

#include "lib/payout/approve.hpp"
#include "lib/payout/store.hpp"
#include "payout_sql.hpp"

namespace passa::payout {
namespace {

BatchSummary read_summary(const db::Row& row) {
    return {row.get<BatchId>("id"),
            row.get<std::optional<std::string>>("event_name"),
            row.get<std::string>("treasury_name"),
            row.get<std::optional<std::string>>("network_name"),
            row.get<std::string>("state"),
            row.get<std::string>("made_by"),
            row.get<Instant>("made_at"),
            row.get<std::int64_t>("payouts"),
            row.get<std::int64_t>("paid"),
            row.get<std::int64_t>("open"),
            row.get<std::int64_t>("not_paid"),
            row.amount("total")};
}

AttemptView read_attempt_view(const db::Row& row) {
    return {row.get<AttemptId>("id"),
            row.get<std::string>("key"),
            row.get<std::string>("network"),
            row.get<std::optional<std::int64_t>>("sequence"),
            row.amount("fee_minor", "fee_"),
            row.get<Instant>("valid_until"),
            row.get<std::string>("state"),
            row.get<Instant>("made_at"),
            row.get<std::optional<Instant>>("finished_at"),
            row.get<std::int64_t>("pos")};
}

MoveView read_move(const db::Row& row) {
    return {row.get<std::string>("state_from"), row.get<std::string>("cause"),
            row.get<std::string>("state_to"),   row.get<std::string>("actor"),
            row.get<std::string>("reason"),     row.get<std::optional<EvidenceId>>("evidence_id"),
            row.get<Instant>("moved_at")};
}

EvidenceView read_evidence(const db::Row& row) {
    return {row.get<EvidenceId>("id"),  row.get<std::string>("kind"),   row.get<std::string>("external_ref"),
            row.get<Hash256>("sha256"), row.get<std::int64_t>("bytes"), row.get<std::string>("details"),
            row.get<Instant>("seen_at")};
}

} // namespace

std::vector<BatchSummary> load_batches(db::Transaction& tx, OrganizerId organizer, std::optional<EventId> event,
                                       std::int64_t limit) {
    std::vector<BatchSummary> batches;
    for (const auto& row : tx.run(sql::load_batches, organizer, event, limit)) batches.push_back(read_summary(row));
    return batches;
}

namespace {

// One that nobody has approved as it stands is the sender's to refuse: the others are not held up by it.
std::optional<Problem> find_expiry_of(db::Transaction& tx, const Desk& desk, BatchId batch) {
    try {
        return find_expiry(tx, desk, get_batch(tx, desk.organizer, batch));
    } catch (const Error& error) {
        if (error.first().code != "payout.not_approved") throw;
        return std::nullopt;
    }
}

} // namespace

std::vector<ApprovedBatch> load_approved(db::Transaction& tx, const Desk& desk, std::optional<EventId> event) {
    std::vector<ApprovedBatch> due;
    for (const auto& row : tx.run(sql::load_approved, desk.organizer, event)) {
        ApprovedBatch batch{row.get<BatchId>("id"),
                            row.get<std::string>("treasury_name"),
                            row.get<std::optional<std::string>>("network_name").value_or(""),
                            {}};
        if (!row.get<bool>("may_have_left")) batch.expired = find_expiry_of(tx, desk, batch.batch);
        due.push_back(std::move(batch));
    }
    return due;
}

void tell_expired(db::Transaction& tx, OrganizerId organizer, BatchId batch) {
    tx.run(sql::tell_expired, organizer, batch);
}

PayoutLife get_payout(db::Transaction& tx, OrganizerId organizer, PayoutId id) {
    const auto row = tx.run(sql::get_payout_batch, organizer, id).find();
    if (!row)
        throw Error{{Kind::not_found, "payout.not_found", fmt::format("there is no payout {}", id),
                     "see those of a batch with: passa payout show BATCH"}};
    PayoutLife life;
    life.batch = get_batch(tx, organizer, row->get<BatchId>("batch_id"));
    life.payout = load_payouts(tx, organizer, life.batch.id, {row->get<std::int64_t>("pos"), 1}).at(0);
    for (const auto& r : tx.run(sql::load_attempts_of_payout, organizer, id))
        life.attempts.push_back(read_attempt_view(r));
    for (const auto& r : tx.run(sql::load_moves, organizer, id)) life.moves.push_back(read_move(r));
    for (const auto& r : tx.run(sql::load_evidence_of_payout, organizer, id)) life.evidence.push_back(read_evidence(r));
    return life;
}

std::span<const db::Statement> statements() { return sql::k_all; }

} // namespace passa::payout
