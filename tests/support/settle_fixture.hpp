// One organizer with one event, two plans of odd shares and one campaign; sale lines are made as an import makes them.
#pragma once
#include "lib/settle/settlement.hpp"
#include "tests/support/db_test.hpp"

#include <array>
#include <map>

namespace passa::test {

class SettleFixture {
public:
    using Int128 = money::Int128;

    explicit SettleFixture(std::shared_ptr<FreshDatabase> in = std::make_shared<FreshDatabase>(),
                           std::string_view name = "demo");

    struct Sums {
        Int128 gross = 0, tax = 0, fee = 0;
        [[nodiscard]] Int128 net() const { return gross - tax - fee; }
        Sums& operator+=(const Sums& other) {
            gross += other.gross, tax += other.tax, fee += other.fee;
            return *this;
        }
        [[nodiscard]] Sums operator-() const { return {-gross, -tax, -fee}; }
    };

    // A sale and its journal, as an import commits them together. Its number, for its changes.
    std::size_t add_line(Int128 gross, Int128 tax, Int128 fee, std::size_t plan_index, bool with_creator);
    // What came of it later: 'refund' takes away, 'correction' either way.
    void change_line(std::size_t number, std::string_view kind, const Sums& by) { insert(sales[number], kind, by); }

    std::optional<settle::Settlement> settle();
    std::map<std::string, Int128> posted();

    std::shared_ptr<FreshDatabase> database; // one for several organizers
    FreshDatabase& db;
    OrganizerId org;
    EventId event;
    std::array<IdBytes, 2> plan;
    IdBytes campaign_version;
    std::vector<PartyId> parties;
    struct Sale {
        IdBytes id{};
        std::size_t plan_index = 0;
        bool with_creator = false;
        Sums now;  // what is left of it
        Sums sold; // with corrections
        Int128 undone_gross = 0;
        int changes = 0;
    };
    std::vector<Sale> sales;

private:
    void insert(Sale& sale, std::string_view kind, const Sums& by);
};

} // namespace passa::test
