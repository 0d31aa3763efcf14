// The private cluster: a PostgreSQL of passa's own, used when no server is named. Unix socket only, checksums on,
// started when first needed, stopped by itself when nobody has used it for a while.
//
// Every process that uses it holds a shared lock on one file as long as it lives; whoever wants to stop the server
// needs that lock alone. So it is never stopped under anybody, and two processes that start it at once take turns.
#pragma once
#include "lib/base/time.hpp"
#include "lib/db/connection.hpp"

#include <filesystem>
#include <functional>
#include <optional>

namespace passa::db {

class Cluster {
public:
    // `home` is passa's data folder. A path that the server's user cannot reach (root's own folders) is replaced by a
    // folder of the same home under /var/lib/passa. Error db.two_clusters when both hold one. Home and folder know each
    // other then: error db.other_home, when it is needed, for a home that was made again.
    Cluster(const std::filesystem::path& home, Duration idle_stop);
    ~Cluster();
    Cluster(const Cluster&) = delete;
    Cluster& operator=(const Cluster&) = delete;

    // Creates and starts what is missing; the text for libpq. Errors db.cluster_*, each naming the log.
    std::string ensure_running();
    // False when it was not running. Error db.in_use while somebody else uses it.
    bool stop();
    [[nodiscard]] bool exists() const;
    [[nodiscard]] bool is_running() const;
    [[nodiscard]] const std::filesystem::path& folder() const { return m_folder; }
    [[nodiscard]] std::filesystem::path log_file() const { return m_folder / "server.log"; }
    [[nodiscard]] std::string connect_text() const;
    // The program that this process becomes next keeps the server up as long as it runs.
    void keep_up_after_exec() const;
    // Settings that belong to this place and not to the data: a copy of the data does not have them. At the next start.
    void set_own_settings(std::string_view lines) const; // as in postgresql.conf; empty: none
    // A file or folder that the server's user may read and write, and nobody else.
    void hand_over(const std::filesystem::path& path) const;
    // Runs it as the server's user in folder(); its exit status. What it says goes to the log.
    [[nodiscard]] int run_as_server(const std::vector<std::string>& words) const;
    // `fill` puts files into an empty folder that then becomes the data of a cluster that had none: all of it, or none.
    void install(const std::function<void(const std::filesystem::path&)>& fill);
    // Takes the data of another one that stands still.
    void adopt(const Cluster& other);
    // The next start may take so long and is tried once: a server that replays its log.
    void be_patient(Duration how_long) { m_patience = how_long; }
    // Asked of data from before that, when the home is younger: are these books this home's?
    void recognise_by(std::function<bool(const std::string& target)> is_own) { m_recognise = std::move(is_own); }
    // For tests alone: settings of the server, such as fsync=off.
    void use_settings(std::vector<std::string> settings) { m_settings = std::move(settings); }

private:
    static constexpr std::string_view k_user = "passa"; // superuser, mapped from the system users who may use it
    [[nodiscard]] bool is_elsewhere() const;            // not in its home
    void claim() const;
    void require_own() const;
    void recognise_home() const;
    [[noreturn]] void refuse_other_home() const;
    void bring_up();
    void create();
    void write_settings(const std::filesystem::path& data) const;
    void complete_settings() const; // of data that an earlier build made
    [[nodiscard]] std::filesystem::path make_fresh();
    void start();
    void watch() const;
    void stop_when_idle() const;
    [[nodiscard]] bool has_sessions() const;
    [[nodiscard]] int open_lock(const char* name) const;
    [[nodiscard]] std::filesystem::path find_programs_of_cluster() const; // error db.cluster_version
    [[nodiscard]] bool stop_server() const;
    std::filesystem::path m_home;
    std::function<bool(const std::string&)> m_recognise;
    std::filesystem::path m_folder;  // data/, server.log, lock
    std::filesystem::path m_sockets; // short: a socket path has 107 bytes at most
    Duration m_idle_stop;
    std::vector<std::string> m_settings;
    std::optional<Duration> m_patience;
    int m_lock = -1;
};

} // namespace passa::db
