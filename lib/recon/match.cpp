// Our references first, then fees, then what came in and went out without us, and what never came.
#include "lib/recon/match.hpp"

#include "lib/base/text.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>
#include <tuple>

namespace passa::recon {
namespace {

using payout::State;
using LineKind = rail::StatementLine::Kind;

bool is_paid(State state) { return state == State::confirmed || state == State::settled || state == State::returned; }
bool is_under_way(State state) { return state == State::sending || state == State::accepted; }

// The id comes last: two lines that say the same are told apart by nothing else.
auto line_order(const Line& line) {
    const auto& s = line.said;
    return std::tuple{s.position,       std::string_view{s.external_ref}, s.kind, std::string_view{s.amount.asset().id},
                      s.amount.minor(), std::string_view{s.counterparty}, line.id};
}

// A movement of the account, as two lines that repeat one another say it.
using Movement = std::tuple<std::string_view, int, money::Int128, std::string_view>;
Movement movement_of(const Line& line) {
    const auto& s = line.said;
    return {s.amount.asset().id, s.amount.asset().scale, s.amount.minor(), s.counterparty};
}

std::string payout_text(const IdBytes& payout) { return id_text::encode("pay", payout); }

class Matching {
public:
    explicit Matching(MatchInput input) : m_in(std::move(input)) {
        std::sort(m_in.lines.begin(), m_in.lines.end(),
                  [](const Line& a, const Line& b) { return line_order(a) < line_order(b); });
        std::sort(m_in.expected.begin(), m_in.expected.end(), [](const Expected& a, const Expected& b) {
            return std::tie(a.key, a.index, a.payout) < std::tie(b.key, b.index, b.payout);
        });
        std::sort(m_in.fees.begin(), m_in.fees.end(),
                  [](const ExpectedFee& a, const ExpectedFee& b) { return a.key < b.key; });
        for (const auto& e : m_in.expected) {
            m_by_reference.emplace(std::pair{e.key, e.index}, &e);
            m_keys.insert(e.key);
            m_by_destination[e.destination].push_back(&e);
            if (e.live && is_paid(e.state)) m_paid.insert(e.payout);
        }
        for (const auto& f : m_in.fees) m_fees.emplace(f.key, &f);
    }

    MatchResult run() {
        std::vector<const Line*> extras, strangers;
        for (const auto& line : m_in.lines) {
            const auto reference = parse_reference(line.said.external_ref);
            if (line.said.kind == LineKind::fee)
                take_fee(line, reference);
            else if (const auto* e = find_expected(reference))
                take_ours(line, *e);
            else if (take_contract(line, reference))
                continue;
            else if (m_keys.contains(reference.key))
                extras.push_back(&line);
            else
                strangers.push_back(&line);
        }
        for (const auto* line : strangers) ++m_alike[movement_of(*line)];
        for (const auto* line : extras) take_extra(*line);
        for (const auto* line : strangers) take_stranger(*line);
        for (const auto& e : m_in.expected) miss_payout(e);
        for (const auto& f : m_in.fees) miss_fee(f);
        return std::move(m_out);
    }

private:
    void take_ours(const Line& line, const Expected& e);
    void take_extra(const Line& line);
    void take_paid(const Line& line, const Expected& e);
    bool take_contract(const Line& line, const Reference& reference);
    void take_fee(const Line& line, const Reference& reference);
    void take_attempt_fee(const Line& line, const ExpectedFee& fee);
    void take_stranger(const Line& line);
    void take_outgoing(const Line& line);
    void miss_payout(const Expected& e);
    void miss_fee(const ExpectedFee& f);

    [[nodiscard]] const Expected* find_expected(const Reference& reference) const {
        if (!reference.index) return nullptr;
        const auto it = m_by_reference.find({reference.key, *reference.index});
        return it == m_by_reference.end() ? nullptr : it->second;
    }
    [[nodiscard]] bool is_overdue(Instant due) const { return m_in.complete && m_in.seen_at > due + m_in.rules.window; }
    // In the order of what is expected.
    [[nodiscard]] const std::vector<const Expected*>& expected_by(const std::string& destination) const {
        static const std::vector<const Expected*> k_none;
        const auto it = m_by_destination.find(destination);
        return it == m_by_destination.end() ? k_none : it->second;
    }
    [[nodiscard]] const Expected* find_like(const Line& line, bool claimed) const;

    void add_match(const Line& line, std::string_view rule, Booking booking) {
        m_out.matches.push_back({line.id, rule, booking});
    }
    // `held`: see FoundBreak; lines without one are held whole.
    FoundBreak& add_break(BreakType type, const Line& line, std::string why, const std::optional<Amount>& held = {}) {
        auto subject = fmt::format("{} {}", printable(line.said.external_ref, 120), line.said.amount.asset().code());
        m_out.breaks.push_back(
            {type, std::move(subject), std::move(why), line.said.amount, held.value_or(line.said.amount), line.id});
        return m_out.breaks.back();
    }

    MatchInput m_in;
    std::map<std::pair<std::string, std::size_t>, const Expected*> m_by_reference;
    std::set<std::string, std::less<>> m_keys;
    std::map<std::string_view, std::vector<const Expected*>> m_by_destination;
    std::map<std::string, const ExpectedFee*> m_fees;
    std::map<Movement, std::size_t> m_alike; // how many strangers say the same
    std::set<IdBytes> m_paid;                // payouts that the book calls paid by an attempt that is not dead
    std::set<IdBytes> m_claimed;             // payouts that a line speaks of
    std::set<IdBytes> m_brought_back;        // payouts that a line seems to bring back
    std::set<IdBytes> m_claimed_fees;        // attempts whose fee a line speaks of
    MatchResult m_out;
};

// Exactly what a contract told of this transaction; anything else is a movement like another.
bool Matching::take_contract(const Line& line, const Reference& reference) {
    const auto it = std::find_if(m_in.contract_lines.begin(), m_in.contract_lines.end(), [&](const ContractLine& told) {
        return told.key == reference.key && told.amount == line.said.amount;
    });
    if (it == m_in.contract_lines.end()) return false;
    add_match(line, "contract_movement", Booking::contract);
    m_out.matches.back().event = it->event;
    m_in.contract_lines.erase(it);
    return true;
}

// A line of our attempt that is none of its payments.
void Matching::take_extra(const Line& line) {
    if (const auto* twin = find_like(line, true)) {
        const auto why = fmt::format("our attempt paid {} once more than the book says", payout_text(twin->payout));
        add_break(BreakType::duplicate_external, line, why).payout = twin->payout;
        return;
    }
    add_break(BreakType::bad_reference, line, "our attempt has no payment of this number");
}

void Matching::take_ours(const Line& line, const Expected& e) {
    const auto name = payout_text(e.payout);
    const Amount nothing{0, line.said.amount.asset()};
    const auto explain = [&](BreakType type, std::string why, const std::optional<Amount>& held = {}) {
        auto& made = add_break(type, line, std::move(why), held);
        made.payout = e.payout;
        made.attempt = e.attempt;
    };
    if (m_claimed.contains(e.payout) || e.matched || (!e.live && m_paid.contains(e.payout)))
        return explain(BreakType::duplicate_external, fmt::format("{} was paid once more than the book says", name));
    if (e.live && is_paid(e.state)) return take_paid(line, e);
    if (e.live && e.state == State::unknown) {
        m_claimed.insert(e.payout);
        explain(BreakType::unknown_outcome, fmt::format("{} is unknown in the book and stands on the statement", name),
                nothing);
        m_out.breaks.back().subject = name;
        return;
    }
    if (e.live && is_under_way(e.state)) {
        m_claimed.insert(e.payout);
        return explain(BreakType::timing, fmt::format("{} is still {} in the book", name, payout::name(e.state)),
                       nothing);
    }
    m_claimed.insert(e.payout);
    explain(BreakType::status_conflict,
            fmt::format("{} is {} in the book and stands on the statement", name, payout::name(e.state)));
}

void Matching::take_paid(const Line& line, const Expected& e) {
    m_claimed.insert(e.payout);
    const auto& said = line.said;
    const bool same_asset = said.amount.asset() == e.amount.asset();
    if (same_asset && said.amount == -e.amount && said.counterparty == e.destination) {
        add_match(line, "strong_reference", Booking::none);
        m_out.matches.back().payout = e.payout;
        m_out.matches.back().attempt = e.attempt;
        m_out.matches.back().moves_to_settled = e.state == State::confirmed;
        return;
    }
    const auto held = same_asset ? said.amount + e.amount : said.amount;
    const bool other_party = said.counterparty != e.destination;
    auto& made = add_break(other_party ? BreakType::party_mismatch : BreakType::amount, line,
                           other_party ? fmt::format("{} went to {}, not to {}", payout_text(e.payout),
                                                     printable(said.counterparty, 80), e.destination)
                                       : fmt::format("{} is {} in the book and {} on the statement",
                                                     payout_text(e.payout), -e.amount, said.amount),
                           held);
    made.payout = e.payout;
    made.attempt = e.attempt;
}

void Matching::take_fee(const Line& line, const Reference& reference) {
    if (const auto it = m_fees.find(reference.key); it != m_fees.end()) return take_attempt_fee(line, *it->second);
    const auto minor = line.said.amount.minor();
    if (reference.upkeep && minor >= -m_in.rules.upkeep_fee && minor <= m_in.rules.upkeep_fee)
        return add_match(line, "upkeep_fee", Booking::network_fee);
    add_break(BreakType::fee, line,
              reference.upkeep ? "beyond what the upkeep of an account costs"
                               : "the account paid for a transaction that is no attempt of ours");
}

void Matching::take_attempt_fee(const Line& line, const ExpectedFee& fee) {
    const auto& paid = line.said.amount;
    if (fee.matched || !m_claimed_fees.insert(fee.attempt).second) {
        add_break(BreakType::duplicate_external, line, "the fee of this attempt was charged once more").attempt =
            fee.attempt;
        return;
    }
    if (!fee.booked && !fee.over) {
        add_break(BreakType::timing, line, "the attempt it belongs to is not over in the book", Amount{0, paid.asset()})
            .attempt = fee.attempt;
        return;
    }
    const bool fits = fee.booked ? paid == -*fee.booked : paid.minor() <= 0 && paid.minor() >= -fee.most;
    if (fits) {
        add_match(line, fee.booked ? "booked_fee" : "attempt_fee", fee.booked ? Booking::none : Booking::network_fee);
        m_out.matches.back().attempt = fee.attempt;
        return;
    }
    if (!fee.booked) {
        add_break(BreakType::fee, line, "the attempt cost more than it may").attempt = fee.attempt;
        return;
    }
    const auto why = fmt::format("the attempt cost {} on the statement, {} in the book", paid, -*fee.booked);
    const bool same_asset = paid.asset() == fee.booked->asset();
    add_break(BreakType::fee, line, why, same_asset ? paid + *fee.booked : paid).attempt = fee.attempt;
}

// A live, proved payout of the same sum to the same destination. Claimed: one that the statement has shown already.
const Expected* Matching::find_like(const Line& line, bool claimed) const {
    const auto& said = line.said;
    const Expected* found = nullptr;
    for (const auto* e : expected_by(said.counterparty)) {
        if (!e->live || !is_paid(e->state) || e->amount != -said.amount) continue;
        if ((e->matched || m_claimed.contains(e->payout)) != claimed) continue;
        if (claimed) return e;
        if (found != nullptr) return nullptr; // only a single one says anything
        found = e;
    }
    return found;
}

void Matching::take_stranger(const Line& line) {
    const auto& said = line.said;
    if (said.amount.is_zero()) return add_match(line, "moved_nothing", Booking::none);
    if (said.amount.is_negative()) return take_outgoing(line);
    const auto& paid_to_them = expected_by(said.counterparty);
    const auto returned = std::find_if(paid_to_them.begin(), paid_to_them.end(), [&](const Expected* e) {
        const bool is_out = e->found_paid || (e->live && is_paid(e->state) && e->state != State::returned);
        return is_out && e->amount == said.amount && !m_brought_back.contains(e->payout);
    });
    if (returned != paid_to_them.end()) {
        const auto& payout = (*returned)->payout;
        m_brought_back.insert(payout);
        add_break(BreakType::late_return, line,
                  fmt::format("{} came from the payee of {}", said.amount, payout_text(payout)))
            .payout = payout;
        return;
    }
    // The account's own beginning is what it opened with, whoever gave it; later money is ours only from whom we named.
    if (said.kind == LineKind::funding || m_in.funders.contains(said.counterparty))
        return add_match(line, "funding", Booking::funding);
    add_break(BreakType::missing_internal, line,
              fmt::format("{} came from {}", said.amount, printable(said.counterparty, 80)));
}

void Matching::take_outgoing(const Line& line) {
    const auto& said = line.said;
    const auto* lost = m_alike.at(movement_of(line)) == 1 ? find_like(line, false) : nullptr;
    if (lost != nullptr && is_overdue(lost->due_at) && !lost->excused) {
        m_claimed.insert(lost->payout);
        auto& made = add_break(BreakType::bad_reference, line,
                               fmt::format("looks like {}, but under another reference", payout_text(lost->payout)),
                               Amount{0, said.amount.asset()});
        made.payout = lost->payout;
        return;
    }
    if (const auto* twin = find_like(line, true)) {
        auto& made = add_break(
            BreakType::duplicate_external, line,
            fmt::format("the same sum to the same payee as {}, which was paid already", payout_text(twin->payout)));
        made.payout = twin->payout;
        return;
    }
    add_break(BreakType::missing_internal, line,
              fmt::format("{} went to {}", said.amount, printable(said.counterparty, 80)));
}

void Matching::miss_payout(const Expected& e) {
    if (!e.live || e.matched || e.excused || m_claimed.contains(e.payout)) return;
    const auto tell = [&](BreakType type, std::string why) {
        m_claimed.insert(e.payout);
        m_out.breaks.push_back({type, payout_text(e.payout), std::move(why), -e.amount, Amount{0, e.amount.asset()},
                                std::nullopt, e.payout, e.attempt});
    };
    if (e.state == State::unknown) return tell(BreakType::unknown_outcome, "sent, and nobody knows what became of it");
    if (is_under_way(e.state) && is_overdue(e.due_at))
        return tell(BreakType::unknown_outcome, "sent, no longer valid, and never looked up");
    if (is_paid(e.state) && is_overdue(e.due_at))
        tell(BreakType::missing_external, "proved in the book, and not on the statement");
}

void Matching::miss_fee(const ExpectedFee& f) {
    if (f.matched || f.excused || m_claimed_fees.contains(f.attempt) || !is_overdue(f.due_at)) return;
    if (!f.booked) return; // a fee that nobody booked and nobody saw is found by the balances
    const auto& amount = *f.booked;
    m_out.breaks.push_back({BreakType::fee, fmt::format("{} fee", f.key), "the attempt's fee is not on the statement",
                            -amount, Amount{0, amount.asset()}, std::nullopt, std::nullopt, f.attempt});
}

} // namespace

Reference parse_reference(std::string_view external_ref) {
    const auto colon = external_ref.find(':');
    if (colon == std::string_view::npos) return {std::string{external_ref}, std::nullopt};
    const auto tail = external_ref.substr(colon + 1);
    std::size_t index = 0;
    const auto [end, error] = std::from_chars(tail.data(), tail.data() + tail.size(), index);
    const bool number = error == std::errc{} && end == tail.data() + tail.size();
    return {std::string{external_ref.substr(0, colon)}, number ? std::optional{index} : std::nullopt, tail == "upkeep"};
}

MatchResult match(MatchInput input) { return Matching{std::move(input)}.run(); }

} // namespace passa::recon
