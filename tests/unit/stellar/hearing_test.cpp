// Several endpoints, of which one lies, lags or is silent: what may be believed of a transaction that came to nothing.
#include "lib/stellar/tx/sequence.hpp"
#include "tests/support/submit_world.hpp"

#include <catch2/catch.hpp>

using namespace passa;
using namespace passa::test::submit;
using test::ScriptedRpc;

TEST_CASE("death needs the word of every endpoint, and whoever shows our bytes wins", "[unit]") {
    using Code = xdr::TransactionResultCode;
    const auto absent = ScriptedRpc::result(not_found(k_until + 11));
    struct Case {
        const char* what;
        http::Reply other; // of the second endpoint
        tx::Fate fate;
    };
    const std::vector<Case> table{
        {"agrees", absent, tx::Fate::dead},
        {"found it", ScriptedRpc::result(found("SUCCESS", Code::tx_success)), tx::Fate::applied},
        {"found it failed", ScriptedRpc::result(found("FAILED", Code::tx_failed)), tx::Fate::unknown},
        {"lags, and has not seen it", ScriptedRpc::result(not_found(k_until - 60)), tx::Fate::unknown},
        {"has another past", ScriptedRpc::result(not_found(k_until + 11, 1, 7)), tx::Fate::unknown},
        {"remembers too little", ScriptedRpc::result(not_found(k_until + 200, 150)), tx::Fate::unknown},
        {"cannot be asked", ScriptedRpc::none(http::Failure::no_route, false), tx::Fate::unknown},
        {"is busy", http::Answer{429, "", {}}, tx::Fate::unknown},
    };
    for (const auto& row : table) {
        for (const bool first : {false, true}) { // whichever it is
            World world{k_two};
            world.let_it_expire();
            world.rpc.always("getLedgerEntries", account_at(42, 200));
            // The first answer, then what each says by itself.
            if (first)
                world.rpc.in_turn("getTransaction", {absent, row.other, absent});
            else
                world.rpc.in_turn("getTransaction", {absent, absent, row.other});
            const auto finding = world.find();
            INFO(row.what << ": " << finding.reason);
            CHECK(finding.fate == row.fate);
            if (row.fate == tx::Fate::unknown)
                CHECK(finding.reason.find(first ? "127.0.0.1:1" : "127.0.0.1:2") != std::string::npos);
            if (row.fate == tx::Fate::dead) CHECK(finding.heard.size() == 2);
        }
    }
    World one;
    one.let_it_expire();
    one.rpc.always("getTransaction", not_found(k_until + 11));
    CHECK(one.find().fate == tx::Fate::dead);
}

TEST_CASE("failure needs the same word of every endpoint, and a contradiction names them", "[unit]") {
    using Code = xdr::TransactionResultCode;
    const auto failed = ScriptedRpc::result(found("FAILED", Code::tx_failed));
    auto elsewhere = found("FAILED", Code::tx_failed);
    elsewhere["ledger"] = 151;
    struct Case {
        const char* what;
        http::Reply other;
        tx::Fate fate;
    };
    const std::vector<Case> table{
        {"agrees", failed, tx::Fate::failed},
        {"says success", ScriptedRpc::result(found("SUCCESS", Code::tx_success)), tx::Fate::unknown},
        {"names another ledger", ScriptedRpc::result(elsewhere), tx::Fate::unknown},
        {"has another result", ScriptedRpc::result(found("FAILED", Code::tx_bad_auth)), tx::Fate::unknown},
        {"has not seen it", ScriptedRpc::result(not_found(k_until - 60)), tx::Fate::unknown},
        {"cannot be asked", ScriptedRpc::none(http::Failure::no_route, false), tx::Fate::unknown},
    };
    for (const auto& row : table) {
        World world{k_two};
        world.rpc.in_turn("getTransaction", {failed, failed, row.other});
        const auto finding = world.find();
        INFO(row.what << ": " << finding.reason);
        CHECK(finding.fate == row.fate);
        if (row.fate == tx::Fate::failed) continue;
        CHECK(finding.reason.find("127.0.0.1:1") != std::string::npos);
        CHECK(finding.reason.find("127.0.0.1:2") != std::string::npos);
    }
}

TEST_CASE("who has forgotten the ledger in which it failed does not contradict who shows it", "[unit]") {
    using Code = xdr::TransactionResultCode;
    const auto failed = ScriptedRpc::result(found("FAILED", Code::tx_failed)); // in ledger 150
    struct Case {
        const char* what;
        std::uint32_t vouched, oldest; // through which ledger our statement shows no payment; the other's history
        tx::Fate fate;
    };
    const std::vector<Case> table{
        {"nobody vouches for what it forgot", 100, 160, tx::Fate::unknown},
        {"for less than it forgot", 155, 160, tx::Fate::unknown},
        {"the statement does", 170, 160, tx::Fate::failed},
        {"it knows the ledger, and it is not there", 170, 150, tx::Fate::unknown},
    };
    for (const auto& row : table) {
        for (const bool first : {false, true}) {
            World world{k_two};
            world.let_it_expire();
            world.pending.first_ledger = row.vouched;
            world.rpc.always("getLedgerEntries", account_at(42, 200));
            const auto forgot = ScriptedRpc::result(not_found(k_until + 11, row.oldest));
            if (first)
                world.rpc.in_turn("getTransaction", {failed, forgot, failed});
            else
                world.rpc.in_turn("getTransaction", {failed, failed, forgot});
            const auto finding = world.find();
            INFO(row.what << ": " << finding.reason);
            CHECK(finding.fate == row.fate);
            CHECK(finding.reason.find(first ? "127.0.0.1:1" : "127.0.0.1:2") != std::string::npos);
            if (row.fate == tx::Fate::failed) CHECK(finding.heard.size() == 2);
        }
    }
}

TEST_CASE("the evidence of death holds what each endpoint said", "[unit]") {
    World world{k_two};
    world.let_it_expire();
    world.rpc.always("getTransaction", not_found(k_until + 11));
    const auto finding = world.find();
    REQUIRE(finding.fate == tx::Fate::dead);
    const auto told = json::parse(finding.raw);
    REQUIRE(told.size() == 2);
    CHECK(told[0].at("endpoint") == "http://127.0.0.1:1");
    const auto second = json::parse(told[1].at("answer").get<std::string>());
    CHECK(json::parse(second.at("answer").get<std::string>()).at("result").at("status") == "NOT_FOUND");
    CHECK(second.at("proof").at("account_number") == "41");
}

TEST_CASE("an endpoint of another network has no word in it", "[unit]") {
    World world{k_two};
    world.let_it_expire();
    world.rpc.in_turn("getNetwork", {ScriptedRpc::result({{"passphrase", test::k_standalone}, {"protocolVersion", 28}}),
                                     ScriptedRpc::result({{"passphrase", "another"}, {"protocolVersion", 28}})});
    world.rpc.always("getTransaction", not_found(k_until + 11));
    CHECK(world.find().fate == tx::Fate::dead);
    World none{k_two};
    none.let_it_expire();
    none.rpc.always("getNetwork", {{"passphrase", "another"}, {"protocolVersion", 28}});
    CHECK(none.find().fate == tx::Fate::unknown);
}

TEST_CASE("a dead attempt's number is taken again, unless all say that it was used", "[unit]") {
    struct Case {
        const char* what;
        std::int64_t first, second; // the account's sequence, by endpoint; 0: silent
        tx::Numbers known;
        std::int64_t next; // 0: none
    };
    const std::vector<Case> table{
        {"nothing is known", 41, 41, {}, 42},
        {"both lag behind what we saw", 40, 41, {41, {}}, 42},
        {"unused", 41, 41, {40, 42}, 42},
        {"used by another", 42, 42, {40, 42}, 43},
        {"used, says one", 42, 41, {40, 42}, 0},
        {"used, says one, and the other is silent", 42, 0, {40, 42}, 0},
        {"unused, says one, and the other is silent", 41, 0, {40, 42}, 42},
        {"one is silent", 41, 0, {}, 42},
        {"they contradict each other", 41, 99, {}, 0},
        {"nobody speaks", 0, 0, {}, 0},
    };
    for (const auto& row : table) {
        World world{k_two};
        const auto reply = [](std::int64_t sequence) {
            return sequence == 0 ? ScriptedRpc::none(http::Failure::no_route, false)
                                 : ScriptedRpc::result(account_at(sequence, 200));
        };
        world.rpc.in_turn("getLedgerEntries", {reply(row.first), reply(row.second)});
        const auto next = tx::find_next_sequence(world.client, world.pending.source, row.known);
        INFO(row.what);
        CHECK((next ? next->number : 0) == row.next);
        if (!next && row.first != 0) CHECK(next.problem().code == "tx.number_unsure");
    }
}
