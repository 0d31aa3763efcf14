// What nobody need be there for: the trail is sealed and signed, what is old and rests on nothing is cleared away, and
// a copy of the database is made when the newest is older than declared. One item each, so that one which fails leaves
// the others done. The database itself refuses to lose evidence, or anything of the last month (migration 0024).
#include "jobs/jobs.hpp"
#include "lib/audit/chain.hpp"
#include "lib/notify/outbox.hpp"

#include <chrono>

namespace passa::jobs {
namespace {

constexpr std::int64_t k_at_once = 1'000;           // rows of one transaction
constexpr std::int64_t k_most_foreseen = 1'000'000; // rows that a look counts; there may be more
constexpr Duration k_usually_kept = std::chrono::days{90};

// As declared; nobody has: what a declaration without a word of it says.
runner::Upkeep load_upkeep(const payout::Desk& books) {
    const auto declared =
        db::transact(books.db, {books.organizer, db::Isolation::repeatable_read, true}, [&](db::Transaction& tx) {
            return runner::load_declared(tx, books.organizer, books.clock.now());
        });
    for (const auto& each : declared)
        if (each.upkeep) return *each.upkeep;
    return {k_usually_kept, {}, {}, {}, {}};
}

class House {
    template <typename F>
    auto read(F&& fn) const {
        return db::transact(m_books.db, {m_books.organizer, db::Isolation::repeatable_read, true}, std::forward<F>(fn));
    }
    template <typename F>
    auto write(F&& fn) const {
        return db::transact(m_books.db, {.organizer = m_books.organizer, .what = "housekeeping"}, std::forward<F>(fn));
    }

public:
    explicit House(const Desk& desk)
        : m_books(desk.books), m_own_key(desk.own_key), m_copies(desk.copies), m_stop(desk.patience.stop) {}

    // What there is to do.
    [[nodiscard]] std::vector<std::string> plan() const {
        std::vector<std::string> items{"seal"};
        const auto upkeep = load_upkeep(m_books);
        read([&](db::Transaction& tx) {
            if (!notify::find_old_notices(tx, m_books.organizer, upkeep.keep_for, 1).empty())
                items.emplace_back("notices");
            if (!runner::find_old_runs(tx, m_books.organizer, upkeep.keep_for, 1).empty()) items.emplace_back("runs");
        });
        if (needs_copy(upkeep)) items.emplace_back("copy");
        return items;
    }

    void step(runner::Item& item) const {
        const auto upkeep = load_upkeep(m_books);
        auto counts = item.key() == "seal"      ? seal()
                      : item.key() == "notices" ? clear_notices(item, upkeep.keep_for)
                      : item.key() == "runs"    ? clear_runs(item, upkeep.keep_for)
                                                : copy(upkeep);
        write([&](db::Transaction& tx) { item.done(tx, counts); });
    }

    // The rows that a step would find now.
    [[nodiscard]] std::optional<runner::Counts> foresee(const std::string& item) const {
        const auto kept = load_upkeep(m_books).keep_for;
        const auto count = [&](auto&& find) {
            return read([&](db::Transaction& tx) {
                return static_cast<std::int64_t>(find(tx, m_books.organizer, kept, k_most_foreseen).size());
            });
        };
        if (item == "notices") return runner::Counts{{"notices_cleared", count(notify::find_old_notices)}};
        if (item == "runs") return runner::Counts{{"runs_cleared", count(runner::find_old_runs)}};
        return std::nullopt;
    }

private:
    // A file's time from the future is no reason to make none.
    [[nodiscard]] bool needs_copy(const runner::Upkeep& upkeep) const {
        if (!upkeep.copy_every) return false;
        const auto newest = m_copies.find_newest(upkeep);
        const auto now = m_books.clock.now();
        return !newest || *newest > now || *newest + *upkeep.copy_every <= now;
    }

    [[nodiscard]] runner::Counts seal() const {
        const auto sealed = audit::seal_and_sign(m_books.db, m_books.organizer, m_own_key());
        return {{"sealed", sealed.added}, {"signed", sealed.is_signed ? 1 : 0}};
    }

    [[nodiscard]] runner::Counts clear_notices(const runner::Item& item, Duration kept) const {
        return {{"notices_cleared", clear(item, [&](db::Transaction& tx) {
                     const auto old = notify::find_old_notices(tx, m_books.organizer, kept, k_at_once);
                     notify::delete_notices(tx, m_books.organizer, old);
                     return old.size();
                 })}};
    }

    [[nodiscard]] runner::Counts clear_runs(const runner::Item& item, Duration kept) const {
        return {{"runs_cleared", clear(item, [&](db::Transaction& tx) {
                     const auto old = runner::find_old_runs(tx, m_books.organizer, kept, k_at_once);
                     runner::delete_runs(tx, m_books.organizer, old);
                     return old.size();
                 })}};
    }

    // Some rows a transaction, so that nobody waits for long.
    template <typename F>
    std::int64_t clear(const runner::Item& item, F&& some) const {
        std::int64_t all = 0;
        for (;;) {
            item.require_live();
            if (m_stop()) return all; // what is left is the next run's
            const auto gone = write(some);
            if (gone == 0) return all;
            all += static_cast<std::int64_t>(gone);
        }
    }

    // One that was made before its word was lost will do.
    [[nodiscard]] runner::Counts copy(const runner::Upkeep& upkeep) const {
        return needs_copy(upkeep) ? m_copies.make(upkeep) : runner::Counts{};
    }

    const payout::Desk& m_books;
    std::function<crypto::KeyPair()> m_own_key;
    Copies m_copies;
    std::function<bool()> m_stop;
};

} // namespace

runner::Job housekeeping(const Desk& desk) {
    const auto house = std::make_shared<House>(desk);
    runner::Job job{[house] { return house->plan(); }, [house](runner::Item& item) { house->step(item); }};
    job.foresee = [house](const std::string& item) { return house->foresee(item); };
    return job;
}

} // namespace passa::jobs
