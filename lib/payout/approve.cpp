// Maker is not approver, unless the policy that was in force says that one person is enough.
#include "lib/payout/approve.hpp"

#include "lib/base/text.hpp"
#include "lib/payout/store.hpp"
#include "payout_sql.hpp"

#include <algorithm>

namespace passa::payout {
namespace {

constexpr std::size_t k_least_prefix = 8;

// A blank or a capital letter makes nobody somebody else.
bool is_same_person(std::string_view a, std::string_view b) { return to_lower(trim(a)) == to_lower(trim(b)); }

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

bool awaits(const Batch& batch, const std::vector<Approval>& approvals, Instant at) {
    if (batch.state == "awaiting_approval") return true;
    const bool any_holds =
        std::any_of(approvals.begin(), approvals.end(), [&](const Approval& a) { return holds(batch, a, at); });
    return !any_holds && (batch.state == "approved" || batch.state == "running");
}

} // namespace

bool may_approve(const Batch& batch, std::string_view person) {
    return batch.single_person || !is_same_person(person, batch.made_by);
}

Approved approve(db::Transaction& tx, const Desk& desk, BatchId id, const std::optional<std::string>& sha256_prefix) {
    tx.run(sql::hold_catalog, desk.organizer); // before the clock is read, as an apply does
    tx.run(sql::lock_batch, desk.organizer, id);
    Approved approved{get_batch(tx, desk.organizer, id), false};
    auto& batch = approved.batch;
    require_unchanged(batch, load_payouts(tx, desk.organizer, id));
    if (sha256_prefix) require_prefix(batch, *sha256_prefix);
    if (!may_approve(batch, desk.actor))
        throw Error{
            {Kind::unauthorised, "payout.own_batch",
             fmt::format("{} made this batch and may not approve it", printable(desk.actor, 60)),
             "let somebody else approve it, or apply a PayoutPolicy with singlePerson: true and make it again"}};
    const auto now = desk.clock.now();
    const auto approvals = load_approvals(tx, desk.organizer, id);
    approved.was_known = std::any_of(approvals.begin(), approvals.end(), [&](const Approval& a) {
        return holds(batch, a, now) && is_same_person(a.approved_by, desk.actor);
    });
    if (approved.was_known) return approved;
    if (!awaits(batch, approvals, now))
        throw Error{{Kind::refused, "payout.not_waiting",
                     fmt::format("batch {} does not wait for approval: it is {}", id, batch.state), ""}};
    require_rates(tx, desk, id);
    tx.run(sql::insert_approval, desk.organizer, id, batch.sha256, desk.actor, now, desk.os_user);
    if (batch.state != "awaiting_approval") return approved; // once more, after the earlier one ended
    set_batch_state(tx, desk, {id, batch.state, "approved"});
    batch.state = "approved";
    return approved;
}

std::optional<Problem> find_expiry(db::Transaction& tx, const Desk& desk, const Batch& batch) {
    const auto approvals = load_approvals(tx, desk.organizer, batch.id);
    std::optional<Instant> ended;
    for (const auto& a : approvals) {
        if (holds(batch, a, desk.clock.now())) return std::nullopt;
        if (holds(batch, a, a.approved_at))
            ended = std::max(ended, std::optional{a.approved_at + batch.approval_valid_for});
    }
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
