// The port of payouts over a scripted network.
#include "lib/crypto/hash.hpp"
#include "lib/stellar/change.hpp"
#include "lib/stellar/obstacles.hpp"
#include "lib/stellar/rail.hpp"
#include "lib/stellar/rpc/read_ledger.hpp"
#include "lib/stellar/strkey.hpp"
#include "lib/stellar/xdr/codec.hpp"
#include "tests/support/scripted_rpc.hpp"

#include <catch2/catch.hpp>

using namespace passa;
using namespace passa::stellar;
using nlohmann::json;
using test::ScriptedRpc;

namespace {

const NetworkId k_network = make_network_id(test::k_standalone);

std::unique_ptr<SeedSigner> signer_of(std::string_view name) {
    auto seed = crypto::sha256(as_bytes(name));
    return std::make_unique<SeedSigner>(SeedSigner::from_seed(Secret::take(seed)).value_or_throw());
}
xdr::AccountId account_of(std::string_view name) { return {signer_of(name)->public_key()}; }
std::string address_of(std::string_view name) { return format_account(account_of(name).ed25519); }
money::Asset usd() { return {"USD:" + address_of("issuer"), 7}; }

rail::Order order_to(std::string_view name, std::int64_t stroops, const std::string& memo = "") {
    return {"pay_" + std::string{name}, address_of(name), memo, {stroops, usd()}};
}

json fees() {
    json all{{"transactionCount", "9"}, {"ledgerCount", 9}};
    for (const char* name : {"max", "min", "mode", "p50", "p90", "p95", "p99"}) all[name] = "250";
    return all;
}

// A ledger of entries that answers getLedgerEntries.
struct Ledger {
    std::map<std::string, std::string> entries;

    void put(const xdr::LedgerKey& key, const xdr::LedgerEntryData& data) {
        entries[to_base64(xdr::encode(key))] = to_base64(xdr::encode(data));
    }
    void account(std::string_view name, std::int64_t balance = 100'000'0000000) {
        const auto id = account_of(name);
        put(rpc::account_key(id),
            xdr::LedgerEntryData{xdr::as<xdr::LedgerEntryType::account>,
                                 xdr::AccountEntry{.account_id = id, .balance = balance, .seq_num = 7}});
    }
    void line(std::string_view name, std::int64_t balance, std::int64_t limit, std::uint32_t flags = 1) {
        const auto key = rpc::trustline_key(account_of(name), tx::parse_asset(usd().id).value());
        xdr::TrustLineEntry entry{.account_id = account_of(name), .balance = balance, .limit = limit, .flags = flags};
        entry.asset = key.get<xdr::LedgerEntryType::trustline>().asset;
        put(key, xdr::LedgerEntryData{xdr::as<xdr::LedgerEntryType::trustline>, entry});
    }
    void memo_required(std::string_view name) {
        xdr::DataEntry entry{.account_id = account_of(name)};
        entry.data_name = {std::string{"config.memo_required"}};
        entry.data_value = {Bytes{'1'}};
        put(rpc::data_key(account_of(name), "config.memo_required"),
            xdr::LedgerEntryData{xdr::as<xdr::LedgerEntryType::data>, entry});
    }
    json answer(const json& params) const {
        json found = json::array();
        for (const auto& key : params.at("keys"))
            if (const auto it = entries.find(key.get<std::string>()); it != entries.end())
                found.push_back({{"key", it->first}, {"xdr", it->second}, {"lastModifiedLedgerSeq", 5}});
        return {{"entries", found}, {"latestLedger", 90}};
    }
};

struct World {
    ScriptedRpc rpc;
    FixedClock clock{Instant{std::chrono::seconds{1'795'230'280}}};
    Ledger ledger;
    World() {
        rpc.on("getLedgerEntries", [this](const json& params) { return ScriptedRpc::result(ledger.answer(params)); });
        rpc.always("getFeeStats", {{"inclusionFee", fees()}, {"sorobanInclusionFee", fees()}, {"latestLedger", 90}});
        rpc.always("getLatestLedger", {{"sequence", 90}, {"protocolVersion", 28}});
        ledger.account("treasury");
        ledger.account("issuer");
    }
    StellarRail rail(bool signs = true, RailRules rules = {}) {
        return {std::make_unique<rpc::Client>(rpc, clock, test::standalone_servers()),
                {account_of("treasury"), usd()},
                signs ? std::unique_ptr<Signer>{signer_of("treasury")} : nullptr,
                rules};
    }
};

rail::Attempt prepare(rail::Rail&& rail, const std::vector<rail::Order>& orders,
                      std::optional<std::int64_t> dead_number = {}) {
    rail.get_ready({0, dead_number});
    return rail.prepare(orders);
}
rail::Attempt prepare(rail::Rail& rail, const std::vector<rail::Order>& orders,
                      std::optional<std::int64_t> dead_number = {}) {
    return prepare(std::move(rail), orders, dead_number);
}

template <typename F>
std::string code_of(F&& f) {
    try {
        f();
    } catch (const Error& error) {
        return error.first().code;
    }
    return "none";
}

} // namespace

TEST_CASE("an attempt holds the exact bytes, their hash and their bounds", "[unit]") {
    World world;
    auto rail = world.rail();
    const std::vector<rail::Order> orders{order_to("amina", 10), order_to("baraka", 20)};
    const auto attempt = prepare(rail, orders);
    const auto envelope = tx::parse_envelope(attempt.payload).value();
    const auto& inner = envelope.get<xdr::EnvelopeType::tx>().tx;
    CHECK(attempt.key == to_hex(tx::hash(envelope, k_network)));
    CHECK(tx::is_signed_by(envelope, k_network, account_of("treasury").ed25519));
    CHECK(attempt.sequence == 8);
    CHECK(inner.seq_num == 8);
    CHECK(inner.operations.size() == 2);
    CHECK(attempt.max_fee.text() == "0.0000500 XLM"); // 250 stroops each, from the fee statistics
    CHECK(attempt.first_position == 90);
    CHECK(attempt.network == "standalone");
    CHECK(attempt.valid_until == world.clock.now() + std::chrono::seconds{120});
    CHECK(world.rpc.count("sendTransaction") == 0);
}

TEST_CASE("a channel lends its number, and the treasury pays and signs", "[unit]") {
    World world;
    const auto channel = signer_of("treasury")->make_channel(3);
    const xdr::AccountId account{channel->public_key()};
    CHECK(account != xdr::AccountId{signer_of("treasury")->make_channel(4)->public_key()});
    world.ledger.put(rpc::account_key(account),
                     xdr::LedgerEntryData{xdr::as<xdr::LedgerEntryType::account>,
                                          xdr::AccountEntry{.account_id = account, .balance = 0, .seq_num = 40}});
    StellarRail rail{std::make_unique<rpc::Client>(world.rpc, world.clock, test::standalone_servers()),
                     {account_of("treasury"), usd(), {{3, account}}, true},
                     signer_of("treasury")};
    const auto attempt = prepare(rail, {order_to("amina", 10), order_to("baraka", 20)});
    const auto envelope = tx::parse_envelope(attempt.payload).value();
    const auto& bump = envelope.get<xdr::EnvelopeType::tx_fee_bump>().tx;
    const auto& inner = tx::find_plain(envelope)->tx;
    CHECK(attempt.key == to_hex(tx::inner_hash(envelope, k_network)));
    CHECK(attempt.source == format_account(account.ed25519));
    CHECK(attempt.sequence == 41);
    CHECK(tx::to_account(inner.source_account) == account);
    CHECK(tx::to_account(bump.fee_source) == account_of("treasury"));
    for (const auto& operation : inner.operations)
        CHECK(tx::to_account(*operation.source_account) == account_of("treasury"));
    CHECK(attempt.max_fee.minor() == 750); // 250 stroops for each of two payments and the wrapping
    xdr::TransactionEnvelope plain{xdr::as<xdr::EnvelopeType::tx>, *tx::find_plain(envelope)};
    CHECK(tx::is_signed_by(plain, k_network, account.ed25519));
    CHECK(tx::is_signed_by(plain, k_network, account_of("treasury").ed25519));
    CHECK(tx::is_signed_by(envelope, k_network, account_of("treasury").ed25519));
    CHECK(rail.most_cost(3).minor() == 60'000); // at worst each payment is a transaction of its own
}

TEST_CASE("the fee bid is capped", "[unit]") {
    World world;
    CHECK(prepare(world.rail(true, {.most_per_operation = 120}), {order_to("amina", 10)}).max_fee.minor() == 120);
    CHECK(prepare(world.rail(true, {.most_per_operation = 1}), {order_to("amina", 10)}).max_fee.minor() == 100);
}

TEST_CASE("what cannot be one transaction is refused before anything is made", "[unit]") {
    World world;
    auto rail = world.rail();
    const auto preparing = [&](std::vector<rail::Order> orders) { return code_of([&] { prepare(rail, orders); }); };
    CHECK(preparing({}) == "rail.orders");
    CHECK(preparing(std::vector<rail::Order>(101, order_to("amina", 1))) == "rail.orders");
    CHECK(preparing({order_to("amina", 1, "a"), order_to("amina", 1, "b")}) == "rail.orders");
    CHECK(preparing({order_to("amina", 0)}) == "rail.amount");
    CHECK(preparing({order_to("amina", 1, std::string(29, 'x'))}) == "memo.too_long");
    CHECK(preparing({{"r", "GNOTANADDRESS", "", {1, usd()}}}) == "strkey.invalid");
    CHECK(preparing({{"r", address_of("amina"), "", {1, {"KES", 2}}}}) == "asset.code");
    CHECK(code_of([&] { prepare(world.rail(false), {order_to("amina", 1)}); }) == "rail.no_key");
    world.ledger.entries.clear();
    CHECK(preparing({order_to("amina", 1)}) == "account.not_found");
    CHECK(code_of([&] { rail.balances(); }) == "account.not_found");
}

TEST_CASE("an attempt of another network, or with other bytes, is not sent", "[unit]") {
    World world;
    auto rail = world.rail();
    auto attempt = prepare(rail, {order_to("amina", 10)});
    attempt.network = "public";
    CHECK(code_of([&] { rail.send(attempt); }) == "rail.attempt");
    attempt.network = "standalone";
    attempt.payload[40] ^= 1;
    CHECK(code_of([&] { rail.find(attempt); }) == "rail.attempt");
    CHECK(world.rpc.count("sendTransaction") == 0);
}

TEST_CASE("a refusal leaves an attempt open until its end", "[unit]") {
    World world;
    xdr::TransactionResult refused{.result = xdr::TransactionResultResult{xdr::TransactionResultCode::tx_bad_auth}};
    world.rpc.always("sendTransaction", {{"status", "ERROR"},
                                         {"hash", ""},
                                         {"latestLedger", 91},
                                         {"latestLedgerCloseTime", "1795230281"},
                                         {"errorResultXdr", to_base64(xdr::encode(refused))}});
    world.rpc.always("getTransaction", {{"status", "NOT_FOUND"},
                                        {"latestLedger", 91},
                                        {"latestLedgerCloseTime", "1795230281"},
                                        {"oldestLedger", 1},
                                        {"oldestLedgerCloseTime", "1"}});
    auto rail = world.rail();
    const auto attempt = prepare(rail, {order_to("amina", 10)});
    const auto first = rail.send(attempt);
    CHECK(first.standing == rail::Standing::unknown);
    CHECK(first.reason == "refused: txBAD_AUTH; it may be applied until " + to_text(attempt.valid_until));
    CHECK(!first.fee);
    CHECK(first.evidence->kind == "refused");
    CHECK(json::parse(first.evidence->details).at("heard_from") == json{"http://127.0.0.1:8000"});
    CHECK(prepare(rail, {order_to("amina", 10)}, attempt.sequence).sequence == attempt.sequence);
}

TEST_CASE("a failed transaction names the orders at fault", "[unit]") {
    World world;
    auto rail = world.rail();
    const auto attempt = prepare(rail, {order_to("amina", 10), order_to("baraka", 20)});
    xdr::TransactionResult failed{.fee_charged = 200};
    auto& operations = failed.result.select<xdr::TransactionResultCode::tx_failed>();
    for (const auto code : {xdr::PaymentResultCode::success, xdr::PaymentResultCode::no_trust})
        operations.push_back(xdr::OperationResult{
            xdr::as<xdr::OperationResultCode::op_inner>,
            xdr::OperationResultTr{xdr::as<xdr::OperationType::payment>, xdr::PaymentResult{code}}});
    world.rpc.always("getTransaction", {{"status", "FAILED"},
                                        {"ledger", 91},
                                        {"createdAt", "1795230281"},
                                        {"latestLedger", 91},
                                        {"latestLedgerCloseTime", "1795230281"},
                                        {"oldestLedger", 1},
                                        {"oldestLedgerCloseTime", "1"},
                                        {"envelopeXdr", to_base64(attempt.payload)},
                                        {"resultXdr", to_base64(xdr::encode(failed))}});
    const auto outcome = rail.find(attempt);
    CHECK(outcome.standing == rail::Standing::failed);
    REQUIRE(outcome.lines.size() == 2);
    CHECK(!outcome.lines[0].at_fault);
    CHECK(outcome.lines[1].at_fault);
    CHECK(outcome.lines[1].code == "PAYMENT_NO_TRUST");
    CHECK(outcome.fee->minor() == 200);
    CHECK(outcome.evidence->kind == "found");
    CHECK(prepare(rail, {order_to("amina", 10)}).sequence == 9); // the failed one used 8; the server lags
}

TEST_CASE("obstacles are seen before sending", "[unit]") {
    World world;
    for (const char* name : {"amina", "noline", "frozen", "full", "memo"}) world.ledger.account(name);
    world.ledger.line("amina", 0, 100);
    world.ledger.line("frozen", 0, 100, 2);
    world.ledger.line("full", 95, 100);
    world.ledger.line("memo", 0, 100);
    world.ledger.memo_required("memo");
    const std::vector<rail::Order> orders{order_to("amina", 60),
                                          order_to("amina", 60),
                                          order_to("nobody", 1),
                                          order_to("noline", 1),
                                          order_to("frozen", 1),
                                          order_to("full", 6),
                                          order_to("memo", 1),
                                          order_to("memo", 1, "invoice 7"),
                                          order_to("treasury", 1),
                                          order_to("issuer", 1),
                                          {"r", "GARBAGE", "", {1, usd()}}};
    const auto obstacles = world.rail(false).find_obstacles(orders, [] {});
    REQUIRE(obstacles.size() == orders.size());
    const std::vector<std::string> expected{"",
                                            "room for 0.0000040",
                                            "does not exist",
                                            "no trustline",
                                            "not authorised",
                                            "room for 0.0000005",
                                            "memo",
                                            "",
                                            "treasury itself",
                                            "",
                                            "not a Stellar"};
    for (std::size_t i = 0; i < orders.size(); ++i) {
        INFO(i << ": " << obstacles[i]);
        CHECK(obstacles[i].empty() == expected[i].empty());
        CHECK(obstacles[i].find(expected[i]) != std::string::npos);
    }
}

TEST_CASE("obstacles of many orders are asked for in several questions, and a trustline's room is promised once",
          "[unit]") {
    World world;
    world.ledger.account("amina");
    world.ledger.line("amina", 0, 100);
    const std::vector<rail::Order> orders(150, order_to("amina", 1));
    int questions = 1;
    const auto obstacles = world.rail(false).find_obstacles(orders, [&] { ++questions; });
    CHECK(questions == 3);
    REQUIRE(obstacles.size() == orders.size());
    for (std::size_t i = 0; i < orders.size(); ++i) CHECK(obstacles[i].empty() == (i < 100));
}

TEST_CASE("what may be spent leaves the reserve", "[unit]") {
    World world;
    world.ledger.account("treasury", 5'0000000);
    world.ledger.line("treasury", 1234, 9999);
    CHECK(world.rail(false).most_cost(3) == money::Amount{30'000, {"XLM", 7}});
    const auto amounts = world.rail(false).balances();
    REQUIRE(amounts.size() == 2);
    CHECK(amounts[0].text() == "4.0000000 XLM"); // two reserves of 0.5
    CHECK(amounts[1].number() == "0.0001234");
}

TEST_CASE("figures that no ledger holds overflow nothing", "[unit]") {
    World world;
    constexpr auto k_most = std::numeric_limits<std::int64_t>::max(),
                   k_least = std::numeric_limits<std::int64_t>::min();
    world.ledger.account("treasury", k_least);
    world.ledger.line("treasury", k_least, k_most);
    world.ledger.account("amina");
    world.ledger.line("amina", k_least, k_most);
    const auto amounts = world.rail(false).balances();
    CHECK((amounts[0].is_zero() && amounts[1].is_zero()));
    const std::vector<rail::Order> orders(3, order_to("amina", k_most));
    CHECK(world.rail(false).find_obstacles(orders, [] {}) ==
          std::vector<std::string>{"", "", fmt::format("the trustline has room for {} only", money::Amount{1, usd()})});
}

TEST_CASE("an account without a next sequence number is refused", "[unit]") {
    World world;
    const auto id = account_of("treasury");
    world.ledger.put(
        rpc::account_key(id),
        xdr::LedgerEntryData{xdr::as<xdr::LedgerEntryType::account>,
                             xdr::AccountEntry{.account_id = id, .seq_num = std::numeric_limits<std::int64_t>::max()}});
    CHECK(code_of([&] { static_cast<void>(prepare(world.rail(), {order_to("amina", 10)})); }) == "tx.sequence");
}

TEST_CASE("what can never be paid is known before anybody is asked") {
    const auto treasury = address_of("treasury");
    REQUIRE(find_fault(treasury, order_to("band", 1)).empty());
    REQUIRE(find_fault(treasury, order_to("treasury", 1)) == "this is the treasury itself"); // rail.own_account
    REQUIRE(find_fault(treasury, order_to("band", 1, std::string(29, 'x'))) != "");
}

TEST_CASE("what is stored of an attempt is held to its bytes", "[unit]") {
    World world;
    world.ledger.account("treasury");
    const std::vector<rail::Order> orders{order_to("amina", 5, "m"), order_to("baraka", 7, "m")};
    const auto attempt = prepare(world.rail(), orders);
    const auto change = [&](auto&& alter) {
        auto altered = attempt;
        alter(altered);
        return find_change(k_network, altered, orders[1], 1);
    };
    CHECK(change([](auto&) {}).empty());
    CHECK(change([](auto& a) { a.key = std::string(64, '0'); }) == "they do not have its hash");
    CHECK(change([](auto& a) { a.payload[a.payload.size() / 2] ^= 1; }) != "");
    CHECK(change([](auto& a) { a.payload.pop_back(); }) == "they are no transaction");
    CHECK(change([](auto& a) { a.source = address_of("amina"); }) == "they pay from another account");
    CHECK(change([](auto& a) { ++*a.sequence; }) == "they have another sequence number");
    CHECK(change([](auto& a) { a.valid_until += std::chrono::seconds{1}; }) == "they are valid until another time");
    CHECK(find_change(k_network, attempt, orders[0], 1) == "they pay somebody else, or another amount");
    CHECK(find_change(k_network, attempt, orders[1], 2) == "they do not pay this payout");
    CHECK(find_change(k_network, attempt, order_to("baraka", 7), 1) == "they carry another memo");
    CHECK(find_change(make_network_id("another"), attempt, orders[1], 1) == "they do not have its hash");
}

TEST_CASE("the details of a found transaction are held to its result", "[unit]") {
    xdr::TransactionResult result;
    result.fee_charged = 200;
    result.result.select<xdr::TransactionResultCode::tx_success>();
    const auto text = to_base64(xdr::encode(result));
    const auto told = [&](const char* kind, const json& details) {
        return find_change(rail::Evidence{kind, "", Bytes(text.begin(), text.end()), details.dump(), {}});
    };
    const json right{{"fate", "confirmed"}, {"code", "txSUCCESS"}, {"fee_charged", "200"}};
    const auto with = [&](const char* key, const char* value) {
        auto details = right;
        details[key] = value;
        return told("found", details).value_or("not read");
    };
    CHECK(told("found", right) == "");
    CHECK(told("absent", right) == std::nullopt);
    CHECK(with("code", "txFAILED") == "they say txSUCCESS, its details another code");
    CHECK(with("fee_charged", "100") == "they say that 200 stroops were charged, its details another fee");
    CHECK(with("fate", "failed") == "its details tell another outcome");
}
