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

void Findings::add(Problem problem) {
    if (problems.size() < k_most_problems)
        problems.push_back(std::move(problem));
    else
        ++more;
}

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

Payout make_payout(const Desk& desk, const Planned& planned) {
    const auto& payable = planned.payable;
    Payout payout;
    payout.id = desk.ids.make<PayoutTag>();
    if (payable.party != IdBytes{}) payout.party = PartyId{payable.party};
    if (payable.event != IdBytes{}) payout.event = EventId{payable.event};
    payout.source = payable.is_expense ? "expense" : "payable";
    payout.reference = payable.reference;
    payout.file_line = payable.file_line;
    payout.row_key = payable.row_key;
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

// One batch in the making.
struct Making {
    db::Transaction& tx;
    const Desk& desk;
    const CreateOrder& order;
    Created& created;
    PlanInput input = {};
    Stage stage;

    void carry(Carried carried) {
        if (++created.carried_count <= k_most_told) created.carried.push_back(std::move(carried));
    }
};

PlanInput make_input(const Making& making) {
    const auto& batch = making.created.batch;
    const auto& treasury = batch.treasury;
    PlanInput input;
    input.policy = choose_policy(making.tx, making.desk.organizer, treasury, batch.made_at);
    input.rates = load_rates(making.tx, making.desk.organizer, batch.made_at);
    input.treasury_rail = treasury.rail;
    input.treasury_asset = treasury.asset.id;
    input.treasury_account = treasury.account;
    input.find_fault = making.order.find_fault;
    input.spent_today = load_spent_today(making.tx, making.desk.organizer, {input.policy.name, treasury.id});
    return input;
}

// That no such account can be paid: of a destination that the line itself names. A party's is its manifest's to mend,
// so it is blocked.
std::string find_line_fault(const Making& making, const FileLine& line) {
    const auto& treasury = making.created.batch.treasury;
    const auto amount = line.amount.is_zero() ? Amount{1, treasury.asset} : line.amount; // zero: not readable
    if (!making.order.find_fault || !line.destination || amount.asset() != treasury.asset) return {};
    return making.order.find_fault(treasury.rail, treasury.account,
                                   {"", *line.destination, line.memo.value_or(""), amount});
}

std::optional<Problem> find_payee_problem(const Making& making, const Payees& payees, const FileLine& line,
                                          const Payable& payable) {
    std::optional<Problem> problem;
    if (line.party && payable.party == IdBytes{})
        problem = payees.unknown(line);
    else if (auto fault = find_line_fault(making, line); !fault.empty())
        problem = Problem{Kind::invalid_input, "payout.file_payee", std::move(fault),
                          "nobody of this file is paid before that is mended"};
    if (problem) problem->place = Place{making.order.file->path, static_cast<int>(line.line), line.column, {}, {}};
    return problem;
}

// A line that can be planned is staged; why one cannot is told.
void take_line(Making& making, const Payees& payees, const FileLine& line, Findings& findings) {
    auto payable = payees.payable_of(line);
    if (auto problem = find_payee_problem(making, payees, line, payable)) return findings.add(std::move(*problem));
    if (line.amount.is_zero() || !findings.empty()) return; // the whole file is refused
    if (!payable.rail && payable.destination && !line.party)
        payable.rail = making.created.batch.treasury.rail; // a bare destination is one on the treasury's own rail
    auto [planned, carried] = judge_expense(payable, making.input);
    if (carried.empty())
        making.stage.add(make_payout(making.desk, planned), payable.party_name);
    else
        making.carry({std::move(payable), std::move(carried)});
}

// What was found in reading it, among the parties and by the rail, as somebody reads who mends it: from the top.
void refuse_faulty(const std::string& path, Findings all, Findings&& others) {
    all.more += others.more;
    all.problems.insert(all.problems.end(), others.problems.begin(), others.problems.end());
    if (all.empty()) return;
    const auto where = [](const Problem& p) { return std::pair{p.place->line, p.place->column}; };
    std::stable_sort(all.problems.begin(), all.problems.end(),
                     [&](const Problem& a, const Problem& b) { return where(a) < where(b); });
    if (all.problems.size() > k_most_problems) {
        all.more += static_cast<std::int64_t>(all.problems.size() - k_most_problems);
        all.problems.resize(k_most_problems);
    }
    if (all.more > 0) {
        Problem rest{Kind::invalid_input, "payout.file_more", fmt::format("{} more are wrong", all.more),
                     "mend these first"};
        rest.place = Place{path, where(all.problems.back()).first, 0, {}, {}};
        all.problems.push_back(std::move(rest));
    }
    throw Error{std::move(all.problems)};
}

// Whether there is a batch to be made; not if the same key made it before.
Hash256 stage_file(Making& making) {
    const auto& file = *making.order.file;
    const Payees payees{making.tx, making.desk.organizer};
    making.stage.begin();
    Findings findings;
    auto facts = file.read([&](const FileLine& line) { take_line(making, payees, line, findings); });
    making.stage.end_adding();
    if (facts.findings.empty() && !making.order.key) // who gives a known file asks no more of it
        find_earlier_batch(making.tx, making.desk, making.order, facts.sha256);
    refuse_faulty(file.path, std::move(facts.findings), std::move(findings));
    return facts.sha256;
}

void stage_owed(Making& making) {
    auto& [tx, desk, order, created, input, stage] = making;
    input.payables = choose_payees(gather_payables(tx, desk.organizer, order.event, order.settlement), order.payees);
    auto plan = make_plan(input).value_or_throw();
    stage.begin();
    for (const auto& planned : plan.payouts) stage.add(make_payout(desk, planned), planned.payable.party_name);
    stage.end_adding();
    for (auto& carried : plan.carried) making.carry(std::move(carried));
}

Whole whole_of(const std::vector<StateSum>& sums, bool of_file) {
    Whole whole;
    whole.of_file = of_file;
    for (const auto& sum : sums) {
        if (sum.state != State::ready) continue;
        whole.ready += sum.payouts;
        whole.total.emplace(sum.amount.asset().id, sum.amount);
    }
    return whole;
}

Alike count_alike(Making& making) {
    const auto& within = making.order.alike_within;
    if (!within) return {};
    const auto row =
        making.tx.run(sql::count_alike, making.desk.organizer, making.created.batch.made_at - *within).one();
    return {row.get<std::int64_t>("payouts"), row.get<std::optional<PayoutId>>("example")};
}

void store(Making& making, const std::optional<Hash256>& file) {
    auto& [tx, desk, order, created, input, stage] = making;
    auto& batch = created.batch;
    batch.id = desk.ids.make<BatchTag>();
    batch.state = "awaiting_approval";
    batch.event = order.event;
    batch.settlement = order.settlement;
    batch.policy = input.policy.id;
    batch.single_person = input.policy.single_person;
    batch.key = order.key;
    batch.made_by = desk.actor;
    batch.made_os_user = desk.os_user;
    auto seen = stage.look(batch, k_most_told);
    batch.sha256 = seen.sha256;
    created.first = std::move(seen.first);
    if (order.only_look) return;
    tx.run(sql::insert_batch, desk.organizer, batch.id, batch.event, batch.settlement, file, batch.treasury.id,
           batch.policy, batch.sha256, batch.made_by, batch.made_at, batch.made_os_user, batch.key);
    stage.store(desk, batch);
}

// What was made under this key before is given back as it stands now.
bool is_made(Making& making, const std::optional<Hash256>& file) {
    const auto known = find_batch_of_key(making.tx, making.desk, making.order, file);
    if (!known) return false;
    auto& created = making.created;
    created = {get_batch(making.tx, making.desk.organizer, *known), true};
    created.sums = sum_payouts(making.tx, making.desk.organizer, *known);
    created.first = load_payouts(making.tx, making.desk.organizer, *known, {0, k_most_told});
    return true;
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
    Making making{tx, desk, order, created, {}, Stage{tx, desk.organizer}};
    if (!order.file && is_made(making, std::nullopt)) return created;
    making.input = make_input(making);
    std::optional<Hash256> file;
    if (order.file)
        file = stage_file(making);
    else
        stage_owed(making);
    if (file) {
        if (is_made(making, file)) return created;
        const auto earlier = find_earlier_batch(tx, desk, order, *file);
        leave_unpaid(order, *file, making.stage);
        if (making.stage.sums().empty() && created.carried_count == 0) throw all_paid(earlier);
    }
    created.sums = making.stage.sums();
    const auto whole = whole_of(created.sums, file.has_value());
    if (auto problems = find_excess(making.input, whole); !problems.empty()) throw Error{std::move(problems)};
    if (whole.ready == 0) { // nobody can be paid: the first say why
        created.first = making.stage.look(batch, k_most_told).first;
        return created;
    }
    created.alike = count_alike(making);
    store(making, file);
    return created;
}

} // namespace passa::payout
