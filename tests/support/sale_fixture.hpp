// An event that can be imported into: three tiers, a plan with two versions, one creator's code, and files written next
// to it.
#pragma once
#include "lib/sale/import.hpp"
#include "tests/support/db_test.hpp"

#include <filesystem>
#include <map>

namespace passa::test {

class SaleFixture {
public:
    explicit SaleFixture(std::string_view oversell = "reject");
    ~SaleFixture();
    SaleFixture(const SaleFixture&) = delete;
    SaleFixture& operator=(const SaleFixture&) = delete;

    std::filesystem::path file(const std::string& name, std::string_view text) const;
    sale::ImportOutcome import(const std::vector<std::filesystem::path>& files, const std::string& profile = "passa");
    sale::ImportOutcome run(const sale::ImportOrder& order);
    // passa's own format: the header, then rows.
    sale::ImportOutcome import_rows(const std::string& name, const std::vector<std::string>& rows);
    [[nodiscard]] sale::ImportOrder order(const std::vector<std::filesystem::path>& files,
                                          const std::string& profile = "passa") const;
    std::string refusal_codes(const sale::ImportOutcome& outcome) const; // "sale.unknown_tier sale.order_refused"
    std::string error_of(const sale::ImportOrder& order);

    // Every line's content but what differs between runs (ids of imports, import times, file and row).
    std::vector<std::string> lines();
    std::string value(const std::string& sql); // one value
    void execute(const std::string& sql);
    void sweep() { db.sweep(org); }

    FreshDatabase db;
    OrganizerId org;
    EventId event;

private:
    std::filesystem::path m_folder;
};

inline constexpr std::string_view k_sale_header =
    "external_order_id,external_line_id,tier,quantity,currency,gross_minor,discount_minor,tax_minor,fee_platform_minor,"
    "fee_payment_minor,status,paid_at,voucher,refunded_minor,refunded_at\n";

} // namespace passa::test
