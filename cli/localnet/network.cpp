// Finds, starts and stops the one network of a data folder. The network announces itself in a file when it listens and
// has its first ledger; that file and the process it names are the truth.
#include "cli/localnet/network.hpp"

#include "cli/localnet/program.hpp"
#include "lib/base/error.hpp"

#include <nlohmann/json.hpp>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <sys/file.h>
#include <thread>
#include <unistd.h>

namespace passa::cli::localnet {

namespace fs = std::filesystem;

namespace {

constexpr std::int64_t k_default_port = 8000;
constexpr std::chrono::seconds k_start_limit{30}; // reading a week of ledgers takes a few
constexpr std::chrono::seconds k_stop_patience{10};
constexpr std::chrono::milliseconds k_look_again{20};

class Lock {
public:
    explicit Lock(int fd) : m_fd(fd) {}
    Lock(const Lock&) = delete;
    Lock& operator=(const Lock&) = delete;
    ~Lock() { close(m_fd); }

private:
    int m_fd;
};

std::string last_line(const fs::path& path) {
    std::ifstream file{path};
    std::string last;
    for (std::string line; std::getline(file, line);)
        if (!line.empty()) last = line;
    return last;
}

bool ends_with_port(const std::string& url, std::int64_t port) {
    const auto colon = url.rfind(':');
    return colon != std::string::npos && url.substr(colon + 1) == std::to_string(port);
}

Error died(const fs::path& log) {
    auto why = last_line(log);
    if (constexpr std::string_view k_prefix = "localnet: "; why.starts_with(k_prefix))
        why = why.substr(k_prefix.size());
    return Error{{Kind::unavailable, "localnet.start", fmt::format("the local network did not start: {}", why),
                  fmt::format("see {}; another port: --port N, 0 for any free one", log.string())}};
}

Error runs_already(const Running& running) {
    return Error{{Kind::conflict, "localnet.running", fmt::format("the local network runs already, at {}", running.rpc),
                  "passa localnet down"}};
}

void check_fits(const Running& running, const Wanted& wanted) {
    if (wanted.limits) throw runs_already(running); // it reads them when it starts
    if (!wanted.port || *wanted.port == 0 || ends_with_port(running.rpc, *wanted.port)) return;
    throw Error{{Kind::conflict, "localnet.other_port",
                 fmt::format("the local network runs already, at {}", running.rpc), "passa localnet down"}};
}

} // namespace

Wanted read_wanted(std::optional<std::int64_t> port, std::optional<Duration> close_every) {
    if (port && (*port < 0 || *port > 65535))
        throw Error{{Kind::usage, "localnet.port", fmt::format("there is no port {}", *port),
                     "a number from 1 to 65535, 0 for any free one"}};
    const auto every = close_every.value_or(std::chrono::seconds{1});
    // Close times are whole seconds.
    if (every < std::chrono::seconds{1} || every > std::chrono::hours{1} ||
        every % std::chrono::seconds{1} != Duration::zero())
        throw Error{{Kind::usage, "localnet.pace", "ledgers close every whole number of seconds, from 1s to 1h",
                     "--close-every 5s"}};
    return {.port = port, .close_every = every};
}

std::optional<Running> Network::find_running() const {
    std::ifstream file{announcement()};
    if (!file) return std::nullopt;
    const auto told = nlohmann::json::parse(file, nullptr, false);
    if (!told.is_object()) return std::nullopt;
    const auto text = [&](const char* name) {
        const auto found = told.find(name);
        return found != told.end() && found->is_string() ? found->get<std::string>() : std::string{};
    };
    const auto number = [&](const char* name) {
        const auto found = told.find(name);
        return found != told.end() && found->is_number_integer() ? found->get<std::int64_t>() : 0;
    };
    const Running running{
        {static_cast<pid_t>(number("pid")), number("started")}, text("rpc"), text("friendbot"), text("passphrase")};
    return is_alive(running.process) ? std::optional{running} : std::nullopt;
}

bool Network::was_started() const { return fs::exists(m_folder); }

Running Network::start(const Wanted& wanted) const {
    const Lock only_us{lock()};
    if (const auto running = find_running()) return check_fits(*running, wanted), *running;
    return wait_for(start_in_background(command(wanted), log()));
}

void Network::become(const Wanted& wanted) const {
    const auto words = command(wanted);
    const Lock only_us{lock()}; // the program that we become opens its own
    if (const auto running = find_running()) throw runs_already(*running);
    localnet::become(words);
}

std::optional<Ending> Network::stop() const {
    if (!fs::exists(m_folder)) return std::nullopt;
    const Lock only_us{lock()};
    const auto running = find_running();
    if (!running) return std::nullopt;
    const auto ending = localnet::stop(running->process, k_stop_patience);
    fs::remove(announcement()); // a killed one could not
    return ending;
}

void Network::drop_state() const {
    if (!fs::exists(m_folder)) return;
    const Lock only_us{lock()};
    fs::remove_all(state());
}

int Network::lock() const {
    std::error_code failure;
    fs::create_directories(m_folder, failure);
    const int fd = open((m_folder / "lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd >= 0 && flock(fd, LOCK_EX) == 0) return fd;
    throw Error{{Kind::configuration, "localnet.folder",
                 fmt::format("cannot use {}: {}", m_folder.string(), std::strerror(errno)),
                 "set PASSA_HOME to a folder you may write to"}};
}

std::vector<std::string> Network::command(const Wanted& wanted) const {
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(wanted.close_every).count();
    std::vector<std::string> words{find_program().string(),
                                   "--port",
                                   std::to_string(wanted.port.value_or(k_default_port)),
                                   "--close-every",
                                   fmt::format("{}s", seconds),
                                   "--data",
                                   state().string(),
                                   "--announce",
                                   announcement().string()};
    if (wanted.limits) words.insert(words.end(), {"--limits", wanted.limits->string()});
    return words;
}

Running Network::wait_for(pid_t child) const {
    const auto end = std::chrono::steady_clock::now() + k_start_limit;
    while (!has_ended(child)) {
        if (const auto running = find_running(); running && running->process.pid == child) return *running;
        if (std::chrono::steady_clock::now() >= end) {
            kill(child, SIGKILL);
            throw Error{{Kind::unavailable, "localnet.start",
                         fmt::format("the local network was not ready within {} s", k_start_limit.count()),
                         fmt::format("see {}", log().string())}};
        }
        std::this_thread::sleep_for(k_look_again);
    }
    throw died(log());
}

out::Record as_record(const Running& running) {
    return {{"state", "running"},
            {"rpc", running.rpc},
            {"passphrase", running.passphrase},
            {"friendbot", running.friendbot},
            {"pid", static_cast<std::int64_t>(running.process.pid)}};
}

stellar::rpc::Servers servers_of(const Network& network) {
    const auto running = network.find_running();
    if (!running)
        throw Error{
            {Kind::busy, "localnet.not_running", "the local network does not run", "start it: passa localnet up"}};
    return {.network = std::string{k_name},
            .passphrase = running->passphrase,
            .endpoints = {http::parse_url(running->rpc).value_or_throw()}};
}

} // namespace passa::cli::localnet
