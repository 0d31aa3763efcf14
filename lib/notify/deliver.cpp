// Claim, send, end: two short transactions around the network.
#include "lib/notify/deliver.hpp"

#include "lib/base/assert.hpp"

#include <algorithm>
#include <array>

namespace passa::notify {
namespace {

// The times between tries that the Standard Webhooks recommend, from the second on.
constexpr std::array<std::chrono::minutes, k_most_tries - 1> k_waits{
    std::chrono::minutes{1},       std::chrono::minutes{5},      std::chrono::minutes{30},
    std::chrono::minutes{2 * 60},  std::chrono::minutes{5 * 60}, std::chrono::minutes{10 * 60},
    std::chrono::minutes{14 * 60}, std::chrono::minutes{20 * 60}};

template <typename F>
auto write(const Courier& courier, std::string_view what, F&& fn) {
    return db::transact(courier.db, {.organizer = courier.organizer, .what = what}, std::forward<F>(fn));
}

std::optional<Failure> try_once(const Courier& courier, const Notice& notice, Instant now) {
    const auto channel =
        db::transact(courier.db, {courier.organizer, db::Isolation::repeatable_read, true},
                     [&](db::Transaction& tx) { return find_channel(tx, courier.organizer, notice.channel); });
    if (!channel) return Failure{"its channel was deleted", true};
    try {
        return send(courier.post, *channel, notice, now);
    } catch (const Error& why) { // counted as every other failure, or it would be tried for ever, before all others
        return Failure{why.first().message};
    }
}

void note_outcome(Notice& notice, const std::optional<Failure>& failure, Instant now) {
    notice.error = failure ? failure->reason : "";
    // Whoever tests a channel is told now; that a run begins is news once, or it would be told behind its end.
    const bool is_over = notice.tries >= k_most_tries || notice.kind == "test" || notice.kind == "run.started";
    const bool is_last = is_over || (failure && failure->for_good);
    notice.state = !failure || (is_last && failure->some_took_it) ? NoticeState::sent
                   : is_last                                      ? NoticeState::dead
                                                                  : NoticeState::waiting;
    if (notice.state == NoticeState::waiting)
        notice.next_at = now + std::max(wait_after(notice.tries), failure->wait.value_or(Duration::zero()));
}

struct Which {
    Instant due_at;
    std::optional<NoticeId> only;
    std::vector<std::string> not_over; // channels that just failed: the others do not wait behind their time limits
};

std::optional<Notice> deliver_next(const Courier& courier, const Which& which) {
    const auto now = courier.clock.now();
    auto notice = write(courier, "notice.claim", [&](db::Transaction& tx) {
        return claim_notice(tx, courier.organizer, {which.due_at, now + wait_after(1), which.only, which.not_over});
    });
    if (!notice) return std::nullopt;
    note_outcome(*notice, try_once(courier, *notice, now), now);
    write(courier, "notice.end", [&](db::Transaction& tx) { end_notice(tx, courier.organizer, *notice); });
    return notice;
}

} // namespace

Duration wait_after(int tries) {
    const auto n = static_cast<std::size_t>(std::clamp(tries, 1, k_most_tries - 1));
    return k_waits.at(n - 1);
}

std::vector<Notice> deliver_due(const Courier& courier) {
    const auto due_at = courier.clock.now(); // what falls due meanwhile is for the next time: this ends
    write(courier, "notice.look", [&](db::Transaction& tx) { note_unknown_payouts(tx, courier.organizer, due_at); });
    std::vector<Notice> tried;
    Which which{due_at, {}, {}};
    while (!courier.stopped()) {
        auto notice = deliver_next(courier, which);
        if (!notice) break;
        if (notice->state == NoticeState::waiting) which.not_over.push_back(notice->channel);
        tried.push_back(std::move(*notice));
    }
    return tried;
}

Notice deliver_one(const Courier& courier, NoticeId id) {
    auto notice = deliver_next(courier, {courier.clock.now(), id, {}});
    PASSA_ASSERT(notice); // made by the caller, and waiting
    return std::move(*notice);
}

} // namespace passa::notify
