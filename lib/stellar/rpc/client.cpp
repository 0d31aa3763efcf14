// One question goes round the endpoints until one has answered.
#include "lib/stellar/rpc/client.hpp"

#include "lib/base/fault.hpp"
#include "lib/base/text.hpp"
#include "lib/stellar/rpc/parse.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace passa::stellar::rpc {
namespace {

using Json = nlohmann::json;

constexpr Duration k_rest_after_failure = std::chrono::seconds{30};
constexpr Duration k_longest_rest = std::chrono::minutes{5}; // whatever a server asks for
constexpr Duration k_look_again = std::chrono::seconds{60};
constexpr std::size_t k_keys_per_call = 200; // the server's limit

std::string request_body(const Call& call) {
    Json request{{"jsonrpc", "2.0"}, {"id", 1}, {"method", std::string{call.method}}};
    if (!call.params.empty()) request["params"] = Json::parse(call.params);
    return request.dump();
}

std::string look_hint(const std::string& network) {
    return fmt::format("check its servers: passa network health {}", printable(network, 40));
}

Problem no_answer_problem(const http::Url& url, const std::string& network, const http::NoAnswer& none) {
    const auto origin = printable(url.origin, 100);
    if (!none.sent)
        return {Kind::unavailable, "rpc.unreachable", fmt::format("{} cannot be reached: {}", origin, none.reason),
                look_hint(network)};
    if (none.failure == http::Failure::too_large)
        return {Kind::unavailable, "rpc.too_large", fmt::format("{}: {}", origin, none.reason), ""};
    return {Kind::unavailable, "rpc.no_answer", fmt::format("{} did not answer: {}", origin, none.reason),
            "try again in a moment"};
}

std::optional<Problem> status_problem(const http::Url& url, const std::string& network, int status) {
    if (status == 200) return std::nullopt;
    const auto says = [&](Kind kind, const char* code, const char* what, std::string hint) {
        return Problem{kind, code, fmt::format("{} {} (HTTP {})", printable(url.origin, 100), what, status),
                       std::move(hint)};
    };
    switch (status) {
    case 401:
    case 403:
        return says(Kind::configuration, "rpc.unauthorised", "wants a key",
                    "put the provider's header into a file and name it in PASSA_RPC_HEADERS_FILE");
    case 429:
    case 503: return says(Kind::busy, "rpc.busy", "is busy", "try again in a moment");
    case 408:
    case 504: return says(Kind::unavailable, "rpc.timeout", "took too long", "try again in a moment");
    default: return says(Kind::unavailable, "rpc.http", "answers with an error", look_hint(network));
    }
}

bool is_worth_asking_elsewhere(const Problem& problem) {
    return problem.code != "rpc.refused"; // the question itself: the next server would say the same
}

} // namespace

Client::Client(http::Poster& poster, Clock& clock, Servers servers)
    : m_poster(poster), m_clock(clock), m_servers(std::move(servers)),
      m_network_id(make_network_id(m_servers.passphrase)) {
    for (const auto& url : m_servers.endpoints) m_seats.push_back({url});
    if (m_seats.empty())
        throw Error{{Kind::configuration, "network.no_endpoint",
                     fmt::format("no RPC server is known for the network {}", m_servers.network),
                     "declare a Network with endpoints, or set PASSA_RPC_URL"}};
}

// The best endpoint that this question has not used yet: not refused, not resting, not behind, the last good one.
Client::Seat* Client::best_unused(const Round& round) {
    const auto now = m_clock.now();
    const auto rank = [&](const Seat& s) {
        return (s.refused ? 4 : 0) + (s.rests_until > now ? 2 : 0) + (s.behind ? 1 : 0);
    };
    Seat* best = nullptr;
    for (std::size_t i = 0; i < m_seats.size(); ++i) {
        auto& seat = m_seats[(m_first + i) % m_seats.size()];
        const bool used = std::find(round.used.begin(), round.used.end(), &seat) != round.used.end();
        if (!used && (best == nullptr || rank(seat) < rank(*best))) best = &seat;
    }
    return best;
}

Client::Seat* Client::choose(Round& round) {
    while (auto* seat = best_unused(round)) {
        if (const auto problem = admit(*seat)) {
            give_up(round, *seat, *problem);
        } else if (best_unused(round) == seat) { // still, now that it was looked at
            return seat;
        }
    }
    return nullptr;
}

void Client::rest(Seat& seat, const Problem& problem) {
    seat.rests_until = std::max(m_clock.now() + k_rest_after_failure, seat.wanted_rest);
    seat.failed = problem;
}

void Client::give_up(Round& round, Seat& seat, const Problem& problem) {
    round.used.push_back(&seat);
    rest(seat, problem);
    if (!round.last || round.last->code != "rpc.wrong_network") round.last = problem; // a lie matters most
}

Client::Trial Client::post(Seat& seat, const Call& call) {
    fault_point(fmt::format("rpc.{}.before", call.method));
    const auto reply = m_poster.post({seat.url, request_body(call), m_servers.limits, call.sends});
    fault_point(fmt::format("rpc.{}.after", call.method));
    if (const auto* none = std::get_if<http::NoAnswer>(&reply))
        return {no_answer_problem(seat.url, m_servers.network, *none), {}, none->sent};
    const auto& answer = std::get<http::Answer>(reply);
    if (answer.retry_after) seat.wanted_rest = m_clock.now() + std::min(*answer.retry_after, k_longest_rest);
    return {status_problem(seat.url, m_servers.network, answer.status), answer.body, true};
}

// Who are you, and how old is your newest ledger? Asked of each endpoint, and of several again after a while.
std::optional<Problem> Client::admit(Seat& seat) {
    if (seat.refused) return seat.refused;
    const auto now = m_clock.now();
    if (seat.known_good && (m_seats.size() == 1 || now - seat.looked_at < k_look_again)) return std::nullopt;
    const auto trial = post(seat, {"getNetwork", {}});
    if (trial.problem) return trial.problem;
    const auto network = parse_network(trial.body);
    if (!network) return network.problem();
    if (network->passphrase != m_servers.passphrase)
        return seat.refused = Problem{Kind::configuration, "rpc.wrong_network",
                                      fmt::format("{} is a server of another network: \"{}\" instead of {}",
                                                  printable(seat.url.origin, 100), printable(network->passphrase, 80),
                                                  printable(m_servers.network, 40)),
                                      "correct the network's endpoints or its passphrase"};
    seat.known_good = true;
    seat.looked_at = now;
    seat.behind = m_seats.size() > 1 && is_behind(seat); // a single one is used as it is
    return std::nullopt;
}

bool Client::is_behind(Seat& seat) {
    const auto trial = post(seat, {"getHealth", {}});
    if (trial.problem) return true;
    const auto health = parse_health(trial.body);
    if (!health) return true; // an unhealthy server says so with an error
    const auto closed = find_newest_close(seat, *health);
    return closed && m_clock.now() - *closed > m_servers.most_behind;
}

// Older servers leave it out of their health; then any question about a transaction tells it.
std::optional<Instant> Client::find_newest_close(Seat& seat, const Health& health) {
    if (health.latest_close) return health.latest_close;
    const auto trial = post(seat, {"getTransaction", Json{{"hash", std::string(64, '0')}}.dump()});
    if (trial.problem) return std::nullopt;
    const auto answer = parse_transaction(trial.body);
    return answer ? std::optional{answer->history.latest_close} : std::nullopt;
}

// Whether the question left us is kept in `sent`, for one that may not be asked twice.
template <typename T>
Result<Heard<T>> Client::hear(Seat& seat, const Call& call, Parse<T> parse, bool& sent) {
    auto trial = post(seat, call);
    sent = sent || trial.sent;
    if (trial.problem) return *trial.problem;
    auto answer = parse(trial.body);
    if (!answer) return answer.problem();
    return Heard<T>{std::move(answer).value(), std::move(trial.body), seat.url.origin};
}

template <typename T>
Result<Heard<T>> Client::ask(const Call& call, Parse<T> parse, Whom whom) {
    if (whom) return ask_one(m_seats.at(*whom), call, parse);
    Round round;
    while (auto* seat = choose(round)) {
        auto heard = hear(*seat, call, parse, round.sent);
        if (heard) {
            m_first = static_cast<std::size_t>(seat - m_seats.data());
            seat->rests_until = {};
            return heard;
        }
        if (!is_worth_asking_elsewhere(heard.problem()) || (call.sends && round.sent)) return heard;
        give_up(round, *seat, heard.problem());
    }
    if (call.sends && round.last->code != "rpc.wrong_network") { // nothing left
        round.last->code = "rpc.unreachable";
        round.last->kind = Kind::unavailable;
    }
    return *round.last;
}

// One that failed a moment ago is not waited for again so soon: what it said then stands.
template <typename T>
Result<Heard<T>> Client::ask_one(Seat& seat, const Call& call, Parse<T> parse) {
    if (seat.failed && seat.rests_until > m_clock.now()) return *seat.failed;
    auto problem = admit(seat);
    if (!problem) {
        bool sent = false;
        auto heard = hear(seat, call, parse, sent);
        if (heard) return heard;
        problem = heard.problem();
    }
    rest(seat, *problem);
    return *problem;
}

template <typename T>
Result<T> Client::ask_plain(const Call& call, Parse<T> parse, Whom whom) {
    auto heard = ask(call, parse, whom);
    if (!heard) return heard.problems();
    return std::move(heard).value().answer;
}

Result<Health> Client::get_health() { return ask_plain({"getHealth", {}}, parse_health); }
Result<Network> Client::get_network() { return ask_plain({"getNetwork", {}}, parse_network); }
Result<LatestLedger> Client::get_latest_ledger() { return ask_plain({"getLatestLedger", {}}, parse_latest_ledger); }
Result<FeeStats> Client::get_fee_stats() { return ask_plain({"getFeeStats", {}}, parse_fee_stats); }

Result<Entries> Client::get_entries(const std::vector<std::string>& keys, Whom whom) {
    Entries all;
    for (std::size_t i = 0; i < keys.size(); i += k_keys_per_call) {
        const auto end = std::min(keys.size(), i + k_keys_per_call);
        const std::vector<std::string> some(keys.begin() + static_cast<std::ptrdiff_t>(i),
                                            keys.begin() + static_cast<std::ptrdiff_t>(end));
        auto part = ask_plain({"getLedgerEntries", Json{{"keys", some}}.dump()}, parse_entries, whom);
        if (!part) return part.problems();
        all.latest_ledger = i == 0 ? part->latest_ledger : std::min(all.latest_ledger, part->latest_ledger);
        all.found.insert(all.found.end(), part->found.begin(), part->found.end());
    }
    return all;
}

Result<Heard<TransactionAnswer>> Client::get_transaction(const std::string& hash, Whom whom) {
    return ask({"getTransaction", Json{{"hash", hash}}.dump()}, parse_transaction, whom);
}

Result<TransactionPage> Client::get_transactions(std::uint32_t from_ledger, std::size_t limit, Whom whom) {
    return ask_plain({"getTransactions", Json{{"startLedger", from_ledger}, {"pagination", {{"limit", limit}}}}.dump()},
                     parse_transactions, whom);
}

Result<TransactionPage> Client::get_transactions(const std::string& cursor, std::size_t limit, Whom whom) {
    return ask_plain({"getTransactions", Json{{"pagination", {{"cursor", cursor}, {"limit", limit}}}}.dump()},
                     parse_transactions, whom);
}

Result<LedgerPage> Client::get_ledgers(std::uint32_t from_ledger, std::size_t limit) {
    return ask_plain({"getLedgers", Json{{"startLedger", from_ledger}, {"pagination", {{"limit", limit}}}}.dump()},
                     parse_ledgers);
}

Result<Simulated> Client::simulate(const SimulationQuestion& question, Whom whom) {
    Json params{{"transaction", question.envelope}, {"useUpgradedAuth", true}}; // servers that do not know it ignore it
    if (question.enforce) params["authMode"] = "enforce";
    return ask_plain({"simulateTransaction", params.dump()}, parse_simulated, whom);
}

Result<EventPage> Client::get_events(const EventQuestion& question, Whom whom) {
    Json filter{{"type", "contract"}};
    if (!question.contracts.empty()) filter["contractIds"] = question.contracts;
    if (!question.topics.empty()) filter["topics"] = question.topics;
    Json params{{"filters", Json::array({filter})}, {"pagination", {{"limit", question.limit}}}};
    if (question.cursor.empty())
        params["startLedger"] = question.from_ledger;
    else
        params["pagination"]["cursor"] = question.cursor;
    return ask_plain({"getEvents", params.dump()}, parse_events, whom);
}

Result<Heard<Sent>> Client::send_transaction(const std::string& envelope) {
    return ask({"sendTransaction", Json{{"transaction", envelope}}.dump(), true}, parse_sent);
}

std::vector<EndpointReport> Client::look() {
    std::vector<EndpointReport> reports;
    for (auto& seat : m_seats) reports.push_back(look_at(seat));
    return reports;
}

EndpointReport Client::look_at(Seat& seat) {
    EndpointReport report{seat.url.origin};
    const auto start = m_clock.now();
    seat.known_good = false; // asked anew
    report.problem = admit(seat);
    report.took = m_clock.now() - start;
    if (report.problem) return report;
    const auto network = post(seat, {"getNetwork", {}});
    if (!network.problem) report.network = parse_network(network.body).value_or({});
    const auto trial = post(seat, {"getHealth", {}});
    report.problem = trial.problem;
    if (report.problem) return report;
    const auto health = parse_health(trial.body);
    if (!health) return report.problem = health.problem(), report;
    report.health = *health;
    if (const auto closed = find_newest_close(seat, *health)) {
        report.behind = std::max(Duration{}, m_clock.now() - *closed);
        report.ahead = std::max(Duration{}, *closed - m_clock.now());
    }
    return report;
}

} // namespace passa::stellar::rpc
