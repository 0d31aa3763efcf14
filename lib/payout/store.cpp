// Read by column, moved by the table of moves alone.
#include "lib/payout/store.hpp"

#include "lib/base/text.hpp"
#include "lib/payout/canonical.hpp"
#include "payout_sql.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace passa::payout {
namespace {

constexpr std::size_t k_longest_reason = 400; // some of it is remote text
constexpr std::size_t k_payouts_a_statement = 1'000;

template <typename T>
nlohmann::json or_null(const std::optional<T>& value) {
    return value ? nlohmann::json(*value) : nlohmann::json();
}

std::optional<std::string> uuid_of(const auto& id) {
    return id ? std::optional{id_text::uuid(id->bytes())} : std::nullopt;
}

nlohmann::json row_of(const Payout& p) {
    const auto cause = p.reason.empty() ? Cause::checked : Cause::refused_by_check;
    return {{"id", id_text::uuid(p.id.bytes())},
            {"pos", p.pos},
            {"party_id", or_null(uuid_of(p.party))},
            {"event_id", or_null(uuid_of(p.event))},
            {"source", p.source},
            {"reference", p.reference},
            {"file_line", or_null(p.file_line)},
            {"owed_minor", money::to_text(p.owed.minor())},
            {"owed_asset_id", p.owed.asset().id},
            {"netted_minor", money::to_text(p.netted.minor())},
            {"amount_minor", money::to_text(p.amount.minor())},
            {"asset_id", p.amount.asset().id},
            {"exchange_rate_id", p.exchange_rate ? nlohmann::json(id_text::uuid(*p.exchange_rate)) : nlohmann::json()},
            {"rail", or_null(p.rail)},
            {"destination", or_null(p.destination)},
            {"memo", or_null(p.memo)},
            {"own_memo", p.own_memo},
            {"state", name(next(State::planned, cause))},
            {"cause", name(cause)},
            {"reason", printable(p.reason, k_longest_reason)}};
}

Payout read_payout(const db::Row& row) {
    Payout p;
    p.id = row.get<PayoutId>("id");
    p.pos = row.get<std::int64_t>("pos");
    p.party = row.get<std::optional<PartyId>>("party_id");
    p.party_name = row.get<std::optional<std::string>>("party_name");
    p.event = row.get<std::optional<EventId>>("event_id");
    p.source = row.get<std::string>("source");
    p.reference = row.get<std::string>("reference");
    p.file_line = row.get<std::optional<std::int64_t>>("file_line");
    p.owed = row.amount("owed_minor", "owed_");
    p.netted = row.amount("netted_minor", "owed_");
    p.amount = row.amount("amount_minor");
    p.exchange_rate = row.get<std::optional<IdBytes>>("exchange_rate_id");
    p.rail = row.get<std::optional<std::string>>("rail");
    p.destination = row.get<std::optional<std::string>>("destination");
    p.memo = row.get<std::optional<std::string>>("memo");
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
    batch.sha256 = row->get<Hash256>("sha256");
    batch.made_by = row->get<std::string>("made_by");
    batch.made_os_user = row->get<std::string>("made_os_user");
    batch.made_at = row->get<Instant>("made_at");
    return batch;
}

std::vector<Payout> load_payouts(db::Transaction& tx, OrganizerId organizer, BatchId batch) {
    std::vector<Payout> payouts;
    for (const auto& row : tx.run(sql::load_payouts, organizer, batch)) payouts.push_back(read_payout(row));
    return payouts;
}

void insert_payouts(db::Transaction& tx, const Desk& desk, const Batch& batch, const std::vector<Payout>& payouts) {
    for (std::size_t first = 0; first < payouts.size(); first += k_payouts_a_statement) {
        auto rows = nlohmann::json::array();
        for (auto i = first; i < std::min(first + k_payouts_a_statement, payouts.size()); ++i)
            rows.push_back(row_of(payouts[i]));
        tx.run(sql::insert_payouts, desk.organizer, batch.id, rows.dump(), desk.actor, batch.made_at);
    }
}

std::vector<Approval> load_approvals(db::Transaction& tx, OrganizerId organizer, BatchId batch) {
    std::vector<Approval> approvals;
    for (const auto& row : tx.run(sql::load_approvals, organizer, batch))
        approvals.push_back({row.get<Hash256>("batch_sha256"), row.get<std::string>("approved_by"),
                             row.get<std::string>("os_user"), row.get<std::string>("db_user"),
                             row.get<Instant>("approved_at")});
    return approvals;
}

void require_unchanged(const Batch& batch, const std::vector<Payout>& payouts) {
    if (canonical_hash(batch, payouts) == batch.sha256) return;
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
