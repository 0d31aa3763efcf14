// Take channels, one thread each, gather what halted them.
#include "lib/payout/lanes.hpp"

#include <algorithm>
#include <future>
#include <mutex>

namespace passa::payout {
namespace {

// A channel that is ours, with a connection of its own.
struct Seat {
    Seat(const Lanes& lanes, const Channel& of)
        : channel(of), books(lanes.desk.db.fork()), desk{books,
                                                         lanes.desk.organizer,
                                                         lanes.desk.ids,
                                                         lanes.desk.clock,
                                                         lanes.desk.actor,
                                                         lanes.desk.os_user,
                                                         lanes.desk.say,
                                                         lanes.desk.lease},
          lease(desk, lanes.batch.id, of), rail(lanes.channels.open(of)) {}
    const Channel& channel;
    db::Database books;
    Desk desk;
    Lease lease;
    std::unique_ptr<rail::Rail> rail;
};

// None: somebody else pays by it.
std::unique_ptr<Seat> take(const Lanes& lanes, const Channel& channel) {
    try {
        return std::make_unique<Seat>(lanes, channel);
    } catch (const Error& error) {
        if (error.first().code != "payout.channel_busy") throw;
        return nullptr;
    }
}

// Those with something open are all taken, since nobody else may ask for it, and come first; what others pay by is left
// to them.
std::vector<std::unique_ptr<Seat>> take_seats(const Lanes& lanes, std::vector<Channel>& channels) {
    std::erase_if(channels, [](const Channel& channel) { return channel.state != "open" || channel.busy; });
    std::stable_sort(channels.begin(), channels.end(),
                     [](const Channel& a, const Channel& b) { return a.open_attempts > b.open_attempts; });
    std::vector<std::unique_ptr<Seat>> seats;
    for (const auto& channel : channels)
        if (seats.size() < lanes.channels.most || channel.open_attempts > 0)
            if (auto seat = take(lanes, channel)) seats.push_back(std::move(seat));
    return seats;
}

std::optional<Problem> work(const Lanes& lanes, Seat& seat) {
    Lane lane{seat.lease, *seat.rail, lanes.batch, lanes.patience};
    lane.use(seat.channel.address);
    auto open = seat.lease.read([&](db::Transaction& tx) {
        return load_open_attempts(tx, seat.desk.organizer, lanes.batch.treasury, seat.channel.address);
    });
    for (auto& live : open)
        if (auto halt = lane.settle(std::move(live))) return halt;
    return lanes.may_pay ? lane.pay() : std::nullopt;
}

// Whatever ends a lane ends it alone.
std::optional<Problem> work_or_halt(const Lanes& lanes, Seat& seat) {
    try {
        return work(lanes, seat);
    } catch (const Error& error) {
        return error.first();
    }
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

Ran run_lanes(const Lanes& given, std::vector<Channel> channels) {
    std::mutex mutex;
    auto desk = given.desk;
    desk.say = in_turn<std::string_view>(mutex, given.desk.say);
    auto patience = given.patience;
    patience.say = in_turn<std::string_view>(mutex, given.patience.say);
    const Lanes lanes{desk, given.batch, patience, given.channels, given.may_pay};
    auto seats = take_seats(lanes, channels);
    std::vector<std::future<std::optional<Problem>>> running;
    for (auto& seat : seats)
        running.push_back(std::async(std::launch::async, [&lanes, &seat] { return work_or_halt(lanes, *seat); }));
    Ran ran{seats.size()};
    for (auto& lane : running) lane.wait(); // before any of them throws what is no Error of ours
    for (auto& lane : running)
        if (auto halt = lane.get()) ran.halts.push_back(*std::move(halt));
    return ran;
}

} // namespace passa::payout
