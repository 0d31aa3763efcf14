// One question per kind; the figures come from the rows themselves.
#include "lib/catalog/use.hpp"

#include "catalog_sql.hpp"
#include "lib/catalog/references.hpp"

#include <optional>

namespace passa::catalog {
namespace {

class Uses {
public:
    Uses(Store& store, const Object& object) : m_store(store), m_object(object) {}
    std::vector<Use> found;

    void of_party() {
        balances(m_object.id, std::nullopt, {"is still owed to it", "pay it first: passa payout create"},
                 {"is still owed by it, from refunds", "it is set against what the party earns next"});
        payouts({.party = m_object.id});
        if (m_object.kind == "Creator")
            for (const auto& row : m_store.tx.run(sql::count_unsettled_of_creator, m_store.organizer, m_object.id))
                unsettled(row.get<std::int64_t>("lines"), row.get<std::string>("event"));
    }
    void of_treasury() {
        const Saying held{"is still in it", "move the money away, and record it: passa recon run"};
        balances(std::nullopt, m_object.id, held,
                 {"is missing from it in the book", "record what came in: passa recon run"});
        payouts({.treasury = m_object.id});
    }
    void of_policy() { payouts({.policy = m_object.name}); }
    void of_rate() { payouts({.rate = m_object.name}); }

    // An event, or a rule under which tickets of it are sold.
    void of_sales(const db::Statement& statement) {
        const auto row = m_store.tx.run(statement, m_store.organizer, m_object.id).find();
        if (!row || row->get<std::int64_t>("sold") == 0) return;
        if (row->get<Instant>("ends_at") > m_store.now)
            found.push_back({fmt::format("tickets were sold, and event {} ends only {}", row->get<std::string>("event"),
                                         to_text(row->get<Instant>("ends_at"))),
                             "change it by a version with effectiveFrom instead, or wait"});
        unsettled(row->get<std::int64_t>("unsettled"), row->get<std::string>("event"));
    }

private:
    struct Payouts {
        std::optional<IdBytes> party = {};
        std::optional<IdBytes> treasury = {};
        std::optional<std::string> policy = {};
        std::optional<std::string> rate = {};
    };

    struct Saying {
        const char* what;
        const char* hint;
    };

    void balances(std::optional<IdBytes> party, std::optional<IdBytes> treasury, const Saying& owed,
                  const Saying& owing) {
        for (const auto& row : m_store.tx.run(sql::load_open_balances, m_store.organizer, party, treasury)) {
            const auto asset = row.asset();
            const money::Amount balance{row.get<money::Int128>("balance"), asset};
            const auto& said = balance.is_negative() ? owing : owed;
            found.push_back(
                {fmt::format("{} {}", (balance.is_negative() ? -balance : balance).text(), said.what), said.hint});
        }
    }
    void payouts(const Payouts& of) {
        const auto open =
            m_store.tx.run(sql::count_open_payouts, m_store.organizer, of.party, of.treasury, of.policy, of.rate)
                .one()
                .get<std::int64_t>("payouts");
        if (open > 0)
            found.push_back({fmt::format("payouts not finished: {}", open), "see them with: passa payout list"});
    }
    void unsettled(std::int64_t lines, const std::string& event) {
        if (lines > 0)
            found.push_back({fmt::format("sale lines not settled: {}", lines),
                             fmt::format("settle them: passa settle --event {}", event)});
    }

    Store& m_store;
    const Object& m_object;
};

} // namespace

std::vector<Use> find_open_uses(Store& store, const Object& object) {
    Uses uses{store, object};
    if (object.kind == "Party" || object.kind == "Creator") uses.of_party();
    if (object.kind == "Event") uses.of_sales(sql::load_event_use);
    if (object.kind == "SplitPlan") uses.of_sales(sql::load_plan_use);
    if (object.kind == "Campaign") uses.of_sales(sql::load_campaign_use);
    if (object.kind == "Treasury") uses.of_treasury();
    if (object.kind == "PayoutPolicy") uses.of_policy();
    if (object.kind == "ExchangeRate") uses.of_rate();
    return std::move(uses.found);
}

std::string find_history(Store& store, const Object& object) {
    const auto said = [](const db::Rows& rows) {
        const auto row = rows.find();
        return row ? row->get<std::string>("why") : std::string{};
    };
    const auto ask = [&](const db::Statement& statement) {
        return said(store.tx.run(statement, store.organizer, object.id));
    };
    if (object.kind == "Party" || object.kind == "Creator") return ask(sql::find_party_history);
    if (object.kind == "Event") return ask(sql::find_event_history);
    if (object.kind == "Treasury") return ask(sql::find_treasury_history);
    if (object.kind == "Asset")
        return said(store.tx.run(sql::find_asset_history, store.organizer, name_in_specs(object)));
    for (const std::string_view kind : {"Network", "Venue", "Contract", "Job", "NoticeChannel"})
        if (object.kind == kind) return {};
    return "its versions stay";
}

} // namespace passa::catalog
