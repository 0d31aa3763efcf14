// One organizer of a season: an event whose parties live on the local network, a treasury there, a box office that
// writes export files, and what people do with all that. What the box office sold is known here, and not by asking the
// book.
#pragma once
#include "lib/payout/send.hpp"
#include "lib/sale/import.hpp"
#include "tests/sim/season/network.hpp"
#include "tests/support/db_test.hpp"

#include <filesystem>

namespace passa::test {

inline constexpr int k_organizers = 6;
inline constexpr int k_accounts_each = 11; // a treasury, two of each of four parties, two strangers
inline constexpr int k_first_account = 2;  // 0 funds treasuries as declared, 1 without being declared
inline constexpr std::string_view k_parties[] = {"band", "venue", "crew", "creator"};
inline constexpr int k_ppm[] = {333'300, 500'001, 166'699}; // of all but the creator
inline constexpr int k_commission_ppm = 73'000;

// Whoever does a deed: a process with its own session, its own ids and its own time.
struct Hand {
    db::Database& db;
    IdSource& ids;
    FixedClock& clock;
    SeededRandom& random;
};

struct Ticket {
    std::int64_t gross = 0, tax = 0, fee = 0, refunded = 0; // cents
    std::string code, paid_at, refunded_at;
    [[nodiscard]] std::int64_t net() const { return gross - refunded - tax - fee; }
    [[nodiscard]] bool is_plain() const { return tax == 0 && fee == 0; } // can change
};
using Tickets = std::map<int, Ticket>; // by order number
std::int64_t net_of(const Tickets& tickets);

// What an interrupted import leaves to be done again.
struct Export {
    std::filesystem::path file;
    Tickets after; // all tickets, once it is in
};

struct BatchSeen {
    BatchId id;
    std::string state;
};

enum class Deed : std::uint8_t {
    sell,
    refund,
    correct,
    again,
    settle,
    create,
    expense,
    approve,
    send,
    resume,
    cancel,
    recon,
    close_break,
    fund,
    gift,
    pass,
    shut,
    open,
    move
};
std::string_view name(Deed deed);
bool meets_network(Deed deed); // through passa's own client
bool moves_network(Deed deed); // by hands that are not passa's
bool may_post(Deed deed);      // entries to the book

class Festival {
public:
    Festival(FreshDatabase& db, LocalNetwork& network, FixedClock& clock, int number,
             const std::filesystem::path& folder);

    // The deed, or an Error of passa's. Its choices are drawn from the hand, so they are the same whoever does it.
    void act(Deed deed, Hand& hand);
    [[nodiscard]] bool has_reason_to(Deed deed) const; // else the deed would find nothing
    // What is to be chosen from, as the book says after each step.
    std::vector<BatchSeen> batches;
    std::int64_t breaks = 0; // that a person may close
    int servers;             // that it asks

    void sell_more(Deed deed, SeededRandom& random); // writes the next file, unless one waits to be done again
    void import_again(Hand& hand) { import(hand, *m_waiting); }
    [[nodiscard]] const std::optional<Export>& waiting() const { return m_waiting; }
    [[nodiscard]] const Tickets& tickets() const { return m_tickets; }
    void open_doors();
    void shut_one(SeededRandom& random); // a payee takes no more, from now on
    void settle(Hand& hand);
    void recon(Hand& hand, std::string_view actor);
    payout::Sent send(Hand& hand, BatchId batch, Duration limit);
    BatchId create(Hand& hand, bool expense);
    void approve(Hand& hand, BatchId batch);
    int close_breaks(Hand& hand); // that a person may close; how many
    [[nodiscard]] std::vector<std::string> payees() const;
    [[nodiscard]] std::string treasury_address() const { return m_network.address(m_first); }
    // What is true of an import once it was done without an Error.
    void note_imported() { m_tickets = m_waiting->after, m_last = m_waiting->file, m_waiting.reset(); }

    OrganizerId org;
    EventId event;

private:
    void declare();
    void import(Hand& hand, const Export& from);
    void import_known(Hand& hand);
    void write_file(const std::vector<int>& orders);
    void shut(int payee, bool closed);
    void move(Hand& hand);
    std::unique_ptr<rail::Rail> rail();
    [[nodiscard]] payout::Desk desk(Hand& hand, std::string actor) const;
    [[nodiscard]] bool has_batch(std::initializer_list<std::string_view> states) const;
    std::optional<BatchId> choose(SeededRandom& random, std::initializer_list<std::string_view> states) const;
    [[nodiscard]] int payee(int n) const { return m_first + 1 + n; }
    FreshDatabase& m_db;
    LocalNetwork& m_network;
    FixedClock& m_clock;
    int m_first; // account
    std::filesystem::path m_folder;
    TreasuryId m_treasury;
    Tickets m_tickets;
    std::optional<Export> m_waiting;
    std::optional<std::filesystem::path> m_last; // imported whole
    std::set<int> m_shut;
    int m_files = 0, m_orders = 0;
};

} // namespace passa::test
