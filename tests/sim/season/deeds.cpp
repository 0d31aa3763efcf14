// What people and jobs do, through passa's own flows.
#include "lib/event/event.hpp"
#include "lib/payout/approve.hpp"
#include "lib/payout/cancel.hpp"
#include "lib/payout/create.hpp"
#include "lib/recon/close.hpp"
#include "lib/recon/read.hpp"
#include "lib/recon/run.hpp"
#include "lib/sale/profile_shelf.hpp"
#include "lib/settle/settlement.hpp"
#include "lib/stellar/obstacles.hpp"
#include "lib/stellar/rail.hpp"
#include "lib/stellar/strkey.hpp"
#include "lib/stellar/tx/asset.hpp"
#include "tests/sim/season/festival.hpp"
#include "tests/support/payment_list.hpp"

#include <algorithm>

namespace passa::test {
namespace {

constexpr std::string_view k_names[] = {"sell",    "refund", "correct", "again",  "settle", "create",      "expense",
                                        "approve", "send",   "resume",  "cancel", "recon",  "close break", "fund",
                                        "gift",    "pass",   "shut",    "open",   "move"};

Error nothing_to(std::string_view what) {
    return Error{{Kind::not_found, "season.nothing", fmt::format("there is nothing to {}", what), ""}};
}

// Read once: taking in all built-in profiles takes longer than importing a file of four rows.
sale::ImportOrder order_of(const std::filesystem::path& file) {
    static const auto profile = [] {
        auto read = sale::get_profile("passa", "/nonexistent");
        read.accept_corrections = true;
        return read;
    }();
    return {"show", {file}, profile, false, std::nullopt};
}

} // namespace

std::string_view name(Deed deed) { return k_names[static_cast<std::size_t>(deed)]; }

bool meets_network(Deed deed) { return deed == Deed::send || deed == Deed::resume || deed == Deed::recon; }

bool moves_network(Deed deed) {
    return deed == Deed::fund || deed == Deed::gift || deed == Deed::pass || deed == Deed::shut || deed == Deed::open;
}

bool may_post(Deed deed) {
    return !moves_network(deed) && deed != Deed::create && deed != Deed::expense && deed != Deed::approve &&
           deed != Deed::move;
}

void Festival::shut_one(SeededRandom& random) {
    shut(payee(static_cast<int>(random.below(2 * std::size(k_parties)))), true);
}

void Festival::act(Deed deed, Hand& hand) {
    const auto some = [&] { return static_cast<std::int64_t>(1 + hand.random.below(60)) * 10'000'000; };
    const auto batch = [&](std::initializer_list<std::string_view> states) {
        const auto found = choose(hand.random, states);
        if (!found) throw nothing_to(name(deed));
        return *found;
    };
    const Duration limits[] = {std::chrono::seconds{0}, std::chrono::seconds{10}, std::chrono::seconds{160}};
    switch (deed) {
    case Deed::sell:
    case Deed::refund:
    case Deed::correct: return import(hand, *m_waiting);
    case Deed::again: return import_known(hand);
    case Deed::settle: return settle(hand);
    case Deed::create: return static_cast<void>(create(hand, false));
    case Deed::expense: return static_cast<void>(create(hand, true));
    case Deed::approve: return approve(hand, batch({"awaiting_approval"}));
    case Deed::send: return static_cast<void>(send(hand, batch({"approved"}), limits[hand.random.below(3)]));
    case Deed::resume: return static_cast<void>(send(hand, batch({"running"}), limits[hand.random.below(3)]));
    case Deed::cancel:
        return static_cast<void>(
            payout::cancel(desk(hand, "sender"), batch({"awaiting_approval", "approved", "running"}), "given up"));
    case Deed::recon: return recon(hand, "accountant");
    case Deed::close_break:
        if (close_breaks(hand) == 0) throw nothing_to("close");
        return;
    case Deed::fund: return static_cast<void>(m_network.pay(0, treasury_address(), some()));
    case Deed::gift: return static_cast<void>(m_network.pay(1, treasury_address(), some()));
    case Deed::pass: return m_network.wait(std::chrono::seconds{5 + hand.random.below(240)});
    case Deed::shut: return shut_one(hand.random);
    case Deed::open: return m_shut.empty() ? throw nothing_to("open") : shut(*m_shut.begin(), false);
    case Deed::move: return move(hand);
    }
}

bool Festival::has_reason_to(Deed deed) const {
    switch (deed) {
    case Deed::refund:
    case Deed::correct: return !m_waiting && !m_tickets.empty();
    case Deed::again: return m_last && !m_waiting; // an older file would undo the corrections of a newer one
    case Deed::approve: return has_batch({"awaiting_approval"});
    case Deed::send: return has_batch({"approved"});
    case Deed::resume: return has_batch({"running"});
    case Deed::cancel: return !batches.empty();
    case Deed::close_break: return breaks > 0;
    case Deed::open: return !m_shut.empty();
    default: return true;
    }
}

bool Festival::has_batch(std::initializer_list<std::string_view> states) const {
    return std::any_of(batches.begin(), batches.end(), [&](const BatchSeen& batch) {
        return std::find(states.begin(), states.end(), batch.state) != states.end();
    });
}

payout::Desk Festival::desk(Hand& hand, std::string actor) const {
    auto os_user = "os-" + actor;
    return {hand.db, org, hand.ids, hand.clock, std::move(actor), std::move(os_user)};
}

std::optional<BatchId> Festival::choose(SeededRandom& random, std::initializer_list<std::string_view> states) const {
    std::vector<BatchId> fit;
    for (const auto& batch : batches)
        if (std::find(states.begin(), states.end(), batch.state) != states.end()) fit.push_back(batch.id);
    if (fit.empty()) return std::nullopt;
    return fit[random.below(fit.size())];
}

void Festival::import(Hand& hand, const Export& from) {
    const auto done =
        sale::import_sales({hand.db, org, hand.ids, hand.clock, "clerk"}, order_of(from.file), [](auto, auto, auto) {});
    if (done.refused > 0)
        throw Error{{Kind::internal, "season.refused",
                     fmt::format("{}: {}", from.file.string(), done.refusals.front().reason), ""}};
}

void Festival::import_known(Hand& hand) {
    if (!m_last) throw nothing_to("import again");
    const auto done =
        sale::import_sales({hand.db, org, hand.ids, hand.clock, "clerk"}, order_of(*m_last), [](auto, auto, auto) {});
    if (!done.was_known && done.sold + done.undone > 0)
        throw Error{{Kind::internal, "season.twice", "the newest file brought something once more", ""}};
}

void Festival::settle(Hand& hand) {
    db::transact(hand.db, {.organizer = org, .what = "settle"}, [&](db::Transaction& tx) {
        const auto now = hand.clock.now();
        settle::settle({tx, org, hand.ids, now}, event::get_event(tx, org, "show"), now + std::chrono::seconds{1},
                       "night");
    });
}

BatchId Festival::create(Hand& hand, bool expense) {
    payout::CreateOrder order;
    order.find_fault = [](std::string_view rail, std::string_view account, const rail::Order& one) {
        return rail == "stellar" ? stellar::find_fault(account, one) : std::string{};
    };
    if (expense) {
        test::PaymentList file;
        const auto mark = hand.random.next_u64();
        for (int i = 0; i < 8; ++i)
            file.sha256[static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(mark >> (8 * i));
        for (auto lines = 1 + hand.random.below(3); lines > 0; --lines) {
            const auto to = payee(2 * static_cast<int>(std::size(k_parties)) + static_cast<int>(hand.random.below(2)));
            file.lines.push_back(
                {static_cast<std::int64_t>(file.lines.size()) + 2,
                 {},
                 m_network.address(to),
                 {static_cast<money::Int128>(1 + hand.random.below(40'000'000)), {m_network.dollar(), 7}},
                 {},
                 fmt::format("{}-{}", mark, lines)});
        }
        order.file = file;
    } else {
        order.event = event;
    }
    const auto maker = desk(hand, "maker");
    return db::transact(hand.db, {.organizer = org, .what = "payout.create"},
                        [&](db::Transaction& tx) { return payout::create(tx, maker, order).batch.id; });
}

void Festival::approve(Hand& hand, BatchId batch) {
    const auto checker = desk(hand, "checker");
    db::transact(hand.db, {.organizer = org, .what = "payout.approve"},
                 [&](db::Transaction& tx) { payout::approve(tx, checker, batch, std::nullopt); });
}

std::unique_ptr<rail::Rail> Festival::rail() {
    const stellar::xdr::AccountId account{stellar::parse_account(treasury_address()).value_or_throw()};
    return std::make_unique<stellar::StellarRail>(m_network.client(servers),
                                                  stellar::Treasury{account, {m_network.dollar(), 7}},
                                                  std::make_unique<stellar::SeedSigner>(m_network.signer(m_first)));
}

payout::Sent Festival::send(Hand& hand, BatchId batch, Duration limit) {
    payout::Patience patience;
    patience.limit = limit;
    patience.wait = [&](Duration time) { m_network.wait(std::max<Duration>(time, std::chrono::seconds{1})); };
    const auto by = rail();
    auto sent = payout::send(desk(hand, "sender"), *by, batch, {patience});
    if (sent.halted && sent.halted->code == "fault.injected") throw Error{*sent.halted};
    return sent;
}

void Festival::recon(Hand& hand, std::string_view actor) {
    const auto from = db::transact(hand.db, {.organizer = org, .read_only = true},
                                   [&](db::Transaction& tx) { return recon::find_position(tx, org, m_treasury); });
    const auto statement = rail()->read_statement(from);
    db::transact(hand.db, {.organizer = org, .what = "recon.run"}, [&](db::Transaction& tx) {
        const ledger::Book book{tx, org, hand.ids, hand.clock.now()};
        const auto report = recon::take_in({book, m_treasury, std::string{actor}}, statement);
        if (report.has_gap) throw Error{{Kind::internal, "season.gap", "the books and the chain do not add up", ""}};
    });
}

// Money from a stranger turns out to be the organizer's own after all; of anything else a season knows no cause.
int Festival::close_breaks(Hand& hand) {
    const auto open = db::transact(hand.db, {.organizer = org, .read_only = true},
                                   [&](db::Transaction& tx) { return recon::load_breaks(tx, org, {}); });
    int closed = 0;
    for (const auto& found : open) {
        if (found.type == "UNKNOWN_OUTCOME" || found.type == "TIMING") continue; // a later run closes it
        if (found.type != "MISSING_INTERNAL")
            throw Error{
                {Kind::internal, "season.break", fmt::format("{} {}: {}", found.type, found.subject, found.why), ""}};
        db::transact(hand.db, {.organizer = org, .what = "recon.close"}, [&](db::Transaction& tx) {
            const ledger::Book book{tx, org, hand.ids, hand.clock.now()};
            recon::close(book, {found.id, recon::CloseCode::funding, "it is ours", "accountant"});
        });
        ++closed;
    }
    return closed;
}

} // namespace passa::test
