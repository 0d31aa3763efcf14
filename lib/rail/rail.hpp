// The port to whatever moves money: a Stellar network today, mobile money and bank files later. Payouts and
// reconciliation know only this; cli/network.cpp says which rail stands behind it.
//
// A rail's answer is a value, never an exception: `unknown` must be stored like everything else. Only what makes the
// question itself impossible (no route to any server before anything was sent, a wrong key) is an Error.
#pragma once
#include "lib/base/bytes.hpp"
#include "lib/base/time.hpp"
#include "lib/money/amount.hpp"

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace passa::rail {

using money::Amount;

// One payment to be made.
struct Order {
    std::string reference; // ours; unique for ever
    std::string destination;
    std::string memo; // empty: none
    Amount amount;
};

// Why an account of a rail can never make this payment, whatever the network holds: there is no such address, no such
// memo, it would pay itself. Empty text: nothing known against it. Asks nobody, so it is asked before anybody approves.
using FindFault = std::function<std::string(std::string_view rail, std::string_view account, const Order& order)>;

struct Capability {
    std::size_t orders_per_attempt = 1;
    bool one_memo_per_attempt = false; // orders of one attempt must carry the same memo
};

// One try with its exact bytes, made before anything is sent: what is stored is what is sent, and sent again.
struct Attempt {
    std::string key;     // how the rail knows it: a transaction hash
    Bytes payload;       // holds no secret
    std::string source;  // the account whose number it carries
    std::string network; // a payload is good for one network only
    std::optional<std::int64_t> sequence;
    Amount max_fee;
    Instant valid_until{};           // after this the rail refuses it
    std::int64_t first_position = 0; // newest ledger known when it was made: absence proofs need history from here on
};

// What we know of the numbers of the account whose turn it is.
struct Numbers {
    std::int64_t used = 0;                 // the highest that an attempt of ours carried into a ledger: servers may lag
    std::optional<std::int64_t> dead = {}; // of an attempt that came to nothing, and that nothing we know of has used
};

enum class Standing : std::uint8_t {
    accepted,  // taken, not final
    confirmed, // proof of success of every order
    failed,    // proof that no order happened; each line says whether it was at fault
    absent,    // proof that it never happened and never can: all orders may be tried again
    unknown,   // may have happened: ask again
};
std::string_view name(Standing standing);

struct LineAnswer {
    bool at_fault = false; // this order cannot work as it is; the others may be tried again without it
    std::string code;      // in the rail's own words: "PAYMENT_NO_TRUST"
};

// What was seen, as it came: kept for ever.
struct Evidence {
    std::string kind;         // sent, pending, found, refused (for what will not pass by itself), absent, statement
    std::string external_ref; // the attempt's key or the rail's own reference
    Bytes raw;                // the answer's bytes
    std::string details;      // one JSON object: ledger, codes, fee
    Instant seen_at{};
};

struct Outcome {
    Standing standing = Standing::unknown;
    std::string reason;               // for people: "txFAILED [PAYMENT_NO_TRUST]", "no answer within 15s"
    std::vector<LineAnswer> lines;    // in the order of the attempt's orders; empty unless failed
    std::optional<Amount> fee;        // what was really charged, once known
    std::optional<Evidence> evidence; // absent only when nothing came back
    Duration ask_again{};             // unless final: the earliest sensible next question
};

// One movement on the treasury's account, as the rail's own history tells it.
struct StatementLine {
    // Unique for ever. KEY:N for the money that order N (from 0) of the attempt known by KEY moved, KEY:fee for what
    // the attempt cost, KEY:upkeep for what it cost to keep up the account by something that can move no money;
    // movements that no attempt of ours made follow the same form, so that ours can be told from
    // theirs.
    std::string external_ref;
    enum class Kind : std::uint8_t { payment, fee, funding, other } kind = Kind::other;
    Amount amount; // signed: what it did to the account
    std::string counterparty;
    std::string memo;
    Instant booked_at{};
    std::int64_t position = 0; // order within the rail's history
};
std::string_view name(StatementLine::Kind kind);

// All movements after `from` up to `to`: complete, or `complete` is false and nothing may be concluded from absence.
struct Statement {
    std::int64_t from = 0; // position, exclusive
    std::int64_t to = 0;   // position, inclusive
    std::int64_t to_ledger = 0;
    bool complete = false;
    std::string gap; // why not complete
    std::vector<StatementLine> lines;
    std::vector<Amount> closing; // balances of the account at `to`: of every asset that is to be proved, zero ones too
    Instant closed_at{}; // of `to_ledger`, or a little before; zero: nobody told, and nothing is concluded from silence
    bool more = false;   // the history goes on behind `to`: `closing` is of a later moment, and proves nothing yet
};

// Whoever carries bytes that were stored to where they take effect, and says what became of them.
class Courier {
public:
    virtual ~Courier() = default;
    virtual Outcome send(const Attempt& attempt) = 0; // may be repeated with the same attempt
    virtual Outcome find(const Attempt& attempt) = 0; // what became of it, by its key
};

class Rail : public Courier {
public:
    [[nodiscard]] virtual std::string_view name() const = 0; // "stellar"
    [[nodiscard]] virtual Capability capability() const = 0;

    // The most it costs to send so many orders once, in the asset that the rail charges in.
    [[nodiscard]] virtual Amount most_cost(std::size_t orders) const = 0;

    // Per order, what would make it fail: no account, no trustline, a limit. Empty text: nothing known against it. Many
    // orders take many questions: `meanwhile` is called between two, for whoever must show that it is still there.
    virtual std::vector<std::string> find_obstacles(std::span<const Order> orders,
                                                    const std::function<void()>& meanwhile) = 0;
    virtual std::vector<Amount>
    balances() = 0; // what the treasury may spend now: of its asset, and of what fees are charged in
    // Error when nothing can be signed here: no key, a wrong passphrase. Asked before money is set aside for a payment.
    virtual void require_signer() = 0;
    // Asks the rail for what the next attempt needs: its number, what it costs. A dead number is taken again, so that
    // the rail itself excludes one of the two attempts, unless all say that it was used.
    virtual void get_ready(const Numbers& known) = 0;
    // Bytes, key and bounds, of what get_ready learned: asks nobody, since the orders' rows are locked meanwhile.
    // Signs, sends nothing. At most capability().orders_per_attempt orders.
    virtual Attempt prepare(std::span<const Order> orders) = 0;
    virtual Statement read_statement(std::int64_t from_position) = 0;
};

} // namespace passa::rail
