// The rules of sending and of proving death, over a scripted server.
#include "tests/support/submit_world.hpp"

#include <catch2/catch.hpp>

using namespace passa;
using namespace passa::test::submit;
using test::ScriptedRpc;

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
        world.rpc.always("getLedgerEntries", account_at(42, 200));
        world.rpc.always("getTransactions", list({listed(make_envelope(k_until + 1), 120)}, row.oldest));
        CHECK(world.find().fate == tx::Fate::unknown); // by our own clock it is valid yet, whatever the server's says
        world.let_it_expire();
        const auto finding = world.find();
        INFO(row.latest_close << " " << row.oldest << " " << row.first << ": " << finding.reason);
        CHECK((finding.fate == tx::Fate::dead) == row.dead);
        CHECK((finding.fate == tx::Fate::unknown) == !row.dead);
        CHECK(!finding.raw.empty());
        CHECK(finding.heard == std::vector<std::string>{"http://127.0.0.1:8000"});
    }
}

TEST_CASE("where the number was used, only what used it proves death: not found is one answer of one index", "[unit]") {
    struct Case {
        const char* what;
        json list;
        tx::Fate fate;
        const char* reason;
    };
    const auto ours = make_envelope(), other = make_envelope(k_until + 1);
    const auto bump = tx::make_fee_bump(tx::to_muxed({make_signer().public_key()}), 400, ours).value();
    const auto latest = k_until + 11;
    const std::vector<Case> table{
        {"listed though not found", list({listed(ours, 120)}), tx::Fate::unknown, "lists it in ledger 120"},
        {"listed inside a fee bump", list({listed(bump, 120)}), tx::Fate::unknown, "lists it in ledger 120"},
        {"another has the number", list({listed(other, 121)}), tx::Fate::dead, "was used by"},
        {"nobody has it, and the list is whole", list({}), tx::Fate::dead, "no transaction of ledgers 100 to 200"},
        {"the list ends before", list({}, 1, k_until + 10), tx::Fate::unknown, "ends before"},
        {"the list begins behind", list({}, 101), tx::Fate::unknown, "begins at ledger 101"},
        {"ours behind the end is none", list({listed(ours, 199, latest)}), tx::Fate::dead, "no transaction"},
    };
    for (const auto& row : table) {
        World world;
        world.let_it_expire();
        world.rpc.always("getTransaction", not_found(latest));
        world.rpc.always("getLedgerEntries", account_at(42, 200));
        world.rpc.always("getTransactions", row.list);
        const auto finding = world.find();
        INFO(row.what << ": " << finding.reason);
        CHECK(finding.fate == row.fate);
        CHECK(finding.reason.find(row.reason) != std::string::npos);
    }
    World silent;
    silent.let_it_expire();
    silent.rpc.always("getTransaction", not_found(latest));
    silent.rpc.on("getLedgerEntries", [](const auto&) { return http::Answer{503, "", {}}; });
    CHECK(silent.find().fate == tx::Fate::unknown); // nobody tells of the account
    silent.rpc.always("getLedgerEntries", account_at(42, 200));
    silent.rpc.on("getTransactions", [](const auto&) { return http::Answer{503, "", {}}; });
    CHECK(silent.find().fate == tx::Fate::unknown); // nor what used its number
}

TEST_CASE("a sequence number that is unused after the end proves death without history", "[unit]") {
    struct Case {
        std::int64_t latest_close, sequence;
        std::uint32_t account_read;
        tx::Fate fate;
    };
    const std::vector<Case> table{
        {k_until + 11, 41, 200, tx::Fate::dead},
        {k_until + 11, 42, 200, tx::Fate::unknown}, // used, and the history that would say by what is gone
        {k_until + 11, 41, 199, tx::Fate::unknown}, // as of an older ledger
        {k_until + 10, 41, 200, tx::Fate::unknown}, // it may be used yet
    };
    for (const auto& row : table) {
        World world;
        world.let_it_expire();
        world.rpc.always("getTransaction", not_found(row.latest_close, 150));
        world.rpc.always("getLedgerEntries", account_at(row.sequence, row.account_read));
        const auto finding = world.find();
        INFO(row.sequence << " " << row.account_read << ": " << finding.reason);
        CHECK(finding.fate == row.fate);
        if (row.fate == tx::Fate::dead) { // what is kept of it
            CHECK(finding.reason.find("its sequence number 42 was never used") != std::string::npos);
            CHECK(finding.raw.find(R"("account_number":"41")") != std::string::npos);
        }
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
    world.rpc.always("getTransaction", found("FAILED", xdr::TransactionResultCode::tx_success));
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
    CHECK(world.send().fate == tx::Fate::accepted);
    world.rpc.always("sendTransaction", sent("TRY_AGAIN_LATER"));
    CHECK(world.send().fate == tx::Fate::unknown);
    CHECK(world.send().ask_again >= std::chrono::seconds{5});
    world.rpc.always("getTransaction", found("SUCCESS", xdr::TransactionResultCode::tx_success));
    CHECK(world.send().fate == tx::Fate::applied); // the hash was asked for before it was sent again
}

TEST_CASE("a refusal is one server's word: the bytes may be applied until their end", "[unit]") {
    using Code = xdr::TransactionResultCode;
    World world;
    for (const auto code :
         {Code::tx_bad_auth, Code::tx_no_account, Code::tx_insufficient_balance, Code::tx_malformed}) {
        world.rpc.always("sendTransaction", sent("ERROR", code));
        CHECK(world.send().fate == tx::Fate::refused);
        CHECK(!world.send().is_final());
        CHECK(world.send().kind == "refused");
    }
    for (const auto code : {Code::tx_insufficient_fee, Code::tx_too_late, Code::tx_too_early, Code::tx_internal_error,
                            Code::tx_bad_seq}) {
        world.rpc.always("sendTransaction", sent("ERROR", code));
        CHECK(world.send().fate == tx::Fate::unknown);
    }
    world.rpc.always("getTransaction", found("SUCCESS", Code::tx_success));
    CHECK(world.send().fate == tx::Fate::applied); // a bad sequence, because it was ours
}

TEST_CASE("by hand a first refusal ends the waiting, and a later one does not", "[unit]") {
    using Code = xdr::TransactionResultCode;
    World world;
    world.rpc.always("sendTransaction", sent("ERROR", Code::tx_bad_auth));
    CHECK(tx::send_and_wait(world.client, world.pending, {[](Duration) {}}).fate == tx::Fate::refused);
    CHECK(world.rpc.count("sendTransaction") == 1);
    World again;
    again.rpc.in_turn("sendTransaction", {ScriptedRpc::none(http::Failure::timeout, true),
                                          ScriptedRpc::result(sent("ERROR", Code::tx_insufficient_balance))});
    const auto not_yet = ScriptedRpc::result(not_found(k_until - 60));
    again.rpc.in_turn("getTransaction",
                      {not_yet, not_yet, not_yet, ScriptedRpc::result(found("SUCCESS", Code::tx_success))});
    CHECK(tx::send_and_wait(again.client, again.pending, {[](Duration) {}}).fate == tx::Fate::applied);
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
        if (row.latest_close > k_until) world.let_it_expire();
        xdr::TransactionResult result{.fee_charged = 400};
        auto& pair = result.result.select<Code::tx_fee_bump_inner_failed>();
        pair.transaction_hash = world.pending.hash;
        if (row.inner == Code::tx_failed)
            pair.result.result.select<Code::tx_failed>();
        else
            pair.result.result = xdr::InnerTransactionResultResult{row.inner};
        auto answer = found("FAILED", Code::tx_failed);
        answer["resultXdr"] = to_base64(xdr::encode(result));
        answer["envelopeXdr"] =
            tx::envelope_base64(tx::make_fee_bump(tx::to_muxed(world.pending.source), 400, make_envelope()).value());
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
    xdr::TransactionEnvelope old;
    old.select<xdr::EnvelopeType::tx_v0>();
    CHECK(tx::make_pending(old, k_network, 1).problem().code == "tx.not_ours");
}

TEST_CASE("a fee bump of ours is known by both of its names", "[unit]") {
    auto signer = make_signer();
    const auto inner = make_envelope();
    auto bump = tx::make_fee_bump(tx::to_muxed({signer.public_key()}), 200, inner).value();
    tx::sign(bump, k_network, signer);
    World world;
    world.pending = tx::make_pending(bump, k_network, k_first_ledger).value();
    const auto& pending = world.pending;
    CHECK(pending.hash == tx::hash(inner, k_network));
    CHECK(pending.outer == tx::hash(bump, k_network));
    CHECK(pending.hash != pending.outer);
    CHECK((pending.sequence == 42 && pending.operations == 1 &&
           pending.valid_until == Instant{std::chrono::seconds{k_until}}));
    CHECK(pending.source == xdr::AccountId{signer.public_key()});
    CHECK(tx::make_pending(tx::make_fee_bump(tx::to_muxed({signer.public_key()}), 200, make_envelope({})).value(),
                           k_network, 1)
              .problem()
              .code == "tx.no_end");
    xdr::TransactionResult result{.fee_charged = 200};
    auto& pair = result.result.select<xdr::TransactionResultCode::tx_fee_bump_inner_success>();
    pair.transaction_hash = pending.hash;
    pair.result.result.select<xdr::TransactionResultCode::tx_success>();
    auto answer = found("SUCCESS", xdr::TransactionResultCode::tx_success);
    answer["resultXdr"] = to_base64(xdr::encode(result));
    answer["envelopeXdr"] = tx::envelope_base64(bump);
    world.rpc.on("getTransaction", [&](const json& params) { // a server that lists it under the outer name alone
        return ScriptedRpc::result(params["hash"] == to_hex(pending.outer) ? answer : not_found(k_until - 60));
    });
    const auto finding = world.find();
    CHECK(finding.fate == tx::Fate::applied);
    CHECK(finding.fee == 200);
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
    for (const char* text : {"AAAA", ""}) {
        answer["envelopeXdr"] = text;
        world.rpc.always("getTransaction", answer);
        CHECK(world.find().fate == tx::Fate::unknown);
    }
    answer.erase("envelopeXdr");
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
