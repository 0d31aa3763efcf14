// The flow: lock, gather what is owed, plan, store, hash.
#include "lib/payout/create.hpp"

#include "lib/base/text.hpp"
#include "lib/payout/canonical.hpp"
#include "lib/payout/gather.hpp"
#include "lib/payout/limits.hpp"
#include "lib/payout/repeat.hpp"
#include "lib/payout/store.hpp"
#include "payout_sql.hpp"

#include <algorithm>

namespace passa::payout {
namespace {

Treasury choose_treasury(db::Transaction& tx, OrganizerId organizer, const std::optional<std::string>& name,
                         Instant at) {
    const auto rows = tx.run(sql::load_treasuries, organizer);
    std::vector<std::string> names;
    for (const auto& row : rows) {
        names.push_back(row.get<std::string>("name"));
        if (name ? *name == names.back() : rows.size() == 1) return read_treasury(row);
    }
    if (rows.empty()) { // a first payout: all that it lacks, at once
        Problems missing{{Kind::not_found, "payout.no_treasury", "there is no treasury to pay from",
                          "apply a manifest of kind Treasury, and an ExchangeRate where it pays in another asset than "
                          "is owed: passa manifest explain treasury"}};
        if (tx.run(sql::load_policies, organizer, at).empty()) missing.push_back(no_policy());
        throw Error{std::move(missing)};
    }
    if (!name)
        throw Error{{Kind::usage, "payout.which_treasury",
                     fmt::format("there are several treasuries: {}", join(names, ", ")),
                     "choose one with --treasury NAME"}};
    const auto near = nearest_names(*name, names);
    throw Error{{Kind::not_found, "payout.no_treasury", fmt::format("there is no treasury {}", printable(*name, 60)),
                 near.empty() ? fmt::format("there is: {}", join(names, ", "))
                              : fmt::format("did you mean {}?", near.front())}};
}

// Every line that pays where no such account can pay. Lines that name a party are blocked instead: its manifest is
// wrong.
void add_faults(Problems& problems, const CreateOrder& order, const Treasury& treasury) {
    if (!order.find_fault) return;
    const auto& file = *order.file;
    for (const auto& line : file.lines) {
        const auto amount = line.amount.is_zero() ? Amount{1, treasury.asset} : line.amount; // zero: not readable
        if (!line.destination || amount.asset() != treasury.asset) continue;
        const auto fault =
            order.find_fault(treasury.rail, treasury.account, {"", *line.destination, line.memo.value_or(""), amount});
        if (fault.empty()) continue;
        Problem problem{Kind::invalid_input, "payout.file_payee", fault,
                        "nobody of this file is paid before that is mended"};
        problem.place = Place{file.path, static_cast<int>(line.line), line.column, {}, {}};
        problems.push_back(std::move(problem));
    }
}

// What was found in reading it, among the parties and by the rail, as somebody reads who mends it: from the top.
void refuse_faulty(const CreateOrder& order, const Treasury& treasury, Problems problems) {
    problems.insert(problems.end(), order.file->problems.begin(), order.file->problems.end());
    add_faults(problems, order, treasury);
    if (problems.empty()) return;
    const auto where = [](const Problem& p) { return std::pair{p.place->line, p.place->column}; };
    std::stable_sort(problems.begin(), problems.end(),
                     [&](const Problem& a, const Problem& b) { return where(a) < where(b); });
    if (problems.size() > k_most_problems) problems.resize(k_most_problems);
    throw Error{std::move(problems)};
}

std::vector<Payable> load_file_payables(db::Transaction& tx, const Desk& desk, const CreateOrder& order,
                                        const Treasury& treasury) {
    if (order.file->problems.empty()) find_earlier_batch(tx, desk, order); // who gives a known file asks no more of it
    auto gathered = gather_file(tx, desk.organizer, *order.file);
    refuse_faulty(order, treasury, std::move(gathered.problems));
    return leave_unpaid(tx, desk, order, std::move(gathered.payables));
}

PlanInput make_input(db::Transaction& tx, const Desk& desk, const CreateOrder& order, const Batch& batch) {
    const auto& treasury = batch.treasury;
    PlanInput input;
    input.policy = choose_policy(tx, desk.organizer, treasury, batch.made_at);
    input.rates = load_rates(tx, desk.organizer, batch.made_at);
    input.treasury_rail = treasury.rail;
    input.treasury_asset = treasury.asset.id;
    input.treasury_account = treasury.account;
    input.find_fault = order.find_fault;
    input.spent_today = load_spent_today(tx, desk.organizer, {input.policy.name, treasury.id});
    input.payables =
        order.file ? load_file_payables(tx, desk, order, treasury)
                   : choose_payees(gather_payables(tx, desk.organizer, order.event, order.settlement), order.payees);
    for (auto& payable : input.payables) // a bare destination is one on the treasury's own rail
        if (payable.is_expense && !payable.rail && payable.destination) payable.rail = treasury.rail;
    return input;
}

Payout make_payout(const Desk& desk, const Planned& planned, std::int64_t pos) {
    const auto& payable = planned.payable;
    Payout payout;
    payout.id = desk.ids.make<PayoutTag>();
    payout.pos = pos;
    if (payable.party != IdBytes{}) {
        payout.party = PartyId{payable.party};
        payout.party_name = payable.party_name;
    }
    if (payable.event != IdBytes{}) payout.event = EventId{payable.event};
    payout.source = payable.is_expense ? "expense" : "payable";
    payout.reference = payable.reference;
    payout.file_line = payable.file_line;
    payout.owed = payable.owed;
    payout.netted = planned.netted;
    payout.amount = planned.amount;
    payout.exchange_rate = planned.exchange_rate;
    payout.rail = payable.rail;
    payout.destination = payable.destination;
    payout.memo = payable.memo;
    payout.own_memo = payable.own_memo;
    payout.reason = planned.reason;
    return payout;
}

} // namespace

Created create(db::Transaction& tx, const Desk& desk, const CreateOrder& order) {
    // Before the clock is read, as an apply does: their order is one and the same.
    tx.run(sql::hold_catalog, desk.organizer);
    Created created;
    auto& batch = created.batch;
    batch.made_at = desk.clock.now();
    tx.run(sql::lock_organizer, desk.organizer);
    batch.treasury = choose_treasury(tx, desk.organizer, order.treasury, batch.made_at);
    const auto input = make_input(tx, desk, order, batch);
    created.plan = make_plan(input).value_or_throw();
    if (created.plan.total.empty()) return created; // nobody can be paid: the plan says why

    batch.id = desk.ids.make<BatchTag>();
    batch.state = "awaiting_approval";
    batch.event = order.event;
    batch.settlement = order.settlement;
    batch.policy = input.policy.id;
    batch.single_person = input.policy.single_person;
    batch.made_by = desk.actor;
    batch.made_os_user = desk.os_user;
    std::vector<Payout> payouts;
    for (const auto& planned : created.plan.payouts)
        payouts.push_back(make_payout(desk, planned, static_cast<std::int64_t>(payouts.size())));
    batch.sha256 = canonical_hash(batch, payouts);
    tx.run(sql::insert_batch, desk.organizer, batch.id, batch.event, batch.settlement,
           order.file ? std::optional{order.file->sha256} : std::nullopt, batch.treasury.id, batch.policy, batch.sha256,
           batch.made_by, batch.made_at, batch.made_os_user);
    insert_payouts(tx, desk, batch, payouts);
    return created;
}

} // namespace passa::payout
