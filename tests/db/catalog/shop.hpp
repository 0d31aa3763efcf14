// A database to which manifests are applied, starting from the starter example, and into which tickets are sold by
// hand.
#pragma once
#include "lib/catalog/apply.hpp"
#include "lib/catalog/kinds.hpp"
#include "lib/manifest/read.hpp"
#include "tests/support/db_test.hpp"

#include <catch2/catch.hpp>

#include <fstream>
#include <iterator>
#include <set>

namespace passa::test {

inline std::string starter() {
    std::ifstream file{PASSA_EXAMPLES "/starter/event.yaml"};
    return {std::istreambuf_iterator<char>{file}, {}};
}

inline std::string replaced(std::string text, std::string_view from, std::string_view to) {
    const auto at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

struct Shop {
    FreshDatabase db;
    OrganizerId org = db.ids.make<OrganizerTag>();

    std::vector<catalog::Applied> apply(const std::string& text, bool overwrite = false) {
        auto manifests =
            manifest::check(manifest::read_text(text, "test.yaml").value(), catalog::kinds()).value_or_throw();
        return db::transact(db.app(), {org}, [&](db::Transaction& tx) {
            auto store = catalog::open_store(tx, org, db.ids, db.clock);
            return catalog::apply(store, {manifests, "tester", overwrite, false});
        });
    }
    std::set<std::string> codes_of(const std::string& text) {
        std::set<std::string> codes;
        try {
            apply(text);
        } catch (const Error& error) {
            for (const auto& p : error.problems()) codes.insert(p.code);
        }
        return codes;
    }
    std::int64_t count(const std::string& table) {
        return db.owner().connection().raw("SELECT count(*) AS n FROM " + table).one().get<std::int64_t>("n");
    }
    std::string value(const std::string& sql) {
        return db.owner()
            .connection()
            .raw("SELECT (" + sql + ")::text AS v")
            .one()
            .get<std::optional<std::string>>("v")
            .value_or("NULL");
    }
    // One ticket of each tier, with the example's code, as an import books it: under the rules in force at that time.
    void sell(const std::string& at = "2026-11-20T12:00:00Z") {
        db.owner().connection().raw("SET passa.organizer = '" + org.uuid() + "'");
        db.owner().connection().raw(
            "INSERT INTO sale_line (organizer_id, event_id, id, sale_id, seq, kind, source, order_ref, line_ref, "
            "tier_id, plan_version_id, campaign_version_id, creator_id, code, quantity, asset_id, gross, discount, "
            "tax, "
            "fee_platform, fee_payment, net, occurred_at, imported_at, import_id, file_row) "
            "SELECT t.organizer_id, t.event_id, l.id, l.id, 0, 'sale', 's', 'o', '1', t.id, p.plan_version_id, "
            "c.campaign_version_id, c.creator_id, 'DEMO10', 1, 'KES', 5, 0, 0, 0, 0, 5, l.at, l.at, l.id, 1 "
            "FROM tier t CROSS JOIN LATERAL (SELECT md5(t.id::text || x.at)::uuid AS id, x.at FROM (SELECT timestamptz "
            "'" +
            at +
            "' AS at) x) l JOIN plan_in_force p ON p.event_id = t.event_id AND p.tier_id = t.id AND l.at >= p.from_at "
            "AND "
            "l.at < p.until_at LEFT JOIN code_in_force c ON c.event_id = t.event_id AND c.code = 'DEMO10' AND l.at >= "
            "c.from_at AND l.at < c.until_at");
        db.owner().connection().raw("INSERT INTO tier_sold SELECT organizer_id, event_id, id, 3 FROM tier ON CONFLICT "
                                    "(organizer_id, event_id, tier_id) DO UPDATE SET sold = tier_sold.sold + 1");
    }
    // "plan/version" that a tier ("" for the default) follows at a time, or NULL.
    std::string plan_at(const std::string& at, const std::string& tier = "regular") {
        return value("SELECT s.name || '/' || v.version FROM plan_in_force f JOIN split_plan_version v ON v.id = "
                     "f.plan_version_id JOIN split_plan s ON s.id = v.plan_id LEFT JOIN tier t ON t.id = f.tier_id "
                     "WHERE coalesce(t.name, '') = '" +
                     tier + "' AND f.from_at <= '" + at + "' AND f.until_at > '" + at + "'");
    }
    // "campaign/rate" that the example's code earns at a time, or NULL.
    std::string terms_at(const std::string& at) {
        return value("SELECT c.name || '/' || v.rate_ppm FROM code_in_force f JOIN campaign_version v ON v.id = "
                     "f.campaign_version_id JOIN campaign c ON c.id = v.campaign_id WHERE f.code = 'DEMO10' AND "
                     "f.from_at <= '" +
                     at + "' AND f.until_at > '" + at + "'");
    }
};

} // namespace passa::test
