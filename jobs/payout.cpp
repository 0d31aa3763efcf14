// One item a batch that somebody approved: sent as `payout send` does it, by the same sender. Nothing is approved here,
// and what another one sends meanwhile is left to him. A batch whose approval has ended waits for a person, who is
// told.
#include "jobs/jobs.hpp"
#include "lib/event/event.hpp"
#include "lib/payout/read.hpp"
#include "lib/payout/send.hpp"

#include <map>

namespace passa::jobs {
namespace {

std::vector<payout::ApprovedBatch> load_waiting(const payout::Desk& books, const std::optional<std::string>& scope) {
    return db::transact(books.db, {books.organizer, db::Isolation::repeatable_read, true}, [&](db::Transaction& tx) {
        std::optional<EventId> event;
        if (scope) event = event::get_event(tx, books.organizer, *scope).id;
        return payout::load_approved(tx, books, event);
    });
}

// The key of a treasury is unlocked once a run.
class Payers {
public:
    explicit Payers(const Desk& desk) : m_make(desk.make_payer) {}
    rail::Rail& get(const std::string& treasury) {
        auto& rail = m_rails[treasury];
        if (!rail) rail = m_make(treasury);
        return *rail;
    }

private:
    std::function<std::unique_ptr<rail::Rail>(const std::string& treasury)> m_make;
    std::map<std::string, std::unique_ptr<rail::Rail>> m_rails;
};

void require_going(const runner::Item& item, const payout::Sent& sent) {
    if (!sent.halted) return;
    item.require_live(); // whatever halted it: that somebody took over comes first
    throw Error{*sent.halted};
}

// Nothing halted it, and yet it is not through: what held a payout back went away behind its turn.
Error still_open(const payout::Sent& sent) {
    return Error{
        {Kind::refused, "payout.contested",
         fmt::format("{} payouts waited: a break about them was open at their turn", sent.open() + sent.left()),
         fmt::format("send them now: passa payout resume {}", sent.batch.id)}};
}

// None: it is about no event, and no event's pause holds it.
std::string event_of(const payout::Desk& books, const std::string& item) {
    const auto id = BatchId::parse(item).value_or_throw();
    return db::transact(books.db, {books.organizer, db::Isolation::repeatable_read, true}, [&](db::Transaction& tx) {
        return payout::get_batch(tx, books.organizer, id).event_name.value_or("");
    });
}

void tell_expired(const payout::Desk& books, const std::vector<payout::ApprovedBatch>& batches) {
    for (const auto& each : batches) {
        books.say(each.expired->message);
        db::transact(books.db, {.organizer = books.organizer, .what = "payout.expired"},
                     [&](db::Transaction& tx) { payout::tell_expired(tx, books.organizer, each.batch); });
    }
}

// What was refused stays owed, and only a person can mend its reason.
void tell_refused(const runner::Counts& all) {
    const auto it = all.find("not_paid");
    if (it == all.end() || it->second == 0) return;
    throw Error{{Kind::partial, "payout.not_paid",
                 fmt::format("{} {} not paid", it->second, it->second == 1 ? "payout was" : "payouts were"),
                 "each says why: passa payout show BATCH"}};
}

} // namespace

runner::Job payout(const Desk& desk) {
    const auto& books = desk.books;
    const auto expired = std::make_shared<std::vector<payout::ApprovedBatch>>();
    const auto plan = [&books, scope = desk.scope, network = desk.network, expired] {
        std::vector<std::string> batches;
        expired->clear();
        for (const auto& due : load_waiting(books, scope)) {
            if (network && due.network != *network) continue;
            if (due.expired)
                expired->push_back(due);
            else
                batches.push_back(due.batch.text());
        }
        return batches;
    };
    const auto step = [&books, payers = std::make_shared<Payers>(desk), make_lane = desk.make_lane,
                       patience = desk.patience](runner::Item& item) {
        const auto id = BatchId::parse(item.key()).value_or_throw();
        const auto treasury =
            db::transact(books.db, {books.organizer, db::Isolation::repeatable_read, true},
                         [&](db::Transaction& tx) { return payout::get_batch(tx, books.organizer, id).treasury.name; });
        const auto open = [&](const payout::Channel& channel) { return make_lane(treasury, channel); };
        const auto sent = payout::send(books, payers->get(treasury), id, {patience, {open, payout::k_polite_channels}});
        require_going(item, sent);
        if (sent.open() + sent.left() > 0) {
            if (sent.stopped) return;
            throw still_open(sent);
        }
        const auto not_paid = sent.count(payout::State::failed) + sent.count(payout::State::blocked);
        db::transact(books.db, {.organizer = books.organizer, .what = "payout"}, [&](db::Transaction& tx) {
            item.done(tx, {{"batches", 1}, {"paid", sent.paid()}, {"not_paid", not_paid}});
        });
    };
    const auto conclude = [&books, expired](const runner::Counts& all) {
        tell_expired(books, *expired);
        tell_refused(all);
    };
    runner::Job job{plan, step, conclude};
    job.about = [&books](const std::string& item) { return event_of(books, item); };
    return job;
}

} // namespace passa::jobs
