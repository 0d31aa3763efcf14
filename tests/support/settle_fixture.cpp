// The catalog of the world in SQL, its sales and their changes with their journals.
#include "tests/support/settle_fixture.hpp"

namespace passa::test {
namespace {

std::map<std::string, std::string>::const_iterator named(std::string_view text) { // one prepared statement per text
    static std::map<std::string, std::string> names;
    return names.try_emplace(std::string{text}, fmt::format("test.fixture_{}", names.size())).first;
}

template <typename... Args>
void run(db::Transaction& tx, std::string_view text, const Args&... args) {
    const auto& [known, name] = *named(text);
    tx.run(db::Statement{name, known}, args...);
}

} // namespace

SettleFixture::SettleFixture(std::shared_ptr<FreshDatabase> in, std::string_view name)
    : database(std::move(in)), db(*database), org(db.add_organizer(name)),
      event(db.ids.make<EventTag>()), plan{db.ids.next(), db.ids.next()}, campaign_version(db.ids.next()) {
    for (int i = 0; i < 4; ++i) parties.push_back(db.ids.make<PartyTag>());
    db::transact(db.app(), {org}, [&](db::Transaction& tx) {
        run(tx, "INSERT INTO asset (organizer_id, id, scale) VALUES ($1, 'KES', 2)", org);
        run(tx,
            "INSERT INTO event (organizer_id, id, name, title, zone, currency_id, starts_at, ends_at) VALUES ($1, "
            "$2, 'show', 'Show', 'Africa/Nairobi', 'KES', now(), now())",
            org, event);
        for (std::size_t i = 0; i < parties.size(); ++i)
            run(tx, "INSERT INTO party (organizer_id, id, name, role, title) VALUES ($1, $2, $3, 'party', 'x')", org,
                parties[i], fmt::format("party-{}", i));
        for (int p = 0; p < 2; ++p) {
            const auto plan_id = db.ids.next();
            run(tx, "INSERT INTO split_plan (organizer_id, event_id, id, name) VALUES ($1, $2, $3, $4)", org, event,
                plan_id, fmt::format("plan-{}", p));
            run(tx,
                "INSERT INTO split_plan_version (organizer_id, event_id, id, plan_id, version, effective_from, "
                "basis, created_at) VALUES ($1, $2, $3, $4, 1, '-infinity', 'net', now())",
                org, event, plan[static_cast<std::size_t>(p)], plan_id);
            const int ppm[2][3] = {{333'300, 333'300, 333'400}, {900'001, 0, 99'999}};
            for (std::size_t s = 0; s < 3; ++s)
                run(tx,
                    "INSERT INTO split_share (organizer_id, event_id, plan_version_id, pos, party_id, ppm) VALUES "
                    "($1, $2, $3, $4, $5, $6)",
                    org, event, plan[static_cast<std::size_t>(p)], s, parties[s], ppm[p][s]);
        }
        const auto campaign = db.ids.next();
        run(tx, "INSERT INTO campaign (organizer_id, event_id, id, name) VALUES ($1, $2, $3, 'c')", org, event,
            campaign);
        run(tx,
            "INSERT INTO campaign_version (organizer_id, event_id, id, campaign_id, version, effective_from, "
            "rate_ppm, created_at) VALUES ($1, $2, $3, $4, 1, '-infinity', 73000, now())",
            org, event, campaign_version, campaign);
        run(tx,
            "INSERT INTO promo_code (organizer_id, event_id, code, campaign_id, creator_id) VALUES ($1, $2, 'C', "
            "$3, $4)",
            org, event, campaign, parties[3]);
    });
}

std::size_t SettleFixture::add_line(Int128 gross, Int128 tax, Int128 fee, std::size_t plan_index, bool with_creator) {
    sales.push_back({db.ids.next(), plan_index, with_creator, {}, {}});
    const auto number = sales.size() - 1;
    insert(sales[number], "sale", {gross, tax, fee});
    return number;
}

std::optional<settle::Settlement> SettleFixture::settle() {
    db.clock.advance(std::chrono::seconds{1});
    return db::transact(db.app(), {org}, [&](db::Transaction& tx) {
        return settle::settle({tx, org, db.ids, db.clock.now()}, event::get_event(tx, org, "show"), db.clock.now(),
                              "tester");
    });
}

std::map<std::string, money::Int128> SettleFixture::posted() {
    std::map<std::string, Int128> sums;
    db::transact(db.app(), {org}, [&](db::Transaction& tx) {
        for (const auto& head : settle::load_settlements(tx, org, event))
            for (const auto& d : settle::get_settlement(tx, org, head.id).deltas) sums[d.party_name] += d.delta.minor();
    });
    return sums;
}

void SettleFixture::insert(Sale& sale, std::string_view kind, const Sums& by) {
    db.clock.advance(std::chrono::seconds{1});
    const int seq = kind == "sale" ? 0 : ++sale.changes;
    const auto quantity = kind == "sale" ? 1 : 0;
    db::transact(db.app(), {org}, [&](db::Transaction& tx) {
        const auto cause = db.ids.next();
        run(tx,
            "INSERT INTO sale_line (organizer_id, event_id, id, sale_id, seq, kind, source, order_ref, line_ref, "
            "plan_version_id, campaign_version_id, creator_id, code, quantity, asset_id, gross, discount, tax, "
            "fee_platform, fee_payment, net, occurred_at, imported_at, import_id, file_row) VALUES ($1, $2, CASE "
            "WHEN $4::integer = 0 THEN $3::uuid ELSE passa_change_id($3, $4) END, $3, $4, $5, 'test', $3::text, "
            "'1', $6, $7, $8, CASE WHEN $8::uuid IS NOT NULL THEN 'C' END, $14, 'KES', $9, 0, $10, $11, 0, $12, "
            "$13, $13, $3, 1)",
            org, event, sale.id, seq, kind, plan[sale.plan_index],
            sale.with_creator ? std::optional{campaign_version} : std::nullopt,
            sale.with_creator ? std::optional{parties[3]} : std::nullopt, by.gross, by.tax, by.fee, by.net(),
            db.clock.now(), quantity);
        using ledger::AccountKind;
        const auto kes = [](Int128 minor) { return money::Amount{minor, {"KES", 2}}; };
        const std::vector<ledger::Posting> postings{{{AccountKind::gateway_receivable, event}, kes(by.gross - by.fee)},
                                                    {{AccountKind::platform_fee, event}, kes(by.fee)},
                                                    {{AccountKind::tax_held, event}, kes(-by.tax)},
                                                    {{AccountKind::event_proceeds, event}, kes(-(by.gross - by.tax))}};
        const bool any = by.gross != 0 || by.tax != 0 || by.fee != 0;
        if (any)
            ledger::post({tx, org, db.ids, db.clock.now()}, {"sales", cause, "", event, db.clock.now(), "", postings});
    });
    sale.now += by;
    if (kind == "refund")
        sale.undone_gross -= by.gross;
    else
        sale.sold += by;
}

} // namespace passa::test
