// Names and notes in plain text accounting: what two programs that are not ours must be able to read.
#include "lib/ledger/plain_text.hpp"
#include "tests/support/problem_code.hpp"

#include <catch2/catch.hpp>

using namespace passa;
using namespace passa::ledger;
using Catch::Matchers::Contains;

namespace {

const std::string k_issuer = "GAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAWHF";
const money::Asset k_usdc{"USDC:" + k_issuer, 7};
const money::Asset k_jpy{"JPY", 0};
const Day k_day{std::chrono::year{2027} / 3 / 7};

KnownAccount known(AccountName name, money::Asset asset) { return {std::move(name), std::move(asset), k_day}; }

JournalLine line(const AccountName& account, money::Int128 minor, const money::Asset& asset, std::string note = "") {
    return {{}, "expense", {}, {}, k_day, std::move(note), account, {minor, asset}};
}

} // namespace

TEST_CASE("an account's path names its root, kind and whose it is") {
    REQUIRE(account_path({"party_payable", "gala-2027", "band", {}}) == "Liabilities:PartyPayable:Gala-2027:Band");
    REQUIRE(account_path({"treasury", {}, {}, "main"}) == "Assets:Treasury:NoEvent:Main");
    REQUIRE(account_path({"fx_rounding", {}, {}, {}}) == "Equity:FxRounding");
    REQUIRE(account_path({"expense", "band", {}, {}}) != account_path({"expense", {}, "band", {}}));
}

TEST_CASE("an issued asset keeps the end of its issuer, and the head says which it is") {
    const AccountName main{"treasury", {}, {}, "main"};
    const PlainText hledger{Dialect::hledger, {known(main, k_usdc), known(main, k_jpy)}};
    REQUIRE_THAT(hledger.head(), Contains("commodity 1000. JPY ; JPY\n"));
    REQUIRE_THAT(hledger.head(), Contains("commodity 1000.0000000 \"USDC-AAAAAWHF\" ; " + k_usdc.id + "\n"));
    const PlainText beancount{Dialect::beancount, {known(main, k_usdc)}};
    REQUIRE_THAT(beancount.head(), Contains("2027-03-07 commodity USDC-AAAAAWHF\n  asset: \"" + k_usdc.id + "\"\n"));
    REQUIRE_THAT(beancount.entries(std::vector{line(main, -1, k_usdc)}),
                 Contains("    Assets:Treasury:NoEvent:Main  -0.0000001 USDC-AAAAAWHF\n"));
}

TEST_CASE("two assets that would be called the same are refused") {
    const AccountName main{"treasury", {}, {}, "main"};
    const money::Asset lower{"usdc:" + k_issuer, 7};
    REQUIRE(test::problem_code([&] {
                PlainText(Dialect::hledger, {known(main, k_usdc), known(main, lower)});
            }) == "ledger.same_commodity");
}

TEST_CASE("a note cannot end a description, a text or a line") {
    const AccountName own{"expense", {}, "band", {}};
    const std::vector lines{line(own, 5, k_jpy, "sound; \"quoted\" | a\\b\n2027-01-01 forged")};
    REQUIRE_THAT((PlainText{Dialect::hledger, {known(own, k_jpy)}}.entries(lines)),
                 Contains("2027-03-07 expense | sound, \"quoted\" / a\\b\\x0a2027-01-01 forged\n"));
    REQUIRE_THAT((PlainText{Dialect::beancount, {known(own, k_jpy)}}.entries(lines)),
                 Contains("\"sound; \\\"quoted\\\" | a\\\\b\\\\x0a2027-01-01 forged\"\n"));
}
