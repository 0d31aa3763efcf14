// The local network of a data folder: at most one, its state, journal and log in <home>/localnet.
#pragma once
#include "cli/localnet/process.hpp"
#include "cli/out/value.hpp"
#include "lib/stellar/rpc/client.hpp"

#include <optional>

namespace passa::cli::localnet {

inline constexpr std::string_view k_name = "standalone"; // what commands know it by

struct Running {
    Process process;
    std::string rpc;
    std::string friendbot;
    std::string passphrase;
};

struct Wanted {
    std::optional<std::int64_t> port; // 0: any free one; default 8000
    Duration close_every = std::chrono::seconds{1};
    std::optional<std::filesystem::path> limits = std::nullopt; // a file of settings in place of mainnet's
};

// Errors localnet.port, localnet.pace for what no network can do.
Wanted read_wanted(std::optional<std::int64_t> port, std::optional<Duration> close_every);

class Network {
public:
    explicit Network(const std::filesystem::path& home) : m_folder(home / "localnet") {}

    [[nodiscard]] const std::filesystem::path& folder() const { return m_folder; }
    [[nodiscard]] std::optional<Running> find_running() const;
    [[nodiscard]] bool was_started() const; // ever, in this data folder

    // Starts it unless it runs, and waits until it answers. Two at once start one. Errors localnet.other_port,
    // localnet.running when it would need other limits, localnet.start, localnet.not_built, localnet.program.
    Running start(const Wanted& wanted) const;

    // Becomes the network: ends when it ends. Error localnet.running when it runs already.
    [[noreturn]] void become(const Wanted& wanted) const;

    // Nothing when it did not run.
    [[nodiscard]] std::optional<Ending> stop() const;

    // Forgets every account and ledger. The network must not run.
    void drop_state() const;

private:
    [[nodiscard]] int lock() const;
    [[nodiscard]] std::vector<std::string> command(const Wanted& wanted) const;
    [[nodiscard]] Running wait_for(pid_t child) const;
    [[nodiscard]] std::filesystem::path announcement() const { return m_folder / "running.json"; }
    [[nodiscard]] std::filesystem::path log() const { return m_folder / "log"; }
    [[nodiscard]] std::filesystem::path state() const { return m_folder / "state"; }
    std::filesystem::path m_folder;
};

out::Record as_record(const Running& running);

// To ask the one that runs. Error localnet.not_running.
stellar::rpc::Servers servers_of(const Network& network);

} // namespace passa::cli::localnet
