// Choose channels, open them, one thread each, gather what halted them.
#include "lib/payout/lanes.hpp"

#include <algorithm>
#include <future>
#include <mutex>

namespace passa::payout {
namespace {

struct Seat {
    const Channel& channel;
    std::unique_ptr<rail::Rail> rail;
};

struct Ended {
    bool was_free = true;
    std::optional<Problem> halt = {};
};

std::optional<Problem> work(const Lanes& lanes, Lease& lease, const Seat& seat) {
    Lane lane{lease, *seat.rail, lanes.batch, lanes.patience};
    lane.use(seat.channel.address);
    auto open = lease.read([&](db::Transaction& tx) {
        return load_open_attempts(tx, lanes.desk.organizer, lanes.batch.treasury, seat.channel.address);
    });
    for (auto& live : open)
        if (auto halt = lane.settle(std::move(live))) return halt;
    return lanes.may_pay ? lane.pay() : std::nullopt;
}

// Whatever ends a lane ends it alone.
Ended run_one(const Lanes& lanes, const Seat& seat) {
    auto books = lanes.desk.db.fork();
    const Desk desk{
        books,          lanes.desk.organizer, lanes.desk.ids, lanes.desk.clock, lanes.desk.actor, lanes.desk.os_user,
        lanes.desk.say, lanes.desk.lease};
    try {
        Lease lease{desk, lanes.batch.id, seat.channel};
        return {true, work(lanes, lease, seat)};
    } catch (const Error& error) {
        return {error.first().code != "payout.channel_busy", error.first()};
    }
}

// Those with something open first: nobody else may ask for it. Those that others pay by are left to them.
std::vector<const Channel*> choose(const std::vector<Channel>& channels, std::size_t most) {
    std::vector<const Channel*> chosen;
    for (const auto& channel : channels)
        if (channel.state == "open" && !channel.busy) chosen.push_back(&channel);
    std::stable_sort(chosen.begin(), chosen.end(),
                     [](const auto* a, const auto* b) { return a->open_attempts > b->open_attempts; });
    const auto open = static_cast<std::size_t>(
        std::count_if(chosen.begin(), chosen.end(), [](const auto* c) { return c->open_attempts > 0; }));
    chosen.resize(std::min(chosen.size(), std::max(most, open)));
    return chosen;
}

// One at a time, for what was made for one thread.
template <typename... Args>
std::function<void(Args...)> in_turn(std::mutex& mutex, const std::function<void(Args...)>& what) {
    return [&mutex, what](Args... args) {
        const std::lock_guard lock{mutex};
        what(args...);
    };
}

} // namespace

Ran run_lanes(const Lanes& given, const std::vector<Channel>& channels) {
    std::mutex mutex;
    auto desk = given.desk;
    desk.say = in_turn<std::string_view>(mutex, given.desk.say);
    auto patience = given.patience;
    patience.say = in_turn<std::string_view>(mutex, given.patience.say);
    const Lanes lanes{desk, given.batch, patience, given.channels, given.may_pay};
    std::vector<Seat> seats;
    for (const auto* channel : choose(channels, given.channels.most))
        seats.push_back({*channel, given.channels.open(*channel)});
    std::vector<std::future<Ended>> running;
    for (const auto& seat : seats)
        running.push_back(std::async(std::launch::async, [&lanes, &seat] { return run_one(lanes, seat); }));
    Ran ran;
    for (auto& lane : running) lane.wait(); // before any of them throws what is no Error of ours
    for (auto& lane : running) {
        auto ended = lane.get();
        if (!ended.was_free) continue;
        ++ran.lanes;
        if (ended.halt) ran.halts.push_back(*std::move(ended.halt));
    }
    return ran;
}

} // namespace passa::payout
