// Database tests run on a real private PostgreSQL: one cluster a run (fsync off, allowed only here), one migrated
// template, one clone a test. sweep() runs every check_*.sql of the house and fails on the first row.
#pragma once
#include "lib/base/clock.hpp"
#include "lib/base/id.hpp"
#include "lib/db/database.hpp"

#include <memory>

namespace passa::test {

class FreshDatabase {
public:
    FreshDatabase();
    ~FreshDatabase();
    FreshDatabase(const FreshDatabase&) = delete;
    FreshDatabase& operator=(const FreshDatabase&) = delete;

    db::Database& app() { return *m_app; }     // as commands see it
    db::Database& owner() { return *m_owner; } // as migrations see it
    [[nodiscard]] std::string target() const;
    OrganizerId add_organizer(std::string_view name);
    std::vector<std::string> broken_laws(OrganizerId organizer); // the checks that found rows, by name
    void sweep(OrganizerId organizer);                           // REQUIREs that there are none

    FixedClock clock;
    SeededRandom random;
    IdSource ids;

private:
    std::string m_name;
    std::unique_ptr<db::Database> m_app;
    std::unique_ptr<db::Database> m_owner;
};

// The folder and target text of the cluster of this test run.
std::string cluster_target(std::string_view database);

} // namespace passa::test
