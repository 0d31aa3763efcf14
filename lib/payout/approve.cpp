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

} // namespace

bool may_approve(const Batch& batch, std::string_view person) {
    return batch.single_person || !is_same_person(person, batch.made_by);
}

Approved approve(db::Transaction& tx, const Desk& desk, BatchId id, const std::optional<std::string>& sha256_prefix) {
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
    const auto approvals = load_approvals(tx, desk.organizer, id);
    approved.was_known = std::any_of(approvals.begin(), approvals.end(),
                                     [&](const Approval& a) { return is_same_person(a.approved_by, desk.actor); });
    if (approved.was_known) return approved;
    if (batch.state != "awaiting_approval")
        throw Error{{Kind::refused, "payout.not_waiting",
                     fmt::format("batch {} does not wait for approval: it is {}", id, batch.state), ""}};
    tx.run(sql::insert_approval, desk.organizer, id, batch.sha256, desk.actor, desk.clock.now(), desk.os_user);
    set_batch_state(tx, desk, {id, batch.state, "approved"});
    batch.state = "approved";
    return approved;
}

void require_approval(db::Transaction& tx, const Desk& desk, const Batch& batch) {
    const auto approvals = load_approvals(tx, desk.organizer, batch.id);
    const bool good = std::any_of(approvals.begin(), approvals.end(), [&](const Approval& a) {
        return a.sha256 == batch.sha256 && may_approve(batch, a.approved_by);
    });
    if (good) return;
    throw Error{{Kind::unauthorised, "payout.not_approved", fmt::format("batch {} is not approved", batch.id),
                 fmt::format("let somebody approve it: passa payout approve {}", batch.id)}};
}

} // namespace passa::payout
