// Asking Stellar RPC servers: several endpoints, of which one answers.
//
// Before an endpoint is believed it must name the passphrase of the network that is meant; one that names another is
// never used. A question that fails on the way is asked at the next endpoint; a sending only when no byte of it left.
#pragma once
#include "lib/base/clock.hpp"
#include "lib/http/poster.hpp"
#include "lib/stellar/network_id.hpp"
#include "lib/stellar/rpc/answers.hpp"
#include "lib/stellar/rpc/contract_answers.hpp"

namespace passa::stellar::rpc {

struct Servers {
    std::string network;         // its name, for people
    std::string passphrase = {}; // what every endpoint must answer to
    std::vector<http::Url> endpoints = {};
    std::string friendbot = {}; // where test accounts are funded; empty: ask the server
    http::Limits limits = {};
    Duration most_behind = std::chrono::seconds{60}; // an endpoint whose newest ledger is older comes last
};

struct EndpointReport { // for `network health`
    std::string origin;
    std::optional<Problem> problem; // empty: it answers, for the right network
    std::optional<Network> network;
    std::optional<Health> health;
    std::optional<Duration> behind; // age of the newest ledger by our clock
    std::optional<Duration> ahead;  // when that ledger was closed later than now: our clock is late
    Duration took{};
};

template <typename T>
struct Heard { // an answer with its bytes and who gave it, for evidence
    T answer;
    std::string body;
    std::string origin;
};

// What is asked: method and parameters as JSON text.
struct Call {
    std::string_view method;
    std::string params; // an object; empty: none
    bool sends = false; // true: never asked twice
};

// One endpoint by its place, and no other: where what each says by itself matters. None: whoever answers.
using Whom = std::optional<std::size_t>;

// Errors of all: those of parse.hpp; rpc.unreachable (proof that nothing was sent), rpc.no_answer (it may have been
// heard), rpc.too_large, rpc.busy, rpc.timeout, rpc.http, rpc.unauthorised, rpc.wrong_network.
class Client {
public:
    Client(http::Poster& poster, Clock& clock, Servers servers);

    [[nodiscard]] const std::string& network_name() const { return m_servers.network; }
    [[nodiscard]] const NetworkId& network_id() const { return m_network_id; }
    [[nodiscard]] Clock& clock() { return m_clock; }
    [[nodiscard]] const Servers& servers() const { return m_servers; }
    [[nodiscard]] http::Poster& poster() { return m_poster; }
    [[nodiscard]] std::size_t endpoints() const { return m_seats.size(); }
    // Found out when it was asked: what it says is nothing to us.
    [[nodiscard]] bool is_of_another_network(std::size_t endpoint) const {
        return m_seats.at(endpoint).refused.has_value();
    }
    [[nodiscard]] const std::string& origin(std::size_t endpoint) const { return m_seats.at(endpoint).url.origin; }

    Result<Health> get_health();
    Result<Network> get_network();
    Result<LatestLedger> get_latest_ledger();
    Result<FeeStats> get_fee_stats();
    // Any number of keys, asked 200 at a time.
    Result<Entries> get_entries(const std::vector<std::string>& keys, Whom whom = {});
    Result<Heard<TransactionAnswer>> get_transaction(const std::string& hash, Whom whom = {});
    Result<TransactionPage> get_transactions(std::uint32_t from_ledger, std::size_t limit,
                                             Whom whom = {}); // at most 200
    Result<TransactionPage> get_transactions(const std::string& cursor, std::size_t limit, Whom whom = {});
    Result<LedgerPage> get_ledgers(std::uint32_t from_ledger, std::size_t limit);
    Result<Simulated> simulate(const SimulationQuestion& question, Whom whom = {});
    Result<EventPage> get_events(const EventQuestion& question, Whom whom = {});
    Result<Heard<Sent>> send_transaction(const std::string& envelope);

    // Every endpoint asked by itself, for people to look at.
    std::vector<EndpointReport> look();

private:
    struct Seat {
        http::Url url;
        bool known_good = false;             // it named our passphrase
        std::optional<Problem> refused = {}; // it named another: for ever
        bool behind = false;
        Instant looked_at{}; // when that was found out
        Instant rests_until{};
        Instant wanted_rest{};              // until when it asked not to be asked: Retry-After
        std::optional<Problem> failed = {}; // why it rests
    };
    struct Trial { // one endpoint's reply
        std::optional<Problem> problem;
        std::string body;
        bool sent = false;
    };
    struct Round { // one question's way round the endpoints
        std::vector<const Seat*> used = {};
        std::optional<Problem> last = {};
        bool sent = false;
    };
    Seat* best_unused(const Round& round);
    Seat* choose(Round& round); // null: none is left
    void give_up(Round& round, Seat& seat, const Problem& problem);
    void rest(Seat& seat, const Problem& problem);
    Trial post(Seat& seat, const Call& call);
    template <typename T>
    using Parse = Result<T> (*)(std::string_view body);
    template <typename T>
    Result<Heard<T>> hear(Seat& seat, const Call& call, Parse<T> parse, bool& sent);
    std::optional<Problem> admit(Seat& seat);
    bool is_behind(Seat& seat);
    std::optional<Instant> find_newest_close(Seat& seat, const Health& health);
    template <typename T>
    Result<Heard<T>> ask(const Call& call, Parse<T> parse, Whom whom = {});
    template <typename T>
    Result<Heard<T>> ask_one(Seat& seat, const Call& call, Parse<T> parse);
    template <typename T>
    Result<T> ask_plain(const Call& call, Parse<T> parse, Whom whom = {});
    EndpointReport look_at(Seat& seat);

    http::Poster& m_poster;
    Clock& m_clock;
    Servers m_servers;
    NetworkId m_network_id;
    std::vector<Seat> m_seats;
    std::size_t m_first = 0; // the last that answered
};

} // namespace passa::stellar::rpc
