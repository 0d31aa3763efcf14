// Builds the Context: services are put together here, and nowhere else.
#include "cli/context.hpp"
#include "cli/db/restoring.hpp"
#include "cli/environment.hpp"
#include "lib/base/text.hpp"
#include "lib/base/time.hpp"
#include "lib/catalog/read.hpp"
#include "lib/crypto/keystore.hpp"
#include "lib/db/migrate.hpp"
#include "lib/log/log.hpp"

#include <algorithm>

namespace passa::cli {

namespace fs = std::filesystem;

namespace {

std::unique_ptr<Clock> make_clock() {
#ifdef PASSA_FAULTS // test builds only: nobody moves the clock of a release
    if (const auto now = environment("PASSA_NOW"))
        return std::make_unique<FixedClock>(parse_instant(*now).value_or_throw());
#endif
    return std::make_unique<SystemClock>();
}

// Lines for people only where one looks at them.
log::Options log_options(const config::Settings& settings, bool verbose, const out::Terminal& terminal) {
    log::Options options{verbose ? log::Level::info : log::Level::off, {}};
    if (const auto level = settings.find(config::Key::log)) options.level = log::parse_level(*level).value_or_throw();
    if (const auto file = settings.find(config::Key::log_file)) options.file = *file;
    const bool is_read_live = terminal.stderr_is_tty && !options.file;
    options.format = is_read_live ? log::Format::text : log::Format::json;
    if (const auto format = settings.find(config::Key::log_format))
        options.format = log::parse_format(*format).value_or_throw();
    return options;
}

// Nobody's books yet, or those whose money one of these keys moves.
bool holds_key_of(const crypto::Keystore& keys, const std::string& target) {
    db::Database books{{target, "passa.owner", ""}};
    if (db::migration_status(books).applied == 0) return true;
    if (db::transact(books, {.read_only = true}, catalog::load_organizers).empty()) return true;
    const auto accounts = db::transact(books, {.read_only = true}, catalog::load_treasury_accounts);
    const auto names = keys.names();
    return std::any_of(names.begin(), names.end(), [&](const std::string& name) {
        const auto key = keys.read(name);
        return key && std::find(accounts.begin(), accounts.end(), key->account) != accounts.end();
    });
}

Error unknown_organizer(const std::string& wanted, const std::vector<std::string>& names) {
    const auto near = nearest_names(wanted, names);
    return Error{
        {Kind::not_found, "organizer.unknown", fmt::format("there is no organizer {}", printable(wanted, 60)),
         near.empty() ? "organizers are: " + join(names, ", ") : fmt::format("did you mean {}?", near.front())}};
}

} // namespace

Context::Context(Call call, config::Settings settings)
    : m_globals(std::move(call.globals)), m_settings(std::move(settings)), m_command(call.command),
      m_registry(call.registry), m_terminal(out::find_terminal(colour_of(m_settings))), m_clock(make_clock()),
      m_ids(*m_clock, m_random) {
    log::start(log_options(m_settings, m_globals.verbose, m_terminal));
    for (const auto& warning : m_settings.warnings()) note("warning: " + warning);
}

fs::path Context::home() const {
    if (auto home = m_settings.find(config::Key::home)) return *home;
    throw Error{{Kind::configuration, "config.no_home", "there is no place for passa's data: HOME is not set",
                 "set PASSA_HOME to a folder"}};
}

std::optional<std::string> Context::db_server() const { return m_settings.find(config::Key::db); }
std::optional<std::string> Context::chosen_organizer() const { return m_settings.find(config::Key::organizer); }
std::optional<std::string> Context::chosen_network() const { return m_settings.find(config::Key::network); }
std::string Context::actor() const { return m_settings.find(config::Key::actor).value_or(""); }

db::Cluster& Context::cluster() {
    if (!m_cluster) {
        const auto idle_stop = parse_duration(m_settings.find(config::Key::idle_stop).value_or("10m")).value_or_throw();
        m_cluster = std::make_unique<db::Cluster>(home(), idle_stop);
        m_cluster->recognise_by([keys = home() / "keys"](const std::string& target) {
            return holds_key_of(crypto::Keystore{keys}, target);
        });
    }
    return *m_cluster;
}

std::string Context::database_target() {
    if (const auto server = db_server()) return *server;
    require_restored(home(), cluster().exists());
    return cluster().ensure_running();
}

std::string Context::own_log() { return db_server() ? "" : cluster().log_file().string(); }

db::Database& Context::db_owner() {
    if (!m_db_owner) {
        const auto target = database_target();
        m_db_owner = std::make_unique<db::Database>(db::ConnectOptions{target, "passa.owner", "", own_log()});
    }
    return *m_db_owner;
}

void Context::forget_database() {
    m_db.reset();
    m_db_owner.reset();
}

db::Database& Context::db() {
    if (m_db) return *m_db;
    auto name = "passa." + m_command.path;
    std::replace(name.begin(), name.end(), ' ', '.');
    const auto target = database_target();
    // One connection first looks as the owner, then works as the application: opening a second one costs more than most
    // commands do.
    auto database = std::make_unique<db::Database>(db::ConnectOptions{target, name, "", own_log()});
    if (!db::migration_status(*database).pending.empty()) {
        if (db_server())
            throw Error{
                {Kind::configuration, "db.not_migrated", "the database needs migrations", "run: passa db migrate"}};
        db::migrate(*database); // our own database: kept up to date without asking
    }
    database->take_role(db::k_application_role);
    m_db = std::move(database);
    log::info("db", "{}", db_server() ? "the server that was named" : "private, in " + cluster().folder().string());
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
    if (names.empty())
        throw Error{{Kind::not_found, "organizer.none", "there is no organizer yet",
                     "passa init DIR makes a project to begin with; passa apply DIR/manifests declares what it says"}};
    if (!found && wanted) throw unknown_organizer(*wanted, names);
    if (!found)
        throw Error{{Kind::usage, "organizer.which", fmt::format("there are several organizers: {}", join(names, ", ")),
                     "choose one with --organizer NAME, PASSA_ORGANIZER, or organizer in passa.yaml"}};
    log::info("organizer", "{}", wanted.value_or(names.front()));
    return *(m_organizer = found);
}

} // namespace passa::cli
