// One payee at a time, then the limits of the whole.
#include "lib/payout/plan.hpp"

#include <algorithm>

namespace passa::payout {
namespace {

struct Converted {
    Amount amount;
    std::optional<IdBytes> rate;
};

// The payout asset is the party's choice, else the asset owed.
Result<Converted> convert_owed(const Payable& payable, const std::vector<RateVersion>& rates) {
    const auto wanted = payable.payout_asset.value_or(payable.owed.asset());
    if (wanted == payable.owed.asset()) return Converted{payable.owed, std::nullopt};
    const auto rate = std::find_if(rates.begin(), rates.end(), [&](const RateVersion& r) {
        return r.exchange.from == payable.owed.asset() && r.exchange.to == wanted;
    });
    if (rate == rates.end())
        return Problem{Kind::refused, "payout.no_rate",
                       fmt::format("no exchange rate from {} to {} is in force", payable.owed.asset().id, wanted.id),
                       "apply an ExchangeRate manifest"};
    auto amount = money::convert(payable.owed, rate->exchange, money::Rounding::floor);
    if (!amount) return amount.problems();
    return Converted{*amount, rate->id};
}

std::string why_blocked(const Payable& payable, const PlanInput& input) {
    if (payable.contested) return std::string{k_contested};
    if (!payable.rail) return "the party has no payout rail: add payout to its manifest";
    if (!payable.destination) return fmt::format("the party has no destination on rail {}", *payable.rail);
    if (*payable.rail != input.treasury_rail)
        return fmt::format("rail {} is not served by this treasury ({})", *payable.rail, input.treasury_rail);
    const auto wanted = payable.payout_asset.value_or(payable.owed.asset()).id;
    if (wanted != input.treasury_asset)
        return fmt::format("paid in {}, but the treasury pays in {}", wanted, input.treasury_asset);
    return {};
}

const Limits* limits_of(const Policy& policy, const std::string& asset_id) {
    const auto it = policy.limits.find(asset_id);
    return it == policy.limits.end() ? nullptr : &it->second;
}

// One payable on its way through the plan.
struct Due {
    Payable payable; // owed: what is left to be paid
    Amount netted;
    std::string carried; // why it is not paid now; empty: it is
};

bool is_debt(const Due& due) { return !due.payable.is_expense && due.payable.owed.is_negative(); }

Due make_due(const Payable& payable) {
    Due due{payable, Amount{0, payable.owed.asset()}, {}};
    const auto planned = payable.planned.value_or(due.netted);
    if (payable.owed.is_negative()) {
        due.carried = "owes us: netted from what it gets next";
    } else if (payable.owed <= planned) {
        due.carried = planned.is_zero() ? "nothing is owed" : "is in an open batch already";
    } else {
        due.payable.owed -= planned;
    }
    return due;
}

// What a party owes us for one event comes off what it gets for others, in the order of the plan. As much of it as
// events outside the plan still owe the party is theirs to take: else each event's batch would hold the same debt back.
void net_debts(std::vector<Due>& dues) {
    std::map<std::pair<IdBytes, std::string>, Amount> debts;
    for (const auto& due : dues) {
        if (!is_debt(due)) continue;
        const auto& owed = due.payable.owed;
        const Amount none{0, owed.asset()};
        const auto taken = due.payable.netting.value_or(none) + due.payable.elsewhere.value_or(none);
        auto [debt, first] = debts.try_emplace({due.payable.party, owed.asset().id}, -taken);
        debt->second -= owed;
    }
    for (auto& due : dues) {
        const auto debt = debts.find({due.payable.party, due.payable.owed.asset().id});
        if (debt == debts.end() || !due.carried.empty() || due.payable.is_expense || due.payable.contested) continue;
        if (debt->second.is_zero() || debt->second.is_negative()) continue;
        due.netted = std::min(due.payable.owed, debt->second);
        debt->second -= due.netted;
        due.payable.owed -= due.netted;
        if (!due.payable.owed.is_zero()) continue;
        due.carried = "set against what it owes us for another event";
    }
}

// What is shown of those who wait: a debt without what this plan nets of it, what was set against a debt in full.
void show_rest(std::vector<Due>& dues) {
    std::map<std::pair<IdBytes, std::string>, Amount> cleared;
    for (auto& due : dues) {
        if (due.netted.is_zero()) continue;
        if (!due.carried.empty()) {
            due.payable.owed += due.netted; // no payout of this plan clears it
            continue;
        }
        const auto [sum, first] = cleared.try_emplace({due.payable.party, due.payable.owed.asset().id}, due.netted);
        if (!first) sum->second += due.netted;
    }
    for (auto& due : dues) {
        if (!is_debt(due)) continue;
        const auto sum = cleared.find({due.payable.party, due.payable.owed.asset().id});
        if (sum == cleared.end()) continue;
        const auto part = std::min(sum->second, -due.payable.owed);
        due.payable.owed += part;
        sum->second -= part;
    }
}

// Its reason is why it is blocked, if it is.
Planned make_planned(const Due& due, const PlanInput& input) {
    const auto& payable = due.payable;
    Planned planned{payable,      due.netted,   Amount{0, payable.payout_asset.value_or(payable.owed.asset())},
                    std::nullopt, State::ready, why_blocked(payable, input)};
    const auto converted = convert_owed(payable, input.rates);
    if (converted) {
        planned.amount = converted->amount;
        planned.exchange_rate = converted->rate;
    } else if (planned.reason.empty()) {
        planned.reason = converted.problem().message;
    }
    return planned;
}

Verdict judge(const Due& due, const PlanInput& input) {
    Verdict verdict{make_planned(due, input)};
    auto& planned = verdict.planned;
    const auto* limits = limits_of(input.policy, planned.amount.asset().id);
    if (planned.reason.empty() &&
        (planned.amount.is_zero() || (limits && limits->minimum && planned.amount < *limits->minimum))) {
        verdict.carried = limits && limits->minimum
                              ? fmt::format("below the minimum of {}", limits->minimum->for_people())
                              : std::string{"less than the smallest unit of the payout asset"};
        return verdict;
    }
    const auto& payable = due.payable;
    if (planned.reason.empty() && input.find_fault)
        planned.reason = input.find_fault(input.treasury_rail, input.treasury_account,
                                          {"", payable.destination.value(), payable.memo.value_or(""), planned.amount});
    if (planned.reason.empty() && limits && limits->per_payout && planned.amount > *limits->per_payout)
        planned.reason = fmt::format("{} is over the limit of {} per payout", planned.amount.for_people(),
                                     limits->per_payout->for_people());
    if (!planned.reason.empty()) planned.state = State::blocked;
    return verdict;
}

void plan_one(const Due& due, const PlanInput& input, Plan& plan) {
    if (!due.carried.empty()) {
        if (!due.payable.owed.is_zero()) plan.carried.push_back({due.payable, due.carried});
        return;
    }
    auto verdict = judge(due, input);
    if (verdict.carried.empty())
        plan.payouts.push_back(std::move(verdict.planned));
    else
        plan.carried.push_back({due.payable, std::move(verdict.carried)});
}

// Batches that nobody sends count until they are cancelled: they are named.
std::string day_hint(const DaySpent& spent) {
    if (spent.batches.empty()) return "wait until tomorrow, or apply a PayoutPolicy with a higher perDay";
    return fmt::format("not sent yet, and counted: {}; cancel what nobody wants: passa payout cancel {}; or wait until "
                       "tomorrow, or apply a PayoutPolicy with a higher perDay",
                       fmt::join(spent.batches, ", "), spent.first_batch);
}

void check_day(const PlanInput& input, const Amount& total, const Amount& per_day, Problems& problems) {
    const auto known = input.spent_today.find(total.asset().id);
    const Amount none{0, total.asset()};
    const auto spent = known == input.spent_today.end() ? DaySpent{none, none} : known->second;
    const auto today = total + spent.reserved + spent.planned;
    if (today <= per_day) return;
    problems.push_back({Kind::refused, "payout.over_day_limit",
                        fmt::format("today's payouts would reach {}, the policy {} allows {} per day",
                                    today.for_people(), input.policy.name, per_day.for_people()),
                        day_hint(spent)});
}

// What is paid in one batch need not be: who may choose is told how.
std::string batch_hint(const Whole& whole) {
    std::string higher = "apply a PayoutPolicy with a higher perBatch";
    if (whole.ready < 2) return higher;
    if (whole.of_file) return "split the file, or " + higher;
    return "pay some of them now and the rest in another batch: add --payee NAME, once for each; or " + higher;
}

Whole sum_of(const Plan& plan) {
    Whole whole;
    for (const auto& planned : plan.payouts) {
        if (planned.state != State::ready) continue;
        ++whole.ready;
        whole.of_file = planned.payable.is_expense;
        const auto [it, fresh] = whole.total.try_emplace(planned.amount.asset().id, planned.amount);
        if (!fresh) it->second += planned.amount;
    }
    return whole;
}

} // namespace

Verdict judge_expense(const Payable& payable, const PlanInput& input) {
    PASSA_ASSERT(payable.is_expense);
    return judge(make_due(payable), input);
}

Problems find_excess(const PlanInput& input, const Whole& whole) {
    Problems problems;
    for (const auto& [asset_id, total] : whole.total) {
        const auto* limits = limits_of(input.policy, asset_id);
        if (limits == nullptr && !input.policy.limits.empty())
            problems.push_back({Kind::refused, "payout.no_limit",
                                fmt::format("the policy {} has limits, but none for {}", input.policy.name, asset_id),
                                "apply a PayoutPolicy that says how much of it may be paid"});
        if (limits == nullptr) continue;
        if (limits->per_batch && total > *limits->per_batch)
            problems.push_back({Kind::refused, "payout.over_batch_limit",
                                fmt::format("the batch would pay {}, the policy {} allows {} per batch",
                                            total.for_people(), input.policy.name, limits->per_batch->for_people()),
                                batch_hint(whole)});
        if (limits->per_day) check_day(input, total, *limits->per_day, problems);
    }
    return problems;
}

Result<Plan> make_plan(const PlanInput& input) {
    std::vector<Due> dues;
    for (const auto& payable : input.payables) dues.push_back(make_due(payable));
    std::stable_sort(dues.begin(), dues.end(),
                     [](const Due& a, const Due& b) { return a.payable.party_name < b.payable.party_name; });
    net_debts(dues);
    show_rest(dues);
    Plan plan;
    for (const auto& due : dues) plan_one(due, input, plan);
    const auto whole = sum_of(plan);
    if (auto problems = find_excess(input, whole); !problems.empty()) return problems;
    plan.total = whole.total;
    return plan;
}

} // namespace passa::payout
