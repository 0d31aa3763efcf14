// Read by column, moved by the table of moves alone.
#include "lib/payout/store.hpp"

#include "lib/base/text.hpp"
#include "lib/db/cursor.hpp"
#include "lib/payout/canonical.hpp"
#include "payout_sql.hpp"

namespace passa::payout {
namespace {

Payout read_payout(const db::Row& row) {
    auto p = read_intent(row);
    p.party_name = row.get<std::optional<std::string>>("party_name");
    p.file_line = row.get<std::optional<std::int64_t>>("file_line");
    p.row_key = row.get<std::optional<std::string>>("row_key");
    p.own_memo = row.get<bool>("own_memo");
    p.state = parse_state(row.get<std::string>("state")).value_or_throw();
    p.reason = row.get<std::string>("reason");
    p.found_paid = row.get<bool>("found_paid");
    p.attempt_key = row.get<std::optional<std::string>>("attempt_key");
    return p;
}

Error moved(std::string_view what, std::string_view from) {
    return Error{{Kind::busy, "payout.moved", fmt::format("{} is no longer {}: somebody else moved it", what, from),
                  "look at it with: passa payout show"}};
}

} // namespace

std::vector<std::string> uuids_of(const std::vector<PayoutId>& ids) {
    std::vector<std::string> uuids;
    uuids.reserve(ids.size());
    for (const auto& id : ids) uuids.push_back(id.uuid());
    return uuids;
}

Treasury read_treasury(const db::Row& row) {
    return {row.get<TreasuryId>("id"),
            row.get<std::string>("name"),
            row.get<std::string>("rail"),
            row.get<std::optional<std::string>>("network_name"),
            row.get<std::string>("account"),
            row.get<std::optional<std::string>>("policy_name"),
            row.asset()};
}

Batch get_batch(db::Transaction& tx, OrganizerId organizer, BatchId id) {
    const auto row = tx.run(sql::find_batch, organizer, id).find();
    if (!row)
        throw Error{{Kind::not_found, "payout.no_batch", fmt::format("there is no payout batch {}", id),
                     "see them with: passa payout list"}};
    Batch batch;
    batch.id = id;
    batch.state = row->get<std::string>("state");
    batch.event = row->get<std::optional<EventId>>("event_id");
    batch.event_name = row->get<std::optional<std::string>>("event_name");
    batch.settlement = row->get<std::optional<IdBytes>>("settlement_id");
    batch.treasury = read_treasury(tx.run(sql::get_treasury, organizer, row->get<IdBytes>("treasury_id")).one());
    batch.policy = row->get<IdBytes>("policy_id");
    batch.single_person = row->get<bool>("single_person");
    batch.approval_valid_for = std::chrono::seconds{row->get<std::int64_t>("approval_valid_seconds")};
    batch.persons = row->get<std::int64_t>("persons");
    batch.approvers = row->get<std::vector<std::string>>("approvers");
    batch.key = row->get<std::optional<std::string>>("key");
    batch.sha256 = row->get<Hash256>("sha256");
    batch.made_by = row->get<std::string>("made_by");
    batch.made_os_user = row->get<std::string>("made_os_user");
    batch.made_at = row->get<Instant>("made_at");
    return batch;
}

Payout read_intent(const db::Row& row) {
    Payout p;
    p.id = row.get<PayoutId>("id");
    p.pos = row.get<std::int64_t>("pos");
    p.party = row.get<std::optional<PartyId>>("party_id");
    p.event = row.get<std::optional<EventId>>("event_id");
    p.source = row.get<std::string>("source");
    p.reference = row.get<std::string>("reference");
    p.owed = row.amount("owed_minor", "owed_");
    p.netted = row.amount("netted_minor", "owed_");
    p.amount = row.amount("amount_minor");
    p.exchange_rate = row.get<std::optional<IdBytes>>("exchange_rate_id");
    p.rail = row.get<std::optional<std::string>>("rail");
    p.destination = row.get<std::optional<std::string>>("destination");
    p.memo = row.get<std::optional<std::string>>("memo");
    return p;
}

std::vector<Payout> load_payouts(db::Transaction& tx, OrganizerId organizer, BatchId batch, const Part& part) {
    std::vector<Payout> payouts;
    const auto state = part.state ? std::optional{name(*part.state)} : std::nullopt;
    for (const auto& row : tx.run(sql::load_payouts, organizer, batch, part.from, part.most, state))
        payouts.push_back(read_payout(row));
    return payouts;
}

std::vector<StateSum> read_sums(const db::Rows& rows) {
    std::vector<StateSum> sums;
    for (const auto& row : rows)
        sums.push_back({parse_state(row.get<std::string>("state")).value_or_throw(), row.amount("amount"),
                        row.get<std::int64_t>("payouts"), row.get<bool>("found_paid")});
    return sums;
}

std::vector<StateSum> sum_payouts(db::Transaction& tx, OrganizerId organizer, BatchId batch) {
    return read_sums(tx.run(sql::sum_payouts, organizer, batch));
}

std::vector<Approval> load_approvals(db::Transaction& tx, OrganizerId organizer, BatchId batch) {
    std::vector<Approval> approvals;
    for (const auto& row : tx.run(sql::load_approvals, organizer, batch))
        approvals.push_back({row.get<Hash256>("batch_sha256"), row.get<std::string>("approved_by"),
                             row.get<std::string>("os_user"), row.get<std::string>("db_user"),
                             row.get<Instant>("approved_at")});
    return approvals;
}

Hash256 hash_payouts(db::Transaction& tx, OrganizerId organizer, const Batch& batch) {
    BatchHash whole{batch};
    db::Cursor cursor{tx, sql::load_intents, organizer, batch.id};
    cursor.each([&](const db::Row& row) { whole.add(read_intent(row)); });
    return whole.finish();
}

void require_unchanged(db::Transaction& tx, OrganizerId organizer, const Batch& batch) {
    if (hash_payouts(tx, organizer, batch) == batch.sha256) return;
    throw Error{
        {Kind::refused, "payout.changed",
         fmt::format("batch {} is no longer what its hash says: its treasury {} or one of its payouts was changed",
                     batch.id, printable(batch.treasury.name, 60)),
         "undo the change of the Treasury manifest, or cancel the batch and make it again"}};
}

State take_step(db::Transaction& tx, const Desk& desk, const Step& step) {
    return take_steps(tx, desk, {step.payout}, {step.from, step.cause, step.reason, step.evidence});
}

State take_steps(db::Transaction& tx, const Desk& desk, const std::vector<PayoutId>& payouts, const SharedStep& step) {
    const auto to = next(step.from, step.cause);
    if (payouts.empty()) return to;
    const auto count =
        tx.execute(sql::move_payouts, desk.organizer, uuids_of(payouts), name(step.from), name(step.cause), name(to),
                   desk.actor, printable(step.reason, k_longest_reason), step.evidence, desk.clock.now());
    if (count != static_cast<std::int64_t>(payouts.size()))
        throw moved(payouts.size() == 1 ? fmt::format("payout {}", payouts.front())
                                        : fmt::format("one of {} payouts", payouts.size()),
                    name(step.from));
    return to;
}

void set_batch_state(db::Transaction& tx, const Desk& desk, const BatchStep& step) {
    if (tx.execute(sql::set_batch_state, desk.organizer, step.batch, step.from, step.to, desk.clock.now()) != 1)
        throw moved(fmt::format("batch {}", step.batch), step.from);
}

} // namespace passa::payout
