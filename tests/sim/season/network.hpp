// A real localnet, driven by hand: ledgers close at the season's clock when somebody waits, and never by themselves. It
// is the judge: who was paid is read from it, and it shares no code with passa.
#pragma once
#include "lib/base/clock.hpp"
#include "lib/stellar/keys/signer.hpp"
#include "lib/stellar/rpc/client.hpp"
#include "lib/stellar/xdr/types_operation.hpp"

#include <map>
#include <set>
#include <sys/types.h>

namespace passa::test {

// What a server does to so many calls of a method, from the nth on.
struct RpcFault {
    std::string method;
    std::string kind; // as localnet_faults names it
    int nth = 1;
    int times = 1;
};

class LocalNetwork {
public:
    LocalNetwork(const std::string& program, FixedClock& clock, int accounts); // all funded, all trust the dollar
    ~LocalNetwork();
    LocalNetwork(const LocalNetwork&) = delete;
    LocalNetwork& operator=(const LocalNetwork&) = delete;

    std::unique_ptr<stellar::rpc::Client> client(int servers = 1); // 1 or 2, which are one behind two names
    [[nodiscard]] stellar::SeedSigner signer(int account) const;
    [[nodiscard]] const std::string& address(int account) const;
    [[nodiscard]] const std::string& dollar() const; // the asset's id

    void close();              // one ledger, five seconds later
    void wait(Duration time);  // as much later, with the ledgers of that time
    void catch_up();           // with what a process that died here did to the network's time
    void use_own_connection(); // in a process that was forked
    // And how often each of the last plan happened. Where one is silence, passa's own clients wait a short time only:
    // on a slow machine another answer may then be late, too, and such a step go otherwise than the last time.
    std::vector<int> plan(const std::vector<RpcFault>& faults);
    static bool is_silence(std::string_view kind) { return kind.substr(0, 4) == "hang"; }
    // A transaction of this account, in a ledger. False when the network refused it.
    bool submit(int account, std::vector<stellar::xdr::Operation> operations);
    bool pay(int from, const std::string& to, std::int64_t stroops); // dollars
    bool limit_trust(int account, std::int64_t stroops);

    std::map<std::string, std::int64_t> holdings(const std::vector<std::string>& addresses); // dollars
    [[nodiscard]] int moved() const { return m_moved; } // how often ledgers may have closed
    bool is_applied(const std::string& key);            // a transaction by its hash, with all its operations

private:
    std::string call(const std::string& method, const std::string& params);
    void start(const std::string& program);
    void set_up(int accounts);
    stellar::rpc::Client& own_client();
    [[nodiscard]] stellar::rpc::Servers servers_told(int count) const;
    FixedClock& m_clock;
    std::unique_ptr<http::Poster> m_poster; // passa's
    std::unique_ptr<http::Poster> m_own;    // for what others do, maybe while passa waits for an answer
    std::unique_ptr<stellar::rpc::Client> m_client;
    std::vector<std::string> m_addresses; // of the accounts, worked out once: a key costs 50 us
    std::string m_dollar;
    std::set<std::string> m_applied;
    std::map<std::string, int> m_not_applied; // and m_moved when that was so
    std::int64_t m_newest = 0;                // unix seconds, of the last ledger
    int m_moved = 0;
    bool m_hurries = false; // a planned fault is silence
    std::string m_url;
    pid_t m_pid = 0;
};

} // namespace passa::test
