// Rows to notices, and back.
#include "lib/notify/outbox.hpp"

#include "lib/base/assert.hpp"
#include "lib/base/text.hpp"
#include "notify_sql.hpp"

#include <algorithm>
#include <array>

namespace passa::notify {
namespace {

constexpr std::size_t k_longest_error = 500; // some of it is remote text

constexpr auto k_states = std::to_array<std::pair<NoticeState, std::string_view>>(
    {{NoticeState::waiting, "waiting"}, {NoticeState::sent, "sent"}, {NoticeState::dead, "dead"}});

NoticeState parse_state(const std::string& text) {
    const auto* it = std::find_if(k_states.begin(), k_states.end(), [&](const auto& s) { return s.second == text; });
    PASSA_ASSERT(it != k_states.end()); // the CHECK of the table
    return it->first;
}

Notice read_notice(const db::Row& row) {
    return {row.get<NoticeId>("id"),
            row.get<std::string>("channel"),
            row.get<std::string>("kind"),
            row.get<std::string>("payload"),
            row.get<std::string>("organizer"),
            parse_state(row.get<std::string>("state")),
            row.get<int>("tries"),
            row.get<Instant>("next_at"),
            row.get<std::string>("error"),
            row.get<Instant>("created_at"),
            row.get<std::optional<Instant>>("ended_at")};
}

} // namespace

std::string_view name(NoticeState state) { return k_states[static_cast<std::size_t>(state)].second; }

std::optional<Notice> claim_notice(db::Transaction& tx, OrganizerId organizer, const Claim& claim) {
    const auto row =
        tx.run(sql::claim_notice, organizer, claim.now, claim.hidden_until, claim.only, claim.not_over).find();
    return row ? std::optional{read_notice(*row)} : std::nullopt;
}

void end_notice(db::Transaction& tx, OrganizerId organizer, const Notice& notice) {
    tx.run(sql::end_notice, organizer, notice.id, name(notice.state), printable(notice.error, k_longest_error),
           notice.next_at, notice.tries);
}

std::vector<Notice> load_notices(db::Transaction& tx, OrganizerId organizer, std::optional<NoticeState> state,
                                 std::int64_t limit) {
    std::vector<Notice> notices;
    const auto word = state ? std::optional{std::string{name(*state)}} : std::nullopt;
    for (const auto& row : tx.run(sql::load_notices, organizer, word, limit)) notices.push_back(read_notice(row));
    return notices;
}

void note_unknown_payouts(db::Transaction& tx, OrganizerId organizer, Instant now) {
    tx.run(sql::note_unknown_payouts, organizer, now);
}

std::vector<Notice> retry_notices(db::Transaction& tx, OrganizerId organizer, const Retry& retry) {
    std::vector<std::string> uuids;
    for (const auto& id : retry.ids) uuids.push_back(id_text::uuid(id.bytes()));
    std::vector<Notice> all;
    for (const auto& row :
         tx.run(sql::retry_notices, organizer, uuids.empty() ? std::nullopt : std::optional{uuids}, retry.most))
        all.push_back(read_notice(row));
    for (const auto& id : retry.ids)
        if (std::none_of(all.begin(), all.end(), [&](const Notice& each) { return each.id == id; }))
            throw Error{{Kind::not_found, "notice.not_dead", fmt::format("{} is no notice that was given up", id),
                         "see those that were: passa notice list --state dead"}};
    if (!all.empty())
        tx.run(sql::audit_retry, organizer, retry.audit_id, retry.actor, static_cast<std::int64_t>(all.size()));
    return all;
}

std::vector<NoticeId> find_old_notices(db::Transaction& tx, OrganizerId organizer, Duration kept, std::int64_t limit) {
    std::vector<NoticeId> old;
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(kept).count();
    for (const auto& row : tx.run(sql::find_old_notices, organizer, seconds, limit))
        old.push_back(row.get<NoticeId>("id"));
    return old;
}

void delete_notices(db::Transaction& tx, OrganizerId organizer, const std::vector<NoticeId>& notices) {
    std::vector<std::string> uuids;
    for (const auto& id : notices) uuids.push_back(id_text::uuid(id.bytes()));
    tx.run(sql::delete_notices, organizer, uuids);
}

void tell_failed_unit(db::Transaction& tx, OrganizerId organizer, const FailedUnit& failed) {
    tx.run(sql::tell_failed_unit, organizer, failed.unit, failed.host, failed.job, failed.declared);
}

void add_test(db::Transaction& tx, OrganizerId organizer, NoticeId id, const std::string& channel) {
    tx.run(sql::insert_test, organizer, id, channel);
}

} // namespace passa::notify
