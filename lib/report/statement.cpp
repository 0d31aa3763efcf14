// Replays the settlements once, then writes one statement per party from the same replays.
#include "lib/report/statement.hpp"

#include "lib/base/text.hpp"
#include "lib/report/asset_name.hpp"
#include "lib/report/chart.hpp"
#include "lib/report/set_off.hpp"
#include "report_sql.hpp"

#include <algorithm>
#include <map>

namespace passa::report {
namespace {

struct Told { // what all statements of an event share
    Head head;
    std::vector<SettlementHead> settlements;
    std::vector<settle::Replay> replays; // of the same
    std::vector<PartyBalance> balances;
};

template <typename List, typename Match>
const auto& find_in(const List& list, Match match) {
    const auto it = std::find_if(list.begin(), list.end(), match);
    PASSA_ASSERT(it != list.end());
    return *it;
}

Amount borne_by(PartyId party, const split::PlanVersion& plan, const split::Pool& pool) {
    auto borne = Amount{0, pool.gross.asset()};
    if (plan.basis == split::Basis::gross && plan.fees_from == party) borne += pool.fees;
    if (plan.commission_from == party) borne += pool.commissions;
    return borne;
}

void add_share(const Told& told, std::size_t i, const settle::Delta& delta, Statement& out) {
    const auto& replay = told.replays[i];
    const auto& head = told.settlements[i];
    const auto& pool = find_in(replay.due.pools, [&](const split::Pool& p) {
        return p.plan_version == delta.due.plan_version && p.gross.asset() == delta.delta.asset();
    });
    const auto& plan =
        find_in(replay.plans, [&](const split::PlanVersion& p) { return p.id == delta.due.plan_version; });
    const auto share = std::find_if(plan.shares.begin(), plan.shares.end(),
                                    [&](const split::Share& s) { return s.party == delta.due.party; });
    const auto& name = replay.version_names.at(plan.id);
    out.earned.push_back({false, head.id, head.cut, head.through, name, pool.shared,
                          share == plan.shares.end() ? std::string{} : money::Rate::from_ppm(share->ppm).text(),
                          borne_by(delta.due.party, plan, pool), delta.due.amount, delta.posted_before, delta.delta});
    const auto bearer = [&](const std::optional<PartyId>& party) {
        return party ? replay.party_names.at(*party) : std::string{};
    };
    out.pools.push_back({head.id, head.cut, head.through, name,
                         plan.basis == split::Basis::gross ? bearer(plan.fees_from) : "", bearer(plan.commission_from),
                         pool.gross, pool.tax, pool.fees, pool.commissions, pool.shared});
}

// A commission is spread over the pools it comes from; the creator sees it whole.
void add_commissions(const Told& told, std::size_t i, PartyId party, Statement& out) {
    const auto& replay = told.replays[i];
    const auto& head = told.settlements[i];
    for (const auto& c : replay.due.commissions) {
        if (c.eligible.creator != party) continue;
        auto posted = Amount{0, c.due.asset()};
        bool any = false;
        for (const auto& d : replay.settlement.deltas) {
            if (d.due.party != party || d.due.campaign_version != c.eligible.campaign_version) continue;
            if (d.delta.asset() != c.due.asset()) continue;
            posted += d.delta;
            any = true;
        }
        if (!any) continue;
        const auto& terms = find_in(replay.terms, [&](const auto& t) { return t.id == c.eligible.campaign_version; });
        auto rate = terms.rate.text();
        if (terms.cap) rate += fmt::format(", at most {} {} per campaign", figure(*terms.cap), code_of(*terms.cap));
        out.earned.push_back({true, head.id, head.cut, head.through, replay.version_names.at(terms.id),
                              c.eligible.total, std::move(rate), Amount{0, c.due.asset()}, c.due, c.due - posted,
                              posted});
    }
}

void add_earned(const Told& told, PartyId party, Statement& out) {
    for (std::size_t i = 0; i < told.replays.size(); ++i) {
        for (const auto& delta : told.replays[i].settlement.deltas)
            if (delta.due.party == party && delta.due.kind == split::DueKind::share) add_share(told, i, delta, out);
        add_commissions(told, i, party, out);
    }
}

// What was earned, then what was paid, in the order of time; at the end what the books owe.
PartyAccount make_account(const Told& told, const PartyBalance& totals, const Statement& statement) {
    PartyAccount account{totals, {}, Amount{0, totals.owed.asset()}};
    auto& lines = account.lines;
    const auto& asset = totals.owed.asset();
    for (const auto& e : statement.earned) {
        if (e.posted.asset() != asset) continue;
        const auto& head = find_in(told.settlements, [&](const SettlementHead& h) { return h.id == e.settlement; });
        lines.push_back({head.settled_at,
                         head.settled,
                         fmt::format("{} by {}", e.commission ? "Commission" : "Share", e.terms),
                         e.settlement.text(),
                         "",
                         e.posted,
                         {}});
    }
    for (const auto& p : statement.payouts) {
        if (p.owed.asset() != asset || !p.from_payable || !(p.is_paid() || p.is_under_way())) continue;
        lines.push_back({p.moved_at,
                         p.at,
                         fmt::format("Payout of {} {}, {}", figure(p.amount), asset_name(p.amount.asset()), p.state),
                         p.id,
                         p.key,
                         -p.owed,
                         {}});
    }
    for (const auto& line : statement.set_off)
        if (line.amount.asset() == asset) lines.push_back(line);
    std::stable_sort(lines.begin(), lines.end(), [](const auto& a, const auto& b) { return a.when < b.when; });
    auto other = totals.owed;
    for (const auto& line : lines) other -= line.amount;
    if (!other.is_zero())
        lines.push_back({std::nullopt, "", "Other bookings; see: passa ledger journal", "", "", other, {}});
    auto balance = Amount{0, asset};
    for (auto& line : lines) {
        line.balance = balance += line.amount;
        if (line.is_set_off) account.set_off += line.amount;
    }
    return account;
}

void require_sound_books(const std::vector<ledger::CheckResult>& checks) {
    for (const auto& check : checks)
        if (check.broken != 0)
            throw Error{
                {Kind::balance_gap, "report.books_broken",
                 fmt::format("no statement was written: {} rows break a law of the books: {}", check.broken, check.law),
                 "see: passa ledger check"}};
}

Told tell(db::Transaction& tx, OrganizerId organizer, const event::Event& event, Instant now) {
    auto figures = load_event_figures(tx, organizer, event, now);
    require_sound_books(figures.checks);
    return {std::move(figures.head), std::move(figures.settlements), std::move(figures.replays),
            std::move(figures.payments.balances)};
}

[[noreturn]] void refuse_party(const std::string& name, const std::vector<std::string>& known,
                               const event::Event& event) {
    const auto near = nearest_names(name, known);
    throw Error{{Kind::not_found, "report.no_party",
                 fmt::format("{} earned nothing from {} and was paid nothing for it", printable(name, 60), event.name),
                 near.empty() ? fmt::format("see who did: passa report statement {} --out DIR", event.name)
                              : fmt::format("did you mean {}?", join(near, ", "))}};
}

} // namespace

std::vector<Statement> load_statements(db::Transaction& tx, OrganizerId organizer, const StatementsAsked& asked) {
    const auto& [event, party, now] = asked;
    const auto told = tell(tx, organizer, event, now);
    std::vector<Statement> statements;
    std::vector<std::string> known;
    for (const auto& row : tx.run(sql::load_payees, organizer, event.id)) {
        known.push_back(row.get<std::string>("name"));
        if (party && *party != known.back()) continue;
        const auto id = row.get<PartyId>("id");
        Statement statement{told.head, known.back(), row.get<std::string>("title"), {}, {}, {}, {}, {}};
        statement.payouts = load_payouts(tx, organizer, event.id, id);
        statement.set_off = load_set_off(tx, organizer, event.id, id);
        add_earned(told, id, statement);
        for (const auto& balance : told.balances)
            if (balance.id == id) statement.accounts.push_back(make_account(told, balance, statement));
        statements.push_back(std::move(statement));
    }
    if (party && statements.empty()) refuse_party(*party, known, event);
    return statements;
}

} // namespace passa::report
