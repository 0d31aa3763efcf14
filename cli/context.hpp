// What a command may use. Services are built when first asked for, so that `--version` touches nothing.
#pragma once
#include "cli/out/confirm.hpp"
#include "cli/payers.hpp"
#include "cli/rail_wish.hpp"
#include "cli/spec/globals.hpp"
#include "cli/stop.hpp"
#include "lib/base/clock.hpp"
#include "lib/base/id.hpp"
#include "lib/config/settings.hpp"
#include "lib/db/cluster.hpp"
#include "lib/db/database.hpp"
#include "lib/rail/rail.hpp"

#include <filesystem>
#include <memory>
#include <vector>

namespace passa::catalog {
struct Network;
}
namespace passa::stellar {
class Signer;
}
namespace passa::stellar::rpc {
class Client;
struct Servers;
} // namespace passa::stellar::rpc

namespace passa::cli {

class Context {
public:
    struct Call {
        Globals globals;
        const Command& command;
        const std::vector<const Command*>& registry;
    };
    Context(Call call, config::Settings settings);

    Clock& clock() { return *m_clock; }
    Random& random() { return m_random; }
    IdSource& ids() { return m_ids; }
    [[nodiscard]] const Globals& globals() const { return m_globals; }
    [[nodiscard]] const out::Terminal& terminal() const { return m_terminal; }
    [[nodiscard]] const std::vector<const Command*>& registry() const { return m_registry; }

    // Settings, whoever gave them: flags, PASSA_* variables, passa.yaml, the user's file (lib/config/setting.cpp).
    [[nodiscard]] const config::Settings& settings() const { return m_settings; }
    [[nodiscard]] std::filesystem::path home() const; // passa's data folder. Error config.no_home
    [[nodiscard]] std::optional<std::string> db_server() const;
    [[nodiscard]] std::optional<std::string> chosen_organizer() const;
    [[nodiscard]] std::optional<std::string> chosen_network() const;
    [[nodiscard]] std::string actor() const; // who acts
    db::Cluster& cluster();
    db::Database& db();            // as passa_app; migrated, else Error db.not_migrated
    db::Database& db_owner();      // for migrations
    std::string database_target(); // for libpq; the private one is started. Errors db.restore_cut, db.cluster_*
    void forget_database();        // no connection is left; the next use opens one
    OrganizerId organizer();       // Errors organizer.unknown, organizer.which, organizer.none

    // cli/network.cpp. A declared Network, or one that everybody knows; PASSA_RPC_URL overrides its servers. Errors
    // network.unknown, network.no_endpoint, network.passphrase, http.url, http.plain.
    stellar::rpc::Servers network(const std::string& name);
    std::vector<std::string> declared_networks(); // by name
    std::vector<std::string> networks_in_use();   // those and the treasuries', by name
    // Each answer is waited for as long as the setting rpc_timeout says, or `at_most`. Error localnet.stopped, too.
    std::unique_ptr<stellar::rpc::Client> make_rpc(const std::string& network, std::optional<Duration> at_most = {});
    // What was named as the network must be where the money is: asked first of all by what moves money from somewhere.
    // `named` is a --network of the command's own. Errors cli.other_network for that or its setting, cli.yes_elsewhere.
    void require_network(const std::string& network, std::string_view holder,
                         const std::optional<std::string>& named = {}) const;
    // Errors treasury.unknown, treasury.rail, treasury.network, treasury.key, key.*, and those of network().
    std::unique_ptr<rail::Rail> make_rail(const RailWish& wish); // lives no longer than this Context
    static rail::FindFault find_fault();                         // of the rails there are
    std::unique_ptr<stellar::Signer> unlock(const std::string& key, const out::PassphraseSource& source);
    http::Poster& poster();

    // One transaction in the organizer's scope.
    template <typename F>
    auto write(F&& fn) {
        return db::transact(db(), {.organizer = organizer(), .what = m_command.path}, std::forward<F>(fn));
    }
    template <typename F>
    auto read(F&& fn) {
        return db::transact(db(), {organizer(), db::Isolation::repeatable_read, true}, std::forward<F>(fn));
    }
    // The same as write(), rolled back at the end: what a dry run shows is what would happen.
    template <typename F>
    auto rehearse(F&& fn) {
        using Outcome = decltype(fn(std::declval<db::Transaction&>()));
        std::optional<Outcome> outcome;
        auto& connection = db().connection();
        connection.begin({organizer()});
        db::Transaction tx{connection};
        try {
            outcome.emplace(fn(tx));
        } catch (const Error& error) {
            connection.rollback();
            db::give_up(db(), error);
        } catch (...) { // rethrown: only the transaction must not stay open
            connection.rollback();
            throw;
        }
        connection.rollback();
        return std::move(*outcome);
    }

    // Of the format asked for: JSON in either form; a form that tools read, so that nothing else may stand beside it.
    [[nodiscard]] bool is_json() const { return format() == Format::json || format() == Format::jsonl; }
    [[nodiscard]] bool is_for_tools() const { return is_json() || format() == Format::csv; }
    // Results, to stdout, in the format asked for; the schema in JSON is passa.<command>.v1.
    void show(const out::Record& record);
    void list(const std::vector<out::Column>& columns, const out::Records& records);
    void list_as(Format format, const std::vector<out::Column>& columns, const out::Records& records);
    void list_pages(const std::vector<out::Column>& columns, const std::function<out::Records()>& next); // till none
    void list_page(Format format, const out::Records& records, bool is_first, // a part: csv, jsonl, or lines
                   const std::vector<out::Column>& columns = {});
    void document(const std::string& key, const std::string& text); // text for people or files; a field of JSON
    void text(std::string_view text);                               // as it is: help, a schema
    void note(std::string_view text);                               // to stderr, unless --quiet

    // Shows the plan and gets consent. False for a dry run: then nothing may be done. Errors: out/confirm.hpp.
    bool may_move(const out::Plan& plan);
    // Asked between items by commands that can stop there; the first call takes over Ctrl-C.
    Stop& stop();

private:
    bool may_have_declared(bool known);
    std::optional<catalog::Network> find_declared_network(const std::string& name);
    [[nodiscard]] std::string schema() const;
    std::string own_log(); // of the private server; empty: another one was named
    [[nodiscard]] Format format() const;
    Globals m_globals;
    config::Settings m_settings;
    const Command& m_command;
    const std::vector<const Command*>& m_registry;
    out::Terminal m_terminal;
    std::unique_ptr<Clock> m_clock;
    SystemRandom m_random;
    IdSource m_ids;
    std::unique_ptr<db::Cluster> m_cluster;
    std::unique_ptr<db::Database> m_db;
    std::unique_ptr<db::Database> m_db_owner;
    std::optional<OrganizerId> m_organizer;
    Payers m_payers;
    std::optional<Stop> m_stop;
};

} // namespace passa::cli
