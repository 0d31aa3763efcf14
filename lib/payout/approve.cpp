// Maker is not approver, unless the policy that was in force says that one person is enough; and as many agree as it
// asks for, each for himself.
#include "lib/payout/approve.hpp"

#include "lib/base/text.hpp"
#include "lib/payout/store.hpp"
#include "payout_sql.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace passa::payout {
namespace {

constexpr std::size_t k_least_prefix = 8;

// A blank or a capital letter makes nobody somebody else.
std::string person_of(std::string_view name) { return to_lower(trim(name)); }
bool is_same_person(std::string_view a, std::string_view b) { return person_of(a) == person_of(b); }

bool is_named(const Batch& batch, std::string_view person) {
    const auto& all = batch.approvers;
    return all.empty() ||
           std::any_of(all.begin(), all.end(), [&](const std::string& each) { return is_same_person(each, person); });
}

void require_prefix(const Batch& batch, const std::string& seen) {
    const auto hash = to_hex(batch.sha256);
    if (seen.size() >= k_least_prefix && hash.starts_with(to_lower(seen))) return;
    throw Error{{Kind::difference, "payout.other_hash",
                 fmt::format("the batch's hash begins with {}, not with '{}'", hash.substr(0, 16), printable(seen, 70)),
                 seen.size() < k_least_prefix ? fmt::format("give at least {} digits", k_least_prefix)
                                              : "look at the batch again before you approve it: passa payout show"}};
}

bool holds(const Batch& batch, const Approval& approval, Instant at) {
    return approval.sha256 == batch.sha256 && may_approve(batch, approval.approved_by) &&
           at < approval.approved_at + batch.approval_valid_for;
}

// What is approved today is paid at a rate of today: an older one was agreed to by nobody who knew the newer.
void require_rates(db::Transaction& tx, const Desk& desk, BatchId id) {
    const auto count = count_outdated_rates(tx, desk, id);
    if (count == 0) return;
    throw Error{
        {Kind::refused, "payout.rate_outdated",
         fmt::format("{} payouts of batch {} are converted at an exchange rate that is no longer in force", count, id),
         fmt::format("make it again at the rate of today: passa payout cancel {}, then passa payout create", id)}};
}

// Different people whose approval holds.
std::int64_t count_persons(const Batch& batch, const std::vector<Approval>& approvals, Instant at) {
    std::set<std::string> persons;
    for (const auto& each : approvals)
        if (holds(batch, each, at)) persons.insert(person_of(each.approved_by));
    return static_cast<std::int64_t>(persons.size());
}

bool awaits(const Batch& batch, std::int64_t persons) {
    if (batch.state == "awaiting_approval") return true;
    return persons < batch.persons && (batch.state == "approved" || batch.state == "running");
}

// When it was last agreed to by as many as it takes; none: it never was.
std::optional<Instant> find_end(const Batch& batch, const std::vector<Approval>& approvals) {
    std::map<std::string, Instant> ends; // the latest of each
    for (const auto& each : approvals)
        if (holds(batch, each, each.approved_at))
            ends[person_of(each.approved_by)] = each.approved_at + batch.approval_valid_for; // oldest first
    if (static_cast<std::int64_t>(ends.size()) < batch.persons) return std::nullopt;
    std::vector<Instant> sorted;
    for (const auto& [person, end] : ends) sorted.push_back(end);
    std::sort(sorted.rbegin(), sorted.rend());
    return sorted.at(static_cast<std::size_t>(batch.persons - 1));
}

void require_may_approve(const Batch& batch, const std::string& actor) {
    if (is_named(batch, actor) && may_approve(batch, actor)) return;
    if (!is_named(batch, actor))
        throw Error{{Kind::unauthorised, "payout.no_approver",
                     fmt::format("the policy does not name {} among those who approve", printable(actor, 60)),
                     fmt::format("it names: {}", join(batch.approvers, ", "))}};
    throw Error{{Kind::unauthorised, "payout.own_batch",
                 fmt::format("{} made this batch and may not approve it", printable(actor, 60)),
                 "let somebody else approve it, or apply a PayoutPolicy with singlePerson: true and make it again"}};
}

} // namespace

bool may_approve(const Batch& batch, std::string_view person) {
    return is_named(batch, person) && (batch.single_person || !is_same_person(person, batch.made_by));
}

Approved approve(db::Transaction& tx, const Desk& desk, BatchId id, const std::optional<std::string>& sha256_prefix) {
    tx.run(sql::hold_catalog, desk.organizer); // before the clock is read, as an apply does
    tx.run(sql::lock_batch, desk.organizer, id);
    Approved approved{get_batch(tx, desk.organizer, id), false};
    auto& batch = approved.batch;
    require_unchanged(tx, desk.organizer, batch);
    if (sha256_prefix) require_prefix(batch, *sha256_prefix);
    require_may_approve(batch, desk.actor);
    const auto now = desk.clock.now();
    const auto approvals = load_approvals(tx, desk.organizer, id);
    approved.was_known = std::any_of(approvals.begin(), approvals.end(), [&](const Approval& a) {
        return holds(batch, a, now) && is_same_person(a.approved_by, desk.actor);
    });
    approved.persons = count_persons(batch, approvals, now);
    if (approved.was_known) return approved;
    if (!awaits(batch, approved.persons))
        throw Error{{Kind::refused, "payout.not_waiting",
                     fmt::format("batch {} does not wait for approval: it is {}", id, batch.state), ""}};
    require_rates(tx, desk, id);
    tx.run(sql::insert_approval, desk.organizer, id, batch.sha256, desk.actor, now, desk.os_user);
    ++approved.persons;
    if (approved.persons < batch.persons) return approved;
    if (batch.state != "awaiting_approval") return approved; // once more, after the earlier one ended
    set_batch_state(tx, desk, {id, batch.state, "approved"});
    batch.state = "approved";
    return approved;
}

std::optional<Problem> find_expiry(db::Transaction& tx, const Desk& desk, const Batch& batch) {
    const auto approvals = load_approvals(tx, desk.organizer, batch.id);
    if (count_persons(batch, approvals, desk.clock.now()) >= batch.persons) return std::nullopt;
    const auto ended = find_end(batch, approvals);
    if (!ended)
        throw Error{{Kind::unauthorised, "payout.not_approved", fmt::format("batch {} is not approved", batch.id),
                     fmt::format("let somebody approve it: passa payout approve {}", batch.id)}};
    return Problem{Kind::unauthorised, "payout.approval_expired",
                   fmt::format("the approval of batch {} ended {}: it holds for {}", batch.id, to_text(*ended),
                               to_text(batch.approval_valid_for)),
                   fmt::format("let somebody approve it again: passa payout approve {}, or cancel it: passa payout "
                               "cancel {}",
                               batch.id, batch.id)};
}

std::int64_t count_outdated_rates(db::Transaction& tx, const Desk& desk, BatchId batch) {
    return tx.run(sql::count_outdated_rates, desk.organizer, batch, desk.clock.now())
        .one()
        .get<std::int64_t>("payouts");
}

} // namespace passa::payout
