// Starting it, talking to it by its control methods, and moving money that passa knows nothing of.
#include "tests/sim/season/network.hpp"

#include "lib/crypto/hash.hpp"
#include "lib/stellar/ready_accounts.hpp"
#include "lib/stellar/rpc/read_ledger.hpp"
#include "lib/stellar/strkey.hpp"
#include "lib/stellar/tx/asset.hpp"
#include "lib/stellar/tx/draft.hpp"
#include "lib/stellar/tx/operation.hpp"
#include "lib/stellar/tx/submit.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <csignal>
#include <stdexcept>
#include <sys/wait.h>
#include <unistd.h>

namespace passa::test {
namespace {

using nlohmann::json;
using namespace stellar;

constexpr auto k_hurry = std::chrono::milliseconds{400};
constexpr auto k_pace = std::chrono::seconds{5};
constexpr std::int64_t k_lumens = 1'000 * 10'000'000LL;
constexpr std::int64_t k_dollars = 1'000'000'000LL * 10'000'000LL;
constexpr std::int64_t k_no_limit = std::numeric_limits<std::int64_t>::max();
constexpr std::string_view k_passphrase = "Standalone Network ; February 2017";
const NetworkId& network_id() {
    static const NetworkId id = make_network_id(k_passphrase);
    return id;
}

xdr::AccountId account_of(int number) { return {ready_key(network_id(), number).public_key()}; }

crypto::KeyPair key_from(Hash256 seed) { return crypto::KeyPair::from_seed(Secret::take(seed)).value_or_throw(); }

crypto::KeyPair issuer_key() {
    crypto::Sha256 hash;
    hash.update(network_id().hash);
    hash.update(as_bytes("issuer"));
    return key_from(hash.finish());
}

std::int64_t seconds_of(Instant at) {
    return std::chrono::duration_cast<std::chrono::seconds>(at.time_since_epoch()).count();
}

std::string first_line(int fd) {
    std::string line;
    for (char c = 0; read(fd, &c, 1) == 1 && c != '\n';) line += c;
    return line;
}

} // namespace

LocalNetwork::LocalNetwork(const std::string& program, FixedClock& clock, int accounts)
    : m_clock(clock), m_poster(http::make_curl_poster()), m_own(http::make_curl_poster()),
      m_dollar(tx::to_text(ready_dollar(network_id()))) {
    for (int n = 0; n < accounts; ++n) m_addresses.push_back(format_account(account_of(n).ed25519));
    start(program);
    set_up(accounts);
}

LocalNetwork::~LocalNetwork() {
    kill(m_pid, SIGTERM);
    waitpid(m_pid, nullptr, 0);
}

void LocalNetwork::start(const std::string& program) {
    int line[2];
    if (pipe(line) != 0) throw std::runtime_error{"no pipe"};
    m_pid = fork();
    if (m_pid == 0) {
        dup2(line[1], STDOUT_FILENO);
        close_range(3, ~0U, 0);
        execl(program.c_str(), program.c_str(), "--manual", "--control", "--port", "0", nullptr);
        _exit(127);
    }
    ::close(line[1]);
    const auto told = first_line(line[0]);
    ::close(line[0]);
    m_url = json::parse(told).at("rpc");
}

rpc::Servers LocalNetwork::servers_told(int count) const {
    rpc::Servers servers{.network = "standalone", .passphrase = std::string{k_passphrase}};
    servers.endpoints = {http::parse_url(m_url).value_or_throw()};
    if (count == 2)
        servers.endpoints.push_back(
            http::parse_url("http://localhost" + m_url.substr(m_url.rfind(':'))).value_or_throw());
    return servers;
}

std::unique_ptr<rpc::Client> LocalNetwork::client(int servers) {
    auto told = servers_told(servers);
    if (m_hurries) told.limits.total = k_hurry;
    return std::make_unique<rpc::Client>(*m_poster, m_clock, std::move(told));
}

rpc::Client& LocalNetwork::own_client() {
    if (!m_client) m_client = std::make_unique<rpc::Client>(*m_own, m_clock, servers_told(1));
    return *m_client;
}

void LocalNetwork::use_own_connection() {
    m_client.reset();
    static_cast<void>(m_poster.release()); // its socket is the parent's
    static_cast<void>(m_own.release());
    m_poster = http::make_curl_poster();
    m_own = http::make_curl_poster();
}

SeedSigner LocalNetwork::signer(int account) const { return SeedSigner{ready_key(network_id(), account)}; }

const std::string& LocalNetwork::address(int account) const {
    return m_addresses.at(static_cast<std::size_t>(account));
}

const std::string& LocalNetwork::dollar() const { return m_dollar; }

std::string LocalNetwork::call(const std::string& method, const std::string& params) {
    const auto body = json{{"jsonrpc", "2.0"}, {"id", 1}, {"method", method}, {"params", json::parse(params)}}.dump();
    const auto reply = m_own->post({http::parse_url(m_url).value_or_throw(), body});
    const auto* answer = std::get_if<http::Answer>(&reply);
    const auto told = answer == nullptr ? json{} : json::parse(answer->body);
    if (!told.contains("result")) throw std::runtime_error{method + ": " + (answer ? answer->body : "no answer")};
    return told.at("result").dump();
}

void LocalNetwork::close() {
    m_clock.advance(k_pace);
    m_newest = seconds_of(m_clock.now());
    ++m_moved;
    call("localnet_close", json{{"closeTime", m_newest}}.dump());
}

void LocalNetwork::wait(Duration time) {
    m_clock.advance(time);
    if (seconds_of(m_clock.now()) < m_newest + k_pace.count()) return;
    m_newest = seconds_of(m_clock.now());
    ++m_moved;
    call("localnet_close", json{{"closeTime", m_newest}}.dump());
}

void LocalNetwork::catch_up() {
    ++m_moved;
    const auto told = json::parse(call("getTransaction", json{{"hash", std::string(64, '0')}}.dump()));
    m_newest = std::stoll(told.at("latestLedgerCloseTime").get<std::string>());
    const auto behind = std::chrono::seconds{m_newest - seconds_of(m_clock.now())};
    if (behind.count() > 0) m_clock.advance(behind);
}

std::vector<int> LocalNetwork::plan(const std::vector<RpcFault>& faults) {
    ++m_moved; // a fault may close ledgers, too
    m_hurries = std::any_of(faults.begin(), faults.end(), [](const RpcFault& f) { return is_silence(f.kind); });
    json lines = json::array();
    for (const auto& f : faults)
        lines.push_back({{"method", f.method}, {"kind", f.kind}, {"nth", f.nth}, {"times", f.times}});
    return json::parse(call("localnet_faults", json{{"plan", lines}}.dump())).at("hits").get<std::vector<int>>();
}

namespace {
// Signed by the first, who pays for it, and by all others.
tx::Pending sign(rpc::Client& client, std::vector<SeedSigner> signers, std::vector<xdr::Operation> operations) {
    auto& payer = signers.front();
    auto ready = tx::make_ready(client, {{payer.public_key()}, std::move(operations)}, payer).value_or_throw();
    for (std::size_t i = 1; i < signers.size(); ++i) tx::sign(ready.envelope, client.network_id(), signers[i]);
    return tx::make_pending(ready.envelope, client.network_id(), ready.first_ledger).value_or_throw();
}

std::vector<SeedSigner> one(SeedSigner signer) {
    std::vector<SeedSigner> all;
    all.push_back(std::move(signer));
    return all;
}
} // namespace

void LocalNetwork::set_up(int accounts) {
    close();
    const auto apply = [&](std::vector<SeedSigner> signers, std::vector<xdr::Operation> operations) {
        const auto pending = sign(own_client(), std::move(signers), std::move(operations));
        tx::send_transaction(own_client(), pending);
        close();
        if (!is_applied(to_hex(pending.hash))) throw std::runtime_error{"the network could not be set up"};
    };
    std::vector<xdr::Operation> make{tx::make_create_account({issuer_key().public_key()}, k_lumens)};
    for (int n = 0; n < accounts; ++n) make.push_back(tx::make_create_account(account_of(n), k_lumens));
    apply(one(SeedSigner{key_from(network_id().hash)}), std::move(make));
    constexpr int k_signers = tx::k_max_signatures;
    for (int from = 0; from < accounts; from += k_signers) {
        std::vector<SeedSigner> signers;
        std::vector<xdr::Operation> trust;
        for (int n = from; n < std::min(accounts, from + k_signers); ++n) {
            signers.push_back(signer(n));
            trust.push_back(tx::make_change_trust(ready_dollar(network_id()), k_no_limit));
            trust.back().source_account = tx::to_muxed(account_of(n));
        }
        apply(std::move(signers), std::move(trust));
    }
    std::vector<xdr::Operation> fund;
    for (const int n : {0, 1})
        fund.push_back(tx::make_payment({tx::to_muxed(account_of(n)), ready_dollar(network_id()), k_dollars}));
    apply(one(SeedSigner{issuer_key()}), std::move(fund));
}

bool LocalNetwork::submit(int account, std::vector<xdr::Operation> operations) {
    const auto pending = sign(own_client(), one(signer(account)), std::move(operations));
    tx::send_transaction(own_client(), pending);
    close();
    return is_applied(to_hex(pending.hash));
}

bool LocalNetwork::pay(int from, const std::string& to, std::int64_t stroops) {
    return submit(from,
                  {tx::make_payment({tx::parse_address(to).value_or_throw(), ready_dollar(network_id()), stroops})});
}

bool LocalNetwork::limit_trust(int account, std::int64_t stroops) {
    return submit(account, {tx::make_change_trust(ready_dollar(network_id()), stroops < 0 ? k_no_limit : stroops)});
}

std::map<std::string, std::int64_t> LocalNetwork::holdings(const std::vector<std::string>& addresses) {
    std::vector<xdr::LedgerKey> keys;
    const auto account = [](const std::string& address) {
        return xdr::AccountId{parse_account(address).value_or_throw()};
    };
    for (const auto& address : addresses)
        keys.push_back(rpc::trustline_key(account(address), ready_dollar(network_id())));
    const auto now = rpc::Snapshot::load(own_client(), keys).value_or_throw();
    std::map<std::string, std::int64_t> held;
    for (const auto& address : addresses) {
        const auto* line = now.find_trustline(account(address), ready_dollar(network_id()));
        held[address] = line == nullptr ? 0 : line->balance;
    }
    return held;
}

bool LocalNetwork::is_applied(const std::string& key) {
    if (m_applied.contains(key)) return true;
    const auto known = m_not_applied.find(key);
    if (known != m_not_applied.end() && known->second == m_moved) return false;
    const auto told = json::parse(call("getTransaction", json{{"hash", key}}.dump()));
    if (told.at("status") != "SUCCESS") return m_not_applied[key] = m_moved, false;
    m_not_applied.erase(key);
    return m_applied.insert(key).second;
}

} // namespace passa::test
