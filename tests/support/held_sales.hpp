// A transaction that holds the lock on the sales of an event, on a connection of its own, and lets go however a test
// ends: declared behind the std::future of whoever waits for it, it goes first, and nobody waits for ever.
#pragma once
#include "lib/ledger/account.hpp"
#include "tests/support/db_test.hpp"

#include <chrono>
#include <future>
#include <thread>

namespace passa::test {

class HeldSales {
public:
    // lock: pg_advisory_xact_lock as a settlement takes it, pg_advisory_xact_lock_shared as an import does.
    HeldSales(FreshDatabase& db, std::string_view lock, OrganizerId organizer, EventId event)
        : m_held{{db.target(), "passa.tests", ""}}, m_look{{db.target(), "passa.tests", ""}} {
        run("BEGIN");
        run(fmt::format("SELECT {}(passa_sales_key('{}', '{}'))", lock, organizer.uuid(), event.uuid()));
    }
    ~HeldSales() {
        if (m_is_open) m_held.raw("ROLLBACK");
    }
    HeldSales(const HeldSales&) = delete;
    HeldSales& operator=(const HeldSales&) = delete;

    void run(std::string_view sql) { m_held.raw(sql); }
    std::string value(const std::string& sql) { // as everybody else sees it
        return m_look.raw("SELECT (" + sql + ")::text AS v").one().get<std::string>("v");
    }
    void commit() {
        run("COMMIT");
        m_is_open = false;
    }

    // True as soon as somebody in this database waits for it; false when `who` came to an end without, or after a
    // minute.
    template <class T>
    bool is_awaited_by(const std::future<T>& who) {
        constexpr int k_most_looks = 6000;
        for (int look = 0; look < k_most_looks; ++look) {
            if (!m_look
                     .raw("SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND database = "
                          "(SELECT oid FROM pg_database WHERE datname = current_database())")
                     .empty())
                return true;
            if (who.wait_for(std::chrono::milliseconds{10}) == std::future_status::ready) return false;
        }
        return false;
    }

private:
    db::Connection m_held;
    db::Connection m_look;
    bool m_is_open = true;
};

} // namespace passa::test
