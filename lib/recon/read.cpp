// Rows to views.
#include "lib/recon/read.hpp"

#include "recon_sql.hpp"

namespace passa::recon {
namespace {

RunView view_run(const db::Row& row) {
    return {row.get<ReconRunId>("id"),
            row.get<std::string>("treasury"),
            row.get<std::int64_t>("from_position"),
            row.get<std::int64_t>("to_position"),
            row.get<std::int64_t>("to_ledger"),
            row.get<std::int64_t>("lines_read"),
            row.get<std::int64_t>("matched"),
            row.get<std::int64_t>("settled"),
            row.get<std::int64_t>("breaks_open"),
            row.get<bool>("complete"),
            row.get<std::string>("gap"),
            row.get<std::string>("ran_by"),
            row.get<Instant>("ran_at")};
}

} // namespace

std::vector<TreasuryName> load_treasuries(db::Transaction& tx, OrganizerId organizer, const TreasuryChoice& choice) {
    std::vector<TreasuryName> all;
    for (const auto& row : tx.run(sql::load_treasuries, organizer, choice.name, choice.event))
        all.push_back({row.get<TreasuryId>("id"), row.get<std::string>("name")});
    return all;
}

std::vector<BreakView> load_breaks(db::Transaction& tx, OrganizerId organizer, const BreakFilter& filter) {
    using Text = std::optional<std::string>;
    std::vector<BreakView> all;
    for (const auto& row :
         tx.run(sql::load_breaks, organizer, filter.open_only, filter.treasury, filter.id, filter.run, filter.limit))
        all.push_back({row.get<BreakId>("id"), row.get<ReconRunId>("run_id"), row.get<std::string>("treasury"),
                       row.get<std::string>("type"), row.get<std::string>("subject"), row.get<std::string>("why"),
                       row.amount("amount_minor"), row.amount("held_minor"),
                       row.get<std::optional<IdBytes>>("payout_id"), row.get<Text>("external_ref"),
                       row.get<Instant>("opened_at"), row.get<std::optional<Instant>>("closed_at"),
                       row.get<Text>("close_code"), row.get<Text>("close_reason"), row.get<Text>("closed_by")});
    return all;
}

BreakView get_break(db::Transaction& tx, OrganizerId organizer, BreakId id) {
    auto found = load_breaks(tx, organizer, {.open_only = false, .id = id});
    if (found.empty())
        throw Error{{Kind::not_found, "recon.no_break", fmt::format("there is no break {}", id),
                     "list them with: passa recon list --all"}};
    return std::move(found.front());
}

std::vector<BreakMove> load_break_moves(db::Transaction& tx, OrganizerId organizer, BreakId id) {
    std::vector<BreakMove> all;
    for (const auto& row : tx.run(sql::load_break_moves, organizer, id))
        all.push_back({row.get<std::string>("action"), row.get<std::string>("actor"), row.get<std::string>("reason"),
                       row.get<std::optional<ReconRunId>>("run_id"), row.get<std::optional<JournalId>>("journal_id"),
                       row.get<Instant>("moved_at")});
    return all;
}

RunView get_run(db::Transaction& tx, OrganizerId organizer, ReconRunId id) {
    const auto row = tx.run(sql::load_runs, organizer, std::optional{id}, 1).find();
    if (!row)
        throw Error{{Kind::not_found, "recon.no_run", fmt::format("there is no reconciliation run {}", id),
                     "list them with: passa recon list --runs"}};
    return view_run(*row);
}

std::vector<RunView> load_runs(db::Transaction& tx, OrganizerId organizer, std::int64_t limit) {
    std::vector<RunView> all;
    for (const auto& row : tx.run(sql::load_runs, organizer, std::optional<ReconRunId>{}, limit))
        all.push_back(view_run(row));
    return all;
}

std::vector<BalanceView> load_balances(db::Transaction& tx, OrganizerId organizer, ReconRunId run) {
    std::vector<BalanceView> all;
    for (const auto& row : tx.run(sql::load_run_balances, organizer, run))
        all.push_back({row.amount("opening"), row.amount("money_in"), row.amount("money_out"), row.amount("fees"),
                       row.amount("closing"), row.amount("gap")});
    return all;
}

std::vector<RuleCount> count_rules(db::Transaction& tx, OrganizerId organizer, ReconRunId run) {
    std::vector<RuleCount> all;
    for (const auto& row : tx.run(sql::count_rules, organizer, run))
        all.push_back({row.get<std::string>("rule"), row.get<std::int64_t>("lines")});
    return all;
}

} // namespace passa::recon
