// The rules of sending and of proving death, over a scripted server.
#include "lib/crypto/hash.hpp"
#include "lib/stellar/rpc/read_ledger.hpp"
#include "lib/stellar/tx/asset.hpp"
#include "lib/stellar/tx/operation.hpp"
#include "lib/stellar/tx/submit.hpp"
#include "lib/stellar/xdr/codec.hpp"
#include "tests/support/scripted_rpc.hpp"

#include <catch2/catch.hpp>

using namespace passa;
using namespace passa::stellar;
using nlohmann::json;
using test::ScriptedRpc;

namespace {

constexpr std::int64_t k_until = 1'795'230'400;
constexpr std::uint32_t k_first_ledger = 100;
const NetworkId k_network = make_network_id(test::k_standalone);

SeedSigner make_signer() {
    auto seed = crypto::sha256(as_bytes("submit test"));
    return SeedSigner::from_seed(Secret::take(seed)).value_or_throw();
}

xdr::TransactionEnvelope make_envelope(std::optional<std::uint64_t> until = k_until) {
    auto signer = make_signer();
    tx::Plan plan{.source = tx::to_muxed({signer.public_key()}), .sequence = 42, .fee = 100};
    if (until) plan.preconditions = tx::make_expiry(*until).value();
    plan.operations.push_back(tx::make_bump_sequence(0));
    auto envelope = tx::make_transaction(plan).value();
    tx::sign(envelope, k_network, signer);
    return envelope;
}

json not_found(std::int64_t latest_close, std::uint32_t oldest = 1, std::uint32_t latest = 200) {
    return {{"status", "NOT_FOUND"},
            {"latestLedger", latest},
            {"latestLedgerCloseTime", std::to_string(latest_close)},
            {"oldestLedger", oldest},
            {"oldestLedgerCloseTime", "1795220000"}};
}

std::string result_base64(xdr::TransactionResultCode code) {
    xdr::TransactionResult result{.fee_charged = 100};
    if (code == xdr::TransactionResultCode::tx_success)
        result.result.select<xdr::TransactionResultCode::tx_success>();
    else if (code == xdr::TransactionResultCode::tx_failed)
        result.result.select<xdr::TransactionResultCode::tx_failed>();
    else
        result.result = xdr::TransactionResultResult{code};
    return to_base64(xdr::encode(result));
}

json found(const char* status, xdr::TransactionResultCode code) {
    auto answer = not_found(k_until);
    answer["status"] = status;
    answer["ledger"] = 150;
    answer["createdAt"] = "1795230390";
    answer["resultXdr"] = result_base64(code);
    return answer;
}

json sent(const char* status, std::optional<xdr::TransactionResultCode> code = {}) {
    json answer{{"status", status}, {"hash", ""}, {"latestLedger", 120}, {"latestLedgerCloseTime", "1795230300"}};
    if (code) answer["errorResultXdr"] = result_base64(*code);
    return answer;
}

json account_at(std::int64_t sequence, std::uint32_t ledger) {
    const auto signer = make_signer();
    const xdr::AccountId id{signer.public_key()};
    const xdr::LedgerEntryData data{xdr::as<xdr::LedgerEntryType::account>,
                                    xdr::AccountEntry{.account_id = id, .balance = 1, .seq_num = sequence}};
    return {
        {"latestLedger", ledger},
        {"entries", {{{"key", to_base64(xdr::encode(rpc::account_key(id)))}, {"xdr", to_base64(xdr::encode(data))}}}}};
}

struct World {
    ScriptedRpc rpc;
    FixedClock clock{Instant{std::chrono::seconds{k_until - 60}}};
    rpc::Client client;
    tx::Pending pending = tx::make_pending(make_envelope(), k_network, k_first_ledger).value();
    explicit World(const std::vector<std::string>& urls = {"http://127.0.0.1:8000"})
        : client{rpc, clock, test::standalone_servers(urls)} {
        rpc.always("getTransaction", not_found(k_until - 60));
        rpc.always("getHealth", {{"status", "healthy"},
                                 {"latestLedger", 200},
                                 {"oldestLedger", 1},
                                 {"latestLedgerCloseTime", std::to_string(k_until - 61)}});
    }

    tx::Finding find() { return tx::find_transaction(client, pending); }
    tx::Finding send(bool first_time = true) { return tx::send_transaction(client, pending, first_time); }
};

} // namespace

TEST_CASE("absence proves death only past the end by two ledgers, with history from before", "[unit]") {
    struct Case {
        std::int64_t latest_close;
        std::uint32_t oldest, first;
        bool dead;
    };
    const std::vector<Case> table{
        {k_until - 1, 1, 100, false},    // may still be applied
        {k_until, 1, 100, false},        // in its last second
        {k_until + 10, 1, 100, false},   // past it, within the margin
        {k_until + 11, 1, 100, true},    //
        {k_until + 11, 100, 100, true},  // history begins just there
        {k_until + 11, 101, 100, false}, // a ledger is missing in which it may be
        {k_until + 9999, 101, 100, false},
        {k_until + 11, 1, 0, false},           // nobody knows when it was first sent
        {k_until + 9999, 1, 4'000'000, false}, // a network that began anew
    };
    for (const auto& row : table) {
        World world;
        world.pending.first_ledger = row.first;
        world.rpc.always("getTransaction", not_found(row.latest_close, row.oldest));
        const auto finding = world.find();
        INFO(row.latest_close << " " << row.oldest << " " << row.first << ": " << finding.reason);
        CHECK((finding.fate == tx::Fate::dead) == row.dead);
        CHECK((finding.fate == tx::Fate::unknown) == !row.dead);
        CHECK(!finding.raw.empty());
    }
}

TEST_CASE("a result in a ledger is final, whatever the clock says", "[unit]") {
    World world;
    world.rpc.always("getTransaction", found("SUCCESS", xdr::TransactionResultCode::tx_success));
    CHECK(world.find().fate == tx::Fate::applied);
    CHECK(world.find().ledger == 150);
    world.rpc.always("getTransaction", found("FAILED", xdr::TransactionResultCode::tx_failed));
    CHECK(world.find().fate == tx::Fate::failed);
    world.rpc.always("getTransaction", found("SUCCESS", xdr::TransactionResultCode::tx_failed)); // contradicts itself
    CHECK(world.find().fate == tx::Fate::unknown);
}

TEST_CASE("no answer to a question or a sending leaves the fate unknown", "[unit]") {
    World world;
    for (const bool left : {true, false}) {
        world.rpc.on("getTransaction", [=](const auto&) { return ScriptedRpc::none(http::Failure::timeout, left); });
        CHECK(world.find().fate == tx::Fate::unknown);
    }
    world.rpc.on("sendTransaction", [](const auto&) { return ScriptedRpc::none(http::Failure::cut_off, true); });
    CHECK(world.send().fate == tx::Fate::unknown);
    for (const int status : {429, 500, 503, 504}) {
        world.rpc.on("sendTransaction", [=](const auto&) { return http::Answer{status, "", {}}; });
        CHECK(world.send().fate == tx::Fate::unknown);
    }
    world.rpc.on("sendTransaction", [](const auto&) { return ScriptedRpc::error(-32603); });
    CHECK(world.send().fate == tx::Fate::unknown);
    world.rpc.on("sendTransaction", [](const auto&) { return ScriptedRpc::none(http::Failure::no_route, false); });
    CHECK_THROWS_AS(world.send(), Error); // nothing left: the one case that is sure
}

TEST_CASE("what a server says to a sending", "[unit]") {
    World world;
    world.rpc.always("sendTransaction", sent("PENDING"));
    CHECK(world.send().fate == tx::Fate::accepted);
    world.rpc.always("sendTransaction", sent("DUPLICATE"));
    CHECK(world.send(false).fate == tx::Fate::accepted);
    world.rpc.always("sendTransaction", sent("TRY_AGAIN_LATER"));
    CHECK(world.send().fate == tx::Fate::unknown);
    CHECK(world.send().ask_again >= std::chrono::seconds{5});
    world.rpc.always("getTransaction", found("SUCCESS", xdr::TransactionResultCode::tx_success));
    CHECK(world.send().fate == tx::Fate::applied); // the hash was asked for before it was sent again
}

TEST_CASE("a refusal is final only for bytes that never left before", "[unit]") {
    using Code = xdr::TransactionResultCode;
    World world;
    for (const auto code :
         {Code::tx_bad_auth, Code::tx_no_account, Code::tx_insufficient_balance, Code::tx_malformed}) {
        world.rpc.always("sendTransaction", sent("ERROR", code));
        CHECK(world.send(true).fate == tx::Fate::failed);
        CHECK(world.send(true).ledger == 0);
        CHECK(world.send(false).fate == tx::Fate::unknown);
    }
    for (const auto code :
         {Code::tx_insufficient_fee, Code::tx_too_late, Code::tx_too_early, Code::tx_internal_error}) {
        world.rpc.always("sendTransaction", sent("ERROR", code));
        CHECK(world.send(true).fate == tx::Fate::unknown);
    }
}

TEST_CASE("a bad sequence is judged by the hash first, then by the account", "[unit]") {
    struct Case {
        std::int64_t sequence;      // of the account; the transaction has 42
        std::uint32_t account_read; // as of this ledger; the history ends at 200
        std::uint32_t oldest;
        tx::Fate fate;
    };
    const std::vector<Case> table{
        {41, 200, 1, tx::Fate::unknown},                                    // the node was stale: send again
        {40, 200, 1, tx::Fate::unknown},                                    // one before it is missing: hold
        {42, 200, 1, tx::Fate::dead},                                       // used by another
        {99, 200, 1, tx::Fate::dead},      {42, 201, 1, tx::Fate::unknown}, // the history has not reached that ledger
        {42, 200, 101, tx::Fate::unknown},                                  // the history begins too late
    };
    for (const auto& row : table) {
        World world;
        world.rpc.always("sendTransaction", sent("ERROR", xdr::TransactionResultCode::tx_bad_seq));
        world.rpc.always("getTransaction", not_found(k_until - 60, row.oldest));
        world.rpc.always("getLedgerEntries", account_at(row.sequence, row.account_read));
        const auto finding = world.send();
        INFO(row.sequence << " " << finding.reason);
        CHECK(finding.fate == row.fate);
    }
    World applied;
    applied.rpc.always("sendTransaction", sent("ERROR", xdr::TransactionResultCode::tx_bad_seq));
    applied.rpc.always("getTransaction", found("SUCCESS", xdr::TransactionResultCode::tx_success));
    CHECK(applied.send().fate == tx::Fate::applied); // it was ours
    CHECK(applied.rpc.count("getLedgerEntries") == 0);
}

TEST_CASE("waiting polls, sends the same bytes again, and ends", "[unit]") {
    World world;
    world.rpc.in_turn("sendTransaction",
                      {ScriptedRpc::result(sent("TRY_AGAIN_LATER")), ScriptedRpc::result(sent("PENDING"))});
    world.rpc.in_turn("getTransaction",
                      {ScriptedRpc::result(not_found(k_until - 60)), ScriptedRpc::result(not_found(k_until - 55)),
                       ScriptedRpc::result(found("SUCCESS", xdr::TransactionResultCode::tx_success))});
    Duration slept{};
    const auto finding = tx::send_and_wait(world.client, world.pending, {[&](Duration d) { slept += d; }});
    CHECK(finding.fate == tx::Fate::applied);
    CHECK(world.rpc.count("sendTransaction") == 2);
    CHECK(slept >= std::chrono::seconds{5});
    World stuck;
    stuck.rpc.always("sendTransaction", sent("PENDING"));
    slept = {};
    const auto open =
        tx::send_and_wait(stuck.client, stuck.pending, {[&](Duration d) { slept += d; }, std::chrono::seconds{20}});
    CHECK(!open.is_final());
    CHECK(slept <= std::chrono::seconds{26});
}

TEST_CASE("our transaction in another's fee bump is proved, and costs us nothing", "[unit]") {
    World world;
    const auto make = [&](const xdr::MuxedAccount& payer) {
        xdr::TransactionResult result{.fee_charged = 400};
        auto& pair = result.result.select<xdr::TransactionResultCode::tx_fee_bump_inner_success>();
        pair.transaction_hash = world.pending.hash;
        pair.result.result.select<xdr::TransactionResultCode::tx_success>();
        auto answer = found("SUCCESS", xdr::TransactionResultCode::tx_success);
        answer["resultXdr"] = to_base64(xdr::encode(result));
        answer["envelopeXdr"] = tx::envelope_base64(tx::make_fee_bump(payer, 400, make_envelope()).value());
        return answer;
    };
    auto seed = crypto::sha256(as_bytes("a stranger"));
    const auto stranger = SeedSigner::from_seed(Secret::take(seed)).value_or_throw();
    world.rpc.always("getTransaction", make(tx::to_muxed({stranger.public_key()})));
    const auto wrapped = world.find();
    CHECK(wrapped.fate == tx::Fate::applied);
    CHECK(wrapped.result->fee_charged == 400);
    CHECK(wrapped.fee == 0);
    world.rpc.always("getTransaction", make(tx::to_muxed(world.pending.source)));
    CHECK(world.find().fee == 400);
    world.rpc.always("getTransaction", found("SUCCESS", xdr::TransactionResultCode::tx_success));
    CHECK(world.find().fee == 100);
}

TEST_CASE("a fee bump that came to nothing decides ours only where its number is used up, or after its end", "[unit]") {
    using Code = xdr::TransactionResultCode;
    struct Case {
        Code inner;
        std::int64_t latest_close, sequence;
        tx::Fate fate;
    };
    const std::vector<Case> table{
        {Code::tx_failed, k_until - 60, 42, tx::Fate::failed},
        {Code::tx_bad_auth, k_until - 60, 42, tx::Fate::failed}, // it used its number up
        {Code::tx_insufficient_balance, k_until - 60, 42, tx::Fate::failed},
        {Code::tx_too_early, k_until - 60, 41, tx::Fate::unknown}, // may be applied yet
        {Code::tx_bad_seq, k_until - 60, 41, tx::Fate::unknown},
        {Code::tx_too_early, k_until + 10, 41, tx::Fate::unknown}, // within the margin
        {Code::tx_too_early, k_until + 11, 41, tx::Fate::dead},
        {Code::tx_bad_seq, k_until + 11, 41, tx::Fate::dead},
        {Code::tx_bad_seq, k_until + 11, 42, tx::Fate::unknown}, // perhaps by ours, in another ledger
        {Code::tx_too_late, k_until + 11, 99, tx::Fate::unknown},
    };
    for (const auto& row : table) {
        World world;
        xdr::TransactionResult result{.fee_charged = 400};
        auto& pair = result.result.select<Code::tx_fee_bump_inner_failed>();
        pair.transaction_hash = world.pending.hash;
        if (row.inner == Code::tx_failed)
            pair.result.result.select<Code::tx_failed>();
        else
            pair.result.result = xdr::InnerTransactionResultResult{row.inner};
        auto answer = found("FAILED", Code::tx_failed);
        answer["resultXdr"] = to_base64(xdr::encode(result));
        answer["latestLedgerCloseTime"] = std::to_string(row.latest_close);
        world.rpc.always("getTransaction", answer);
        world.rpc.always("getLedgerEntries", account_at(row.sequence, 200));
        const auto finding = world.find();
        INFO(static_cast<int>(row.inner) << " " << row.latest_close << " " << row.sequence << ": " << finding.reason);
        CHECK(finding.fate == row.fate);
        CHECK(!finding.raw.empty());
    }
}

TEST_CASE("only a plain transaction with an end can be proven dead", "[unit]") {
    CHECK(tx::make_pending(make_envelope({}), k_network, 1).problem().code == "tx.no_end");
    const auto bump = tx::make_fee_bump(tx::to_muxed({make_signer().public_key()}), 200, make_envelope()).value();
    CHECK(tx::make_pending(bump, k_network, 1).problem().code == "tx.not_ours");
}

namespace {
const std::vector<std::string> k_two{"http://127.0.0.1:1", "http://127.0.0.1:2"};
} // namespace

TEST_CASE("death needs every endpoint, and whoever found it wins", "[unit]") {
    using Code = xdr::TransactionResultCode;
    const auto absent = ScriptedRpc::result(not_found(k_until + 11));
    const auto applied = ScriptedRpc::result(found("SUCCESS", Code::tx_success));
    struct Case {
        const char* what;
        http::Reply other; // of the second endpoint
        tx::Fate fate;
    };
    const std::vector<Case> table{
        {"agrees", absent, tx::Fate::dead},
        {"found it", applied, tx::Fate::applied},
        {"found it failed", ScriptedRpc::result(found("FAILED", Code::tx_failed)), tx::Fate::failed},
        {"lags, and has not seen it", ScriptedRpc::result(not_found(k_until - 60)), tx::Fate::dead},
        {"has another past", ScriptedRpc::result(not_found(k_until + 11, 1, 7)), tx::Fate::dead},
        {"cannot be asked", ScriptedRpc::none(http::Failure::no_route, false), tx::Fate::unknown},
        {"is busy", http::Answer{429, "", {}}, tx::Fate::unknown},
    };
    for (const auto& row : table) {
        World world{k_two};
        // The first answer, then what each says by itself.
        world.rpc.in_turn("getTransaction", {absent, absent, row.other});
        const auto finding = world.find();
        INFO(row.what << ": " << finding.reason);
        CHECK(finding.fate == row.fate);
    }
    World one;
    one.rpc.in_turn("getTransaction", {absent, absent});
    CHECK(one.find().fate == tx::Fate::dead);
}

TEST_CASE("an endpoint whose history is too short is helped by one that reaches back", "[unit]") {
    World world{k_two};
    world.clock.advance(std::chrono::minutes{5});
    const auto young = ScriptedRpc::result(not_found(k_until + 200, 150));
    world.rpc.in_turn("getTransaction", {young, young, ScriptedRpc::result(not_found(k_until + 200))});
    CHECK(world.find().fate == tx::Fate::dead);
    world.rpc.in_turn("getTransaction", {young});
    CHECK(world.find().fate == tx::Fate::unknown);
}

TEST_CASE("a used sequence number is no death when another endpoint found the transaction", "[unit]") {
    World world{k_two};
    world.rpc.always("sendTransaction", sent("ERROR", xdr::TransactionResultCode::tx_bad_seq));
    world.rpc.always("getLedgerEntries", account_at(42, 200));
    const auto not_yet = ScriptedRpc::result(not_found(k_until - 60));
    world.rpc.in_turn(
        "getTransaction",
        {not_yet, not_yet, not_yet, ScriptedRpc::result(found("SUCCESS", xdr::TransactionResultCode::tx_success))});
    CHECK(world.send().fate == tx::Fate::applied);
}

TEST_CASE("an answer about another transaction confirms nothing", "[unit]") {
    World world;
    auto answer = found("SUCCESS", xdr::TransactionResultCode::tx_success);
    answer["envelopeXdr"] = world.pending.envelope;
    world.rpc.always("getTransaction", answer);
    CHECK(world.find().fate == tx::Fate::applied);
    answer["envelopeXdr"] = tx::envelope_base64(make_envelope(k_until + 1));
    world.rpc.always("getTransaction", answer);
    CHECK(world.find().fate == tx::Fate::unknown);
    answer["envelopeXdr"] = "AAAA";
    world.rpc.always("getTransaction", answer);
    CHECK(world.find().fate == tx::Fate::unknown);
}

TEST_CASE("what a queue took and dropped is sent again, and not found is no sending", "[unit]") {
    World world;
    CHECK(world.find().kind == "pending");
    world.rpc.always("sendTransaction", sent("PENDING"));
    const auto open = tx::send_and_wait(world.client, world.pending, {[](Duration) {}, std::chrono::seconds{35}});
    CHECK(open.fate == tx::Fate::accepted);
    CHECK(world.rpc.count("sendTransaction") == 4); // the first, and after every tenth question
}

TEST_CASE("a single server that is behind is named as such", "[unit]") {
    World world;
    world.clock.advance(std::chrono::minutes{1});
    world.rpc.always("getTransaction", not_found(k_until - 360));
    CHECK(world.find().reason.find("newest ledger is of") != std::string::npos);
}
