// Rows to payables.
#include "lib/payout/gather.hpp"

#include "lib/base/text.hpp"
#include "lib/payout/store.hpp"
#include "payout_sql.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace passa::payout {
namespace {

Payable read_payable(const db::Row& row) {
    Payable payable;
    payable.party = row.get<IdBytes>("party_id");
    payable.party_name = row.get<std::string>("party_name");
    payable.event = row.get<IdBytes>("event_id");
    payable.owed = row.amount("owed");
    payable.planned = row.amount("planned");
    payable.netting = row.amount("netting");
    payable.elsewhere = row.amount("elsewhere");
    payable.contested = row.get<bool>("contested");
    payable.rail = row.get<std::optional<std::string>>("rail");
    payable.destination = row.get<std::optional<std::string>>("destination");
    payable.memo = row.get<std::optional<std::string>>("memo");
    if (const auto asset = row.get<std::optional<std::string>>("payout_asset_id"))
        payable.payout_asset = money::Asset{*asset, row.get<int>("payout_scale")};
    return payable;
}

} // namespace

std::vector<Payable> gather_payables(db::Transaction& tx, OrganizerId organizer, std::optional<EventId> event,
                                     std::optional<IdBytes> settlement) {
    std::vector<Payable> payables;
    for (const auto& row : tx.run(sql::load_payables, organizer, event, settlement))
        payables.push_back(read_payable(row));
    return payables;
}

std::vector<Payable> choose_payees(std::vector<Payable> payables, const std::vector<std::string>& names) {
    if (names.empty()) return payables;
    std::set<std::string> known;
    for (const auto& payable : payables) known.insert(payable.party_name);
    Problems problems;
    for (const auto& name : names) {
        if (known.contains(name)) continue;
        const auto near = nearest_names(name, std::vector(known.begin(), known.end()));
        problems.push_back({Kind::not_found, "payout.no_payee",
                            fmt::format("nothing is owed to {} here", printable(name, 60)),
                            near.empty() ? "leave --payee out to see who is owed, with --dry-run"
                                         : fmt::format("did you mean {}?", near.front())});
    }
    if (!problems.empty()) throw Error{std::move(problems)};
    std::erase_if(payables,
                  [&](const Payable& p) { return std::find(names.begin(), names.end(), p.party_name) == names.end(); });
    return payables;
}

std::vector<RateVersion> load_rates(db::Transaction& tx, OrganizerId organizer, Instant at) {
    std::vector<RateVersion> rates;
    for (const auto& row : tx.run(sql::load_rates, organizer, at))
        rates.push_back({row.get<IdBytes>("id"),
                         {row.asset("from_"), row.asset("to_"),
                          static_cast<std::uint64_t>(row.get<std::int64_t>("mantissa")), row.get<int>("decimals")}});
    return rates;
}

Payees::Payees(db::Transaction& tx, OrganizerId organizer) {
    for (const auto& row : tx.run(sql::load_payees, organizer)) {
        m_names.push_back(row.get<std::string>("name"));
        m_known.emplace(m_names.back(), Payee{row.get<IdBytes>("id"), row.get<std::optional<std::string>>("rail"),
                                              row.get<std::optional<std::string>>("destination"),
                                              row.get<std::optional<std::string>>("memo")});
    }
}

// A destination written in the file comes with the memo written there, or none.
Payable Payees::payable_of(const FileLine& line) const {
    Payable payable;
    payable.is_expense = true;
    payable.owed = line.amount;
    payable.reference = line.reference;
    payable.file_line = line.line;
    payable.row_key = line.key;
    payable.destination = line.destination;
    payable.memo = line.memo;
    payable.own_memo = line.memo.has_value();
    payable.party_name = line.party.value_or(line.destination.value_or(""));
    const auto party = line.party ? m_known.find(*line.party) : m_known.end();
    if (party == m_known.end()) return payable;
    payable.party = party->second.id;
    payable.rail = party->second.rail;
    payable.destination = party->second.destination;
    if (!payable.memo) payable.memo = party->second.memo;
    return payable;
}

Problem Payees::unknown(const FileLine& line) const {
    const auto near = nearest_names(line.party.value_or(""), m_names);
    return {Kind::invalid_input, "payout.unknown_party",
            fmt::format("there is no party {}", printable(line.party.value_or(""), 60)),
            near.empty() ? "apply its manifest first" : fmt::format("did you mean {}?", near.front())};
}

} // namespace passa::payout
