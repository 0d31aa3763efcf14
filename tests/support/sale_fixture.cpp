// Plain SQL instead of manifests: these tests are about imports.
#include "tests/support/sale_fixture.hpp"

#include "lib/sale/profile_shelf.hpp"

#include <atomic>
#include <fstream>
#include <unistd.h>

namespace passa::test {

namespace fs = std::filesystem;

SaleFixture::SaleFixture(std::string_view oversell) : org(db.add_organizer("demo")), event(db.ids.make<EventTag>()) {
    static std::atomic<int> number{0};
    m_folder = fs::temp_directory_path() / fmt::format("passa-sale-test-{}-{}", getpid(), ++number);
    fs::create_directories(m_folder);
    db.clock.advance(std::chrono::hours{24 * 376}); // December 2027: after the sales
    const auto o = org.uuid(), e = event.uuid();
    const auto uuid = [&] { return id_text::uuid(db.ids.next()); };
    const auto plan = uuid(), campaign = uuid(), creator = uuid();
    execute(fmt::format("INSERT INTO asset VALUES ('{}', 'KES', 2)", o));
    execute(fmt::format("INSERT INTO event VALUES ('{}', '{}', 'show', 'Show', NULL, 'Africa/Nairobi', 'KES', "
                        "'2027-03-06', '2027-03-07', '{}')",
                        o, e, oversell));
    for (const auto* tier : {"'early-bird', 'Early Bird', '{early-bird,early bird}', 150000, 'KES', 5",
                             "'regular', 'Regular', '{regular}', 250000, 'KES', NULL",
                             "'vip', 'VIP', '{vip,vip table,vip - *}', 600000, 'KES', 100"})
        execute(fmt::format("INSERT INTO tier (organizer_id, event_id, id, name, title, match_names, price_minor, "
                            "asset_id, capacity) VALUES ('{}', '{}', '{}', {})",
                            o, e, uuid(), tier));
    execute(fmt::format("INSERT INTO split_plan VALUES ('{}', '{}', '{}', 'show')", o, e, plan));
    for (const auto* version : {"1, '-infinity'", "2, '2027-02-01T00:00:00Z'"})
        execute(fmt::format("INSERT INTO split_plan_version (organizer_id, event_id, id, plan_id, version, "
                            "effective_from, basis, created_at) VALUES ('{}', '{}', '{}', '{}', {}, 'net', now())",
                            o, e, uuid(), plan, version));
    execute("INSERT INTO tier_plan SELECT organizer_id, event_id, id, NULL FROM split_plan_version");
    execute(fmt::format("INSERT INTO party (organizer_id, id, name, role, title) VALUES ('{}', '{}', 'demo-creator', "
                        "'creator', 'Demo')",
                        o, creator));
    execute(fmt::format("INSERT INTO campaign VALUES ('{}', '{}', '{}', 'creators')", o, e, campaign));
    for (const auto* version : {"1, '-infinity', 100000", "2, '2027-02-01T00:00:00Z', 50000"})
        execute(fmt::format("INSERT INTO campaign_version (organizer_id, event_id, id, campaign_id, version, "
                            "effective_from, rate_ppm, created_at) VALUES ('{}', '{}', '{}', '{}', {}, now())",
                            o, e, uuid(), campaign, version));
    execute(fmt::format("INSERT INTO promo_code (organizer_id, event_id, code, campaign_id, creator_id) VALUES ('{}', "
                        "'{}', 'DEMO-A', '{}', '{}')",
                        o, e, campaign, creator));
}

SaleFixture::~SaleFixture() { fs::remove_all(m_folder); }

fs::path SaleFixture::file(const std::string& name, std::string_view text) const {
    std::ofstream{m_folder / name, std::ios::binary} << text;
    return m_folder / name;
}

sale::ImportOrder SaleFixture::order(const std::vector<fs::path>& files, const std::string& profile) const {
    return {"show", files, sale::get_profile(profile, m_folder / "none"), false, std::nullopt};
}

sale::ImportOutcome SaleFixture::run(const sale::ImportOrder& order) {
    db.clock.advance(std::chrono::minutes{1});
    return sale::import_sales({db.app(), org, db.ids, db.clock, "tester"}, order, [](auto, auto, auto) {});
}

sale::ImportOutcome SaleFixture::import(const std::vector<fs::path>& files, const std::string& profile) {
    return run(order(files, profile));
}

sale::ImportOutcome SaleFixture::import_rows(const std::string& name, const std::vector<std::string>& rows) {
    std::string text{k_sale_header};
    for (const auto& row : rows) text += row + "\n";
    return import({file(name, text)});
}

std::string SaleFixture::refusal_codes(const sale::ImportOutcome& outcome) const {
    std::string codes;
    for (const auto& refusal : outcome.refusals)
        codes += fmt::format("{}{}:{}", codes.empty() ? "" : " ", refusal.code, refusal.rows);
    return codes;
}

std::string SaleFixture::error_of(const sale::ImportOrder& order) {
    try {
        run(order);
    } catch (const Error& error) {
        return error.first().code;
    }
    return "no error";
}

std::vector<std::string> SaleFixture::lines() {
    std::vector<std::string> lines;
    const auto rows = db::transact(db.app(), {org}, [&](db::Transaction& tx) {
        return tx.raw("SELECT concat_ws(' ', l.id, seq, kind, source, order_ref, line_ref, t.name, v.version, "
                      "cv.version, creator_id IS NOT NULL, code, "
                      "quantity, gross, discount, tax, fee_platform, fee_payment, net) AS line FROM sale_line l "
                      "LEFT JOIN tier t ON t.id = l.tier_id JOIN split_plan_version v ON v.id = l.plan_version_id "
                      "LEFT JOIN campaign_version cv ON cv.id = l.campaign_version_id ORDER BY l.id");
    });
    for (const auto& row : rows) lines.push_back(row.get<std::string>("line"));
    return lines;
}

std::string SaleFixture::value(const std::string& sql) {
    return db::transact(db.app(), {org}, [&](db::Transaction& tx) {
        return tx.raw("SELECT (" + sql + ")::text AS v").one().get<std::optional<std::string>>("v").value_or("NULL");
    });
}

void SaleFixture::execute(const std::string& sql) {
    db::transact(db.app(), {org}, [&](db::Transaction& tx) { tx.raw(sql); });
}

} // namespace passa::test
