// Builds the Context: the one place where the environment is read and services are put together.
#include "cli/context.hpp"
#include "lib/base/text.hpp"
#include "lib/catalog/read.hpp"
#include "lib/db/migrate.hpp"

#include <algorithm>
#include <cstdlib>
#include <pwd.h>
#include <unistd.h>

namespace passa::cli {

namespace fs = std::filesystem;

namespace {

constexpr Duration k_idle_stop = std::chrono::minutes{10};

std::optional<std::string> environment(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr || *value == '\0' ? std::nullopt : std::optional<std::string>{value};
}

std::unique_ptr<Clock> make_clock() {
#ifdef PASSA_FAULTS // test builds only: nobody moves the clock of a release
    if (const auto now = environment("PASSA_NOW"))
        return std::make_unique<FixedClock>(parse_instant(*now).value_or_throw());
#endif
    return std::make_unique<SystemClock>();
}

Error unknown_organizer(const std::string& wanted, const std::vector<std::string>& names) {
    const auto near = nearest_names(wanted, names);
    return Error{{Kind::not_found, "organizer.unknown", fmt::format("there is no organizer {}", printable(wanted, 60)),
                  near.empty() ? "see them with: passa get organizer" : fmt::format("did you mean {}?", near.front())}};
}

// Words of a command line are seen by everybody on the machine.
void refuse_password(const std::string& target) {
    const auto at = target.find('@');
    const auto scheme = target.find("://");
    const bool in_url = scheme != std::string::npos && at != std::string::npos && target.find(':', scheme + 3) < at;
    if (in_url || target.find("password") != std::string::npos)
        throw Error{{Kind::usage, "config.secret_in_argv",
                     "a password on the command line can be read by every user of this machine",
                     "put it into a password file (PGPASSFILE or ~/.pgpass) and leave it out of --db"}};
}

} // namespace

Context::Context(Globals globals, const Command& command, const std::vector<const Command*>& registry)
    : m_globals(std::move(globals)), m_command(command), m_registry(registry),
      m_terminal(out::find_terminal(m_globals.no_color)), m_clock(make_clock()), m_ids(*m_clock, m_random) {}

fs::path Context::home() const {
    if (const auto home = environment("PASSA_HOME")) return *home;
    if (const auto data = environment("XDG_DATA_HOME")) return fs::path{*data} / "passa";
    if (const auto home = environment("HOME")) return fs::path{*home} / ".local/share/passa";
    throw Error{{Kind::configuration, "config.no_home", "there is no place for passa's data: HOME is not set",
                 "set PASSA_HOME to a folder"}};
}

std::optional<std::string> Context::db_server() const {
    if (m_globals.db) return refuse_password(*m_globals.db), m_globals.db;
    return environment("PASSA_DB");
}

std::optional<std::string> Context::chosen_organizer() const {
    return m_globals.organizer ? m_globals.organizer : environment("PASSA_ORGANIZER");
}

std::string Context::actor() const {
    if (const auto actor = environment("PASSA_ACTOR")) return *actor;
    const auto* user = getpwuid(geteuid());
    return user == nullptr ? std::to_string(geteuid()) : user->pw_name;
}

db::Cluster& Context::cluster() {
    if (!m_cluster) m_cluster = std::make_unique<db::Cluster>(home(), k_idle_stop);
    return *m_cluster;
}

db::Database& Context::db_owner() {
    if (!m_db_owner) {
        const auto target = db_server() ? *db_server() : cluster().ensure_running();
        m_db_owner = std::make_unique<db::Database>(db::ConnectOptions{target, "passa.owner", ""});
    }
    return *m_db_owner;
}

db::Database& Context::db() {
    if (m_db) return *m_db;
    auto name = "passa." + m_command.path;
    std::replace(name.begin(), name.end(), ' ', '.');
    if (db_server()) {
        if (!db::migration_status(db_owner()).pending.empty())
            throw Error{
                {Kind::configuration, "db.not_migrated", "the database needs migrations", "run: passa db migrate"}};
        m_db = std::make_unique<db::Database>(db::ConnectOptions{*db_server(), name});
    } else {
        const auto target = cluster().ensure_running();
        db::migrate(db_owner()); // our own database: kept up to date without asking
        m_db = std::make_unique<db::Database>(db::ConnectOptions{target, name});
    }
    m_db_owner.reset();
    detail(db_server() ? "database: the server that was named"
                       : "database: private, in " + cluster().folder().string());
    return *m_db;
}

OrganizerId Context::organizer() {
    if (m_organizer) return *m_organizer;
    const auto wanted = chosen_organizer();
    std::vector<std::string> names;
    std::optional<OrganizerId> found;
    const auto all = db::transact(db(), {.read_only = true}, catalog::load_organizers);
    for (const auto& organizer : all) {
        names.push_back(organizer.name);
        if (wanted ? organizer.name == *wanted : all.size() == 1) found = organizer.id;
    }
    if (!found && wanted) throw unknown_organizer(*wanted, names);
    if (!found && names.empty())
        throw Error{{Kind::not_found, "organizer.none", "there is no organizer yet",
                     "apply a manifest of kind Organizer: passa apply -f FILE"}};
    if (!found)
        throw Error{{Kind::usage, "organizer.which", fmt::format("there are several organizers: {}", join(names, ", ")),
                     "choose one with --organizer NAME or PASSA_ORGANIZER"}};
    detail(fmt::format("organizer: {}", wanted.value_or(names.front())));
    return *(m_organizer = found);
}

} // namespace passa::cli
