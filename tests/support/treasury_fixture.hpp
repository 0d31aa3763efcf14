// A treasury with payouts at any stage of their life, and a chain that tells what a test makes it tell. Books are kept
// as the payout flows keep them: reserved into clearing, paid out of the treasury at the proof.
#pragma once
#include "lib/recon/run.hpp"
#include "tests/support/db_test.hpp"

#include <map>

namespace passa::test {

struct MadePayout {
    IdBytes id{};
    std::string destination;
    money::Amount amount;
};

struct MadeAttempt {
    IdBytes id{};
    std::string key;
    std::vector<MadePayout> payouts;
};

class TreasuryFixture {
public:
    TreasuryFixture();

    // One attempt for all amounts. `state` of the payouts, `attempt_state` of the attempt.
    MadeAttempt pay(const std::vector<money::Int128>& minors, std::string_view state = "confirmed",
                    std::string_view attempt_state = "confirmed");
    void set_state(const MadePayout& payout, std::string_view state);
    void confirm(const MadePayout& payout); // from a state that holds money in clearing
    void book_fee(const MadeAttempt& attempt, money::Int128 minor);

    // What the chain shows. Each moves its balance.
    rail::StatementLine& show(rail::StatementLine line);
    rail::StatementLine& show_funding(money::Amount amount, const std::string& from = "GFUNDER");
    void show_attempt(const MadeAttempt& attempt, money::Int128 fee = 100);

    [[nodiscard]] rail::Statement statement();
    recon::RunReport run() { return run(statement()); }
    recon::RunReport run(const rail::Statement& statement);
    std::string code_of(const rail::Statement& statement); // of the Error that taking it in throws

    std::string value(const std::string& sql); // one value, in the organizer's scope
    void execute(const std::string& sql);
    std::string open_breaks(); // "AMOUNT PARTY_MISMATCH", sorted
    [[nodiscard]] money::Amount usdc(money::Int128 minor) const { return {minor, {"USDC:GISSUER", 7}}; }
    [[nodiscard]] money::Amount xlm(money::Int128 minor) const { return {minor, {"XLM", 7}}; }
    void sweep() { db.sweep(org); }

    FreshDatabase db;
    OrganizerId org;
    TreasuryId treasury;
    std::vector<rail::StatementLine> history;
    std::map<std::string, money::Amount> balances;
    bool complete = true;

private:
    void note_move(const IdBytes& payout, std::string_view state);
    JournalId post(std::string_view kind, const IdBytes& cause, std::vector<ledger::Posting> postings);
    void give_back(JournalId reserve);
    IdBytes add_attempt(const MadeAttempt& made, std::string_view state);
    IdBytes m_party{};
    IdBytes m_batch{};
    std::int64_t m_position = 0;
    int m_pos = 0;
};

} // namespace passa::test
