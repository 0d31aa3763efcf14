// Delivery, at least once: a notice is put off before it is sent and ended when it was taken, so that one whose sender
// died in between is sent again, under the same id. Outside of every transaction of money.
#pragma once
#include "lib/base/clock.hpp"
#include "lib/notify/send.hpp"

#include <functional>

namespace passa::notify {

struct Courier {
    db::Database& db;
    OrganizerId organizer;
    Clock& clock;
    Post post;
    std::function<bool()> stopped = [] { return false; };
};

// Tries every notice that is due once. Their states are as they are afterwards.
std::vector<Notice> deliver_due(const Courier& courier);
// Tries that one now, whenever it would be due.
Notice deliver_one(const Courier& courier, NoticeId id);

Duration wait_after(int tries); // from 1 minute to 20 hours; two days in all
inline constexpr int k_most_tries = 9;

} // namespace passa::notify
