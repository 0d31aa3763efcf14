// One cluster for the process, thrown away at its end.
#include "tests/support/db_test.hpp"

#include "lib/db/cluster.hpp"
#include "lib/db/migrate.hpp"
#include "tests/support/all_statements.hpp"

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <unistd.h>

namespace passa::test {
namespace {

namespace fs = std::filesystem;
constexpr std::string_view k_template = "passa_template";

class TestCluster {
public:
    TestCluster()
        : m_home(fs::temp_directory_path() / fmt::format("passa-db-tests-{}", getpid())),
          m_cluster(m_home, Duration::zero()) {
        fs::create_directories(m_home);
        fs::permissions(m_home, fs::perms::owner_all | fs::perms::group_exec | fs::perms::others_exec);
        m_cluster.use_settings({"fsync=off", "synchronous_commit=off", "full_page_writes=off"});
        m_cluster.ensure_running();
        admin("CREATE DATABASE " + std::string{k_template});
        db::Database owner{{target(k_template), "passa.tests", ""}};
        db::migrate(owner);
    }
    ~TestCluster() {
        m_cluster.stop();
        const auto folder = m_cluster.folder();
        fs::remove_all(folder);
        fs::remove_all(m_home);
    }
    [[nodiscard]] std::string target(std::string_view database) const {
        auto text = m_cluster.connect_text();
        return text.substr(0, text.rfind("dbname=")) + fmt::format("dbname={}", database);
    }
    void admin(const std::string& sql) const { db::Connection{{target("postgres"), "passa.tests", ""}}.raw(sql); }

private:
    fs::path m_home;
    db::Cluster m_cluster;
};

TestCluster& cluster() {
    static TestCluster one;
    return one;
}

} // namespace

std::string cluster_target(std::string_view database) { return cluster().target(database); }

FreshDatabase::FreshDatabase()
    : clock(parse_instant("2026-11-21T09:00:00Z").value()), random(20261121), ids(clock, random) {
    static std::atomic<int> number{0};
    m_name = fmt::format("passa_test_{}", ++number);
    cluster().admin(fmt::format("CREATE DATABASE {} TEMPLATE {}", m_name, k_template));
    m_app = std::make_unique<db::Database>(db::ConnectOptions{target(), "passa.tests"});
    m_owner = std::make_unique<db::Database>(db::ConnectOptions{target(), "passa.tests", ""});
}

FreshDatabase::~FreshDatabase() {
    m_app.reset();
    m_owner.reset();
    if (std::getenv("PASSA_KEEP_TEST_DB") == nullptr) cluster().admin("DROP DATABASE " + m_name + " WITH (FORCE)");
}

std::string FreshDatabase::target() const { return cluster().target(m_name); }

OrganizerId FreshDatabase::add_organizer(std::string_view name) {
    const auto id = ids.make<OrganizerTag>();
    constexpr db::Statement insert{
        "test.insert_organizer",
        "INSERT INTO organizer (id, name, title, zone, created_at) VALUES ($1, $2, $2, 'Africa/Nairobi', $3)"};
    db::transact(app(), {id}, [&](db::Transaction& tx) { tx.run(insert, id, name, clock.now()); });
    return id;
}

std::vector<std::string> FreshDatabase::broken_laws(OrganizerId organizer) {
    std::vector<std::string> broken;
    for (const auto& statement : all_statements()) {
        if (statement.name.find(".check_") == std::string_view::npos) continue;
        const auto bad =
            db::transact(app(), {organizer}, [&](db::Transaction& tx) { return tx.run(statement).size(); });
        if (bad != 0) broken.emplace_back(statement.name);
    }
    return broken;
}

} // namespace passa::test
