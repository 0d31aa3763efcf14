// What is to be done follows from what is due and what the contract has: nothing twice, nothing that it would refuse.
#include "lib/base/random.hpp"
#include "lib/escrow/steps.hpp"

#include <catch2/catch.hpp>

#include <numeric>

using namespace passa;
using namespace passa::escrow;

namespace {

const money::Asset k_coin{"XLM", 7};

Escrow an_escrow() {
    Escrow escrow;
    escrow.asset = k_coin;
    return escrow;
}

VersionDue a_due(std::vector<std::int64_t> shares, std::int64_t commission) {
    VersionDue due;
    due.on_chain = 1;
    const std::vector<std::uint32_t> bps{5000, 3333, 1667};
    for (std::size_t i = 0; i < shares.size(); ++i)
        due.shares.push_back({{{}, "party", "G" + std::to_string(i)}, bps[i], {shares[i], k_coin}});
    if (commission != 0) due.commissions.push_back({{{}, "fan", "GFAN"}, {commission, k_coin}});
    return due;
}

// Due of a total, by the law.
VersionDue due_of(Int128 net, std::int64_t commission) {
    auto due = a_due({0, 0, 0}, commission);
    const auto parts = share_parts(due, net - commission);
    for (std::size_t i = 0; i < parts.size(); ++i) due.shares[i].due = {parts[i], k_coin};
    return due;
}

ContractBook empty_book() {
    ContractBook book;
    book.paid = {0, 0, 0};
    return book;
}

void apply(ContractBook& book, const Steps& steps) {
    for (const auto& step : steps.steps) {
        if (step.act == Act::deposit) book.deposited += step.minor;
        if (step.act == Act::refund) book.refunded += step.minor;
        book.commissions += step.credited();
        for (const auto& [address, minor] : step.earned) book.credits[address].due += minor;
    }
}

// As `distribute` does: everybody asked for, never more than is held.
void distribute(ContractBook& book, const VersionDue& due) {
    const auto parts = share_parts(due, book.deposited - book.refunded - book.commissions);
    for (const auto& address : find_owed(due, book)) {
        for (std::size_t i = 0; i < parts.size(); ++i)
            if (due.shares[i].payee.address == address && parts[i] > book.paid[i])
                book.paid[i] += std::min(parts[i] - book.paid[i], book.held());
        auto& credit = book.credits[address];
        const auto open = std::min(credit.due - credit.paid, book.held());
        credit.paid += open;
        book.commissions_paid += open;
    }
}

} // namespace

TEST_CASE("a deposit with its commissions, then nothing", "[unit]") {
    const auto due = due_of(1'000'001, 100'000);
    auto book = empty_book();
    const auto steps = plan_steps(an_escrow(), due, book);
    REQUIRE(steps.steps.size() == 1);
    REQUIRE(steps.steps[0].act == Act::deposit);
    REQUIRE(steps.steps[0].minor == 1'000'001);
    REQUIRE(steps.steps[0].earned == std::vector<std::pair<std::string, Int128>>{{"GFAN", 100'000}});
    apply(book, steps);
    REQUIRE(plan_steps(an_escrow(), due, book).steps.empty());
    REQUIRE(find_owed(due, book) == std::vector<std::string>{"G0", "G1", "G2", "GFAN"});
    distribute(book, due);
    REQUIRE(book.held() == 0);
    REQUIRE(find_owed(due, book).empty());
}

TEST_CASE("more creators than a call takes are credited in several", "[unit]") {
    auto due = due_of(1'000'000, 0);
    for (int i = 0; i < 120; ++i) due.commissions.push_back({{{}, "fan", "GFAN" + std::to_string(i)}, {1, k_coin}});
    auto book = empty_book();
    const auto steps = plan_steps(an_escrow(), due, book).steps;
    REQUIRE(steps.size() == 3);
    REQUIRE(steps[0].act == Act::deposit);
    REQUIRE(steps[0].earned.size() == 50);
    REQUIRE(steps[2].act == Act::credit);
    REQUIRE(steps[2].earned.size() == 20);
    REQUIRE(steps[1].reference != steps[2].reference);
    apply(book, {{steps[0], steps[1]}});
    const auto rest = plan_steps(an_escrow(), due, book).steps; // as if it was killed there
    REQUIRE(rest.size() == 1);
    REQUIRE(rest[0].reference == steps[2].reference);
    REQUIRE(rest[0].earned == steps[2].earned);
}

TEST_CASE("whoever asks from the same place asks by the same name, and from another by another", "[unit]") {
    const auto due = due_of(500, 0), more = due_of(700, 0);
    const auto first = plan_steps(an_escrow(), due, empty_book()).steps.at(0).reference;
    REQUIRE(plan_steps(an_escrow(), due, empty_book()).steps.at(0).reference == first);
    REQUIRE(plan_steps(an_escrow(), more, empty_book()).steps.at(0).reference != first);
    auto book = empty_book();
    book.deposited = 500;
    REQUIRE(plan_steps(an_escrow(), more, book).steps.at(0).reference != first);
}

TEST_CASE("what is too much comes back while it is there, and is waited for when it was paid out", "[unit]") {
    auto book = empty_book();
    book.deposited = 1'000;
    const auto less = due_of(600, 0);
    const auto steps = plan_steps(an_escrow(), less, book);
    REQUIRE(steps.steps.at(0).act == Act::refund);
    REQUIRE(steps.steps.at(0).minor == 400);
    distribute(book, due_of(1'000, 0));
    const auto waits = plan_steps(an_escrow(), less, book);
    REQUIRE(waits.steps.empty());
    REQUIRE(waits.waits.size() == 1);
    REQUIRE(plan_steps(an_escrow(), due_of(1'100, 0), book).steps.at(0).minor == 100);
}

TEST_CASE("over a season of sales and refunds the contract's sums are the books', and nobody is paid beyond his due",
          "[unit]") {
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        INFO("seed " << seed);
        SeededRandom random{seed};
        auto book = empty_book();
        Int128 net = 0;
        std::int64_t commission = 0;
        for (int day = 0; day < 30; ++day) {
            const auto change = static_cast<std::int64_t>(random.below(10'000)) - 2'000;
            net = std::max<Int128>(0, net + change);
            commission =
                std::min(commission + static_cast<std::int64_t>(random.below(50)), static_cast<std::int64_t>(net / 5));
            const auto due = due_of(net, commission);
            apply(book, plan_steps(an_escrow(), due, book));
            REQUIRE(plan_steps(an_escrow(), due, book).steps.empty());
            if (random.below(3) == 0) distribute(book, due);
            REQUIRE(book.held() >= 0);
            // Paid and held are all that came in.
            const auto paid = std::accumulate(book.paid.begin(), book.paid.end(), Int128{0}) + book.commissions_paid;
            REQUIRE(paid + book.held() == book.deposited - book.refunded);
            REQUIRE(book.deposited - book.refunded >= net);
        }
    }
}
