// Any entries as what a server says of the accounts that a batch touches: what may be spent is never less than nothing,
// and each order has its answer, or the question is refused as rpc.*.
#include "lib/stellar/obstacles.hpp"
#include "lib/stellar/rail.hpp"
#include "lib/stellar/strkey.hpp"
#include "lib/stellar/tx/sequence.hpp"
#include "tests/fuzz/pieces.hpp"
#include "tests/support/scripted_rpc.hpp"

using namespace passa;
using namespace passa::stellar;
using nlohmann::json;
using test::ScriptedRpc;

namespace {

xdr::AccountId account_of(std::uint8_t who) {
    xdr::AccountId account;
    account.ed25519.fill(who);
    return account;
}

const money::Asset k_dollar{"USD:" + format_account(account_of(9).ed25519), 7};

// Each key asked for gets the next piece; behind the last they begin again.
json answer(const std::vector<std::string>& pieces, std::size_t& next, const json& params) {
    json found = json::array();
    for (const auto& key : params.at("keys"))
        if (!pieces.empty())
            found.push_back({{"key", key}, {"xdr", pieces[next++ % pieces.size()]}, {"lastModifiedLedgerSeq", 5}});
    return {{"entries", found}, {"latestLedger", 90}};
}

void look(rpc::Client& client) {
    for (const auto& amount : load_spendable(client, {account_of(1), k_dollar})) PASSA_ASSERT(!amount.is_negative());
    const auto payee = format_account(account_of(2).ed25519);
    const std::vector<rail::Order> orders{{"a", payee, "", {1'000, k_dollar}},
                                          {"b", payee, "", {std::numeric_limits<std::int64_t>::max(), k_dollar}},
                                          {"c", payee, "", {1, k_dollar}}};
    PASSA_ASSERT(find_obstacles(client, account_of(1), orders, [] {}).size() == orders.size());
    static_cast<void>(tx::find_next_sequence(client, account_of(1)).value_or_throw());
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    test::Pieces input{data, size};
    const auto header = to_base64(input.next());
    std::vector<std::string> pieces;
    while (!input.done()) pieces.push_back(to_base64(input.next()));
    std::size_t next = 0;
    ScriptedRpc server;
    server.on("getLedgerEntries",
              [&](const json& params) { return ScriptedRpc::result(answer(pieces, next, params)); });
    server.always("getLatestLedger", {{"sequence", 90}, {"protocolVersion", 28}, {"headerXdr", header}});
    FixedClock clock{Instant{std::chrono::seconds{1'795'230'280}}};
    rpc::Client client{server, clock, test::standalone_servers()};
    try {
        look(client);
    } catch (const Error& error) {
        const auto& code = error.first().code;
        PASSA_ASSERT(code.substr(0, 4) == "rpc." || code == "account.not_found" || code == "tx.sequence");
    }
    return 0;
}
