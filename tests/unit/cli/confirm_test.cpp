// Consent to moving money: named for a network, or typed by a person; never assumed.
#include "cli/out/confirm.hpp"

#include <catch2/catch.hpp>

#include <unistd.h>

using namespace passa;
using namespace passa::cli::out;

namespace {

const Plan k_plan{"testnet", "1,200.00 USDC", {}};

Problem refusal_of(const Asking& asking) {
    try {
        static_cast<void>(find_consent(k_plan, asking));
    } catch (const Error& error) {
        return error.first();
    }
    FAIL("nothing was refused");
    return {};
}

} // namespace

TEST_CASE("--yes with the network of the plan is consent", "[unit]") {
    REQUIRE(find_consent(k_plan, {"testnet", false}) == Consent::given);
    REQUIRE(find_consent(k_plan, {"testnet", true}) == Consent::given);
}

TEST_CASE("--yes for another network is refused, also where somebody could be asked", "[unit]") {
    for (const bool may_ask : {false, true}) {
        const auto refusal = refusal_of({"public", may_ask});
        REQUIRE(refusal.code == "cli.yes_elsewhere");
        REQUIRE(exit_code_for(refusal.kind) == ExitCode::usage);
        REQUIRE(refusal.hint.find("--yes testnet") != std::string::npos);
    }
    REQUIRE(refusal_of({"", true}).code == "cli.yes_elsewhere");
    REQUIRE(refusal_of({"Testnet", true}).code == "cli.yes_elsewhere");
}

TEST_CASE("without --yes a person is asked, and without a person nothing moves", "[unit]") {
    REQUIRE(find_consent(k_plan, {std::nullopt, true}) == Consent::must_ask);
    const auto refusal = refusal_of({std::nullopt, false});
    REQUIRE(refusal.code == "cli.needs_yes");
    REQUIRE(exit_code_for(refusal.kind) == ExitCode::usage);
}

TEST_CASE("only the exact phrase is consent", "[unit]") {
    const auto answered = [](const std::string& text) {
        int ends[2];
        REQUIRE(pipe(ends) == 0);
        REQUIRE(write(ends[1], text.data(), text.size()) == static_cast<ssize_t>(text.size()));
        close(ends[1]);
        const int before = dup(0);
        dup2(ends[0], 0);
        std::string code = "consent";
        try {
            ask_consent(k_plan);
        } catch (const Error& error) {
            code = error.first().code;
        }
        dup2(before, 0);
        close(before);
        close(ends[0]);
        return code;
    };
    REQUIRE(answered(k_plan.phrase + "\n") == "consent");
    for (const auto* no : {"", "\n", "y\n", "yes\n", "TESTNET\n"}) REQUIRE(answered(no) == "cli.not_confirmed");
}

TEST_CASE("a plan says on a terminal whose asset it is", "[unit]") {
    const std::string issuer = "GCAFM73N444TKAWDZLLQC6HLRU75YDFWJFHBTNXLKAW4EYIJQKA43SF3";
    const money::Amount total{12'000'000'000, {"USDC:" + issuer, 7}};
    const Plan plan{"testnet", "all", {{"total", total}, {"fee_at_most", money::Amount{100, {"XLM", 7}}}}};
    Terminal terminal;
    terminal.stdout_is_tty = true;
    const auto shown = echo(plan, terminal);
    CHECK(shown.find("network: testnet\n") == 0);
    CHECK(shown.find("total: 1,200.0000000 USDC:GCAF..3SF3\n") != std::string::npos);
    CHECK(shown.find("fee_at_most: 0.0000100 XLM\n") != std::string::npos);
    CHECK(echo(plan, {}).find("total: 1200.0000000 USDC:" + issuer) != std::string::npos);
}
