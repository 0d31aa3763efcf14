// Rows to figures.
#include "lib/report/figures.hpp"

#include "lib/report/laws.hpp"
#include "lib/report/waterfall.hpp"
#include "report_sql.hpp"

#include <algorithm>

namespace passa::report {
namespace {

Head load_head(db::Transaction& tx, OrganizerId organizer, EventId event, Instant now) {
    const auto row = tx.run(sql::load_head, organizer, event, now).one();
    const auto text = [&](std::string_view column) { return row.get<std::string>(column); };
    return {text("name"),      text("title"),  text("venue"),     text("zone"),
            text("organizer"), text("starts"), text("generated"), {text("currency_id"), row.get<int>("scale")}};
}

Book read_totals(const db::Row& row) {
    Book book;
    book.asset = row.asset();
    book.lines = row.get<std::int64_t>("lines");
    book.tickets = row.get<std::int64_t>("tickets");
    book.unsettled_lines = row.get<std::int64_t>("unsettled_lines");
    book.sold = row.amount("sold");
    book.undone = row.amount("undone");
    book.gross = row.amount("gross");
    book.tax = row.amount("tax");
    book.fee_platform = row.amount("fee_platform");
    book.fee_payment = row.amount("fee_payment");
    book.net = row.amount("net");
    book.unsettled = row.amount("unsettled");
    book.commissions_posted = book.shares_posted = {0, book.asset};
    return book;
}

struct Place {
    db::Transaction& tx;
    OrganizerId organizer;
    EventId event;
};

void load_sales(const Place& at, Book& book) {
    const auto amount = [&](const db::Row& row, std::string_view column) { return row.amount(column, book.asset); };
    for (const auto& row : at.tx.run(sql::load_days, at.organizer, at.event, book.asset.id))
        book.days.push_back(
            {row.get<Day>("day"), row.get<std::int64_t>("tickets"), amount(row, "sold"), amount(row, "undone")});
    for (const auto& row : at.tx.run(sql::load_tiers, at.organizer, at.event, book.asset.id))
        book.tiers.push_back({row.get<std::string>("title"), row.get<std::int64_t>("tickets"),
                              row.get<std::optional<std::int64_t>>("capacity"), amount(row, "sold"),
                              amount(row, "undone"), amount(row, "gross"), amount(row, "tax"), amount(row, "fees"),
                              amount(row, "net")});
}

void load_posted(const Place& at, Book& book) {
    std::vector<Posted> posted;
    for (const auto& row : at.tx.run(sql::load_posted, at.organizer, at.event, book.asset.id)) {
        posted.push_back({row.get<std::string>("kind") == "commission", row.get<std::string>("title"),
                          row.amount("posted", book.asset)});
        (posted.back().commission ? book.commissions_posted : book.shares_posted) += posted.back().amount;
    }
    book.steps = make_waterfall(book, posted);
}

std::string terms_of(const db::Row& row) {
    auto text = row.get<std::string>("basis") == "net" ? std::string{"Shares of what is left after tax and fees"}
                                                       : std::string{"Shares of what is left after tax; "} +
                                                             row.get<std::string>("fees_from") + " bears the fees";
    const auto from = row.get<std::string>("commission_from");
    text += from.empty() ? "; commissions come off first" : "; commissions are borne by " + from;
    if (const auto since = row.get<std::string>("effective"); !since.empty()) text += "; in force from " + since;
    return text;
}

void load_shares(const Place& at, Book& book) {
    for (const auto& row : at.tx.run(sql::load_shares, at.organizer, at.event, book.asset.id)) {
        auto plan = fmt::format("{} v{}", row.get<std::string>("plan"), row.get<int>("version"));
        if (book.plans.empty() || book.plans.back().plan != plan)
            book.plans.push_back({std::move(plan), terms_of(row), {}, Amount{0, book.asset}});
        const auto ppm = row.get<std::optional<int>>("ppm");
        auto& shares = book.plans.back();
        shares.shares.push_back({row.get<std::string>("title"),
                                 ppm ? money::Rate::from_ppm(static_cast<std::uint32_t>(*ppm)).text() : std::string{},
                                 row.amount("posted", book.asset)});
        shares.total += shares.shares.back().posted;
    }
}

void load_commissions(const Place& at, Book& book) {
    const auto amount = [&](const db::Row& row, std::string_view column) { return row.amount(column, book.asset); };
    for (const auto& row : at.tx.run(sql::load_commissions, at.organizer, at.event, book.asset.id)) {
        CreatorCommission c{row.get<std::string>("title"),
                            row.get<std::string>("codes"),
                            fmt::format("{} v{}", row.get<std::string>("campaign"), row.get<int>("version")),
                            money::Rate::from_ppm(static_cast<std::uint32_t>(row.get<int>("rate_ppm"))).text(),
                            std::nullopt,
                            row.get<std::int64_t>("tickets"),
                            amount(row, "sold"),
                            amount(row, "eligible") - amount(row, "sold"),
                            amount(row, "eligible"),
                            amount(row, "posted"),
                            amount(row, "taken_back")};
        if (!row.is_null("cap_minor")) c.cap = amount(row, "cap_minor");
        book.commissions.push_back(std::move(c));
    }
}

} // namespace

bool EventFigures::all_hold() const {
    return std::all_of(checks.begin(), checks.end(), [](const auto& check) { return check.broken == 0; }) &&
           std::all_of(books.begin(), books.end(), [](const Book& book) { return book.steps.back().left.is_zero(); });
}

EventFigures load_event_figures(db::Transaction& tx, OrganizerId organizer, const event::Event& event, Instant now) {
    EventFigures out;
    out.head = load_head(tx, organizer, event.id, now);
    const Place at{tx, organizer, event.id};
    for (const auto& row : tx.run(sql::load_totals, organizer, event.id)) {
        auto book = read_totals(row);
        load_sales(at, book);
        load_posted(at, book);
        load_shares(at, book);
        load_commissions(at, book);
        out.books.push_back(std::move(book));
    }
    out.payments = load_payments(tx, organizer, event.id, now);
    for (const auto& row : tx.run(sql::load_settlements, organizer, event.id))
        out.settlements.push_back({row.get<SettlementId>("id"), row.get<std::int64_t>("lines"), row.get<Instant>("cut"),
                                   row.get<Instant>("settled_at"), row.get<std::string>("through"),
                                   row.get<std::string>("settled"), row.get<std::string>("settled_by")});
    out.replays = settle::replay_all(tx, organizer, event.id);
    for (const auto& row : tx.run(sql::load_files, organizer, event.id))
        out.files.push_back({row.get<std::string>("name"), to_hex(row.get<Hash256>("sha256")),
                             row.get<std::string>("profile"), row.get<std::string>("imported"),
                             row.get<std::string>("imported_by"), row.get<bool>("done")});
    out.checks = check_laws(tx);
    return out;
}

} // namespace passa::report
