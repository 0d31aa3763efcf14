// Figures to fields of templates/report/event.html: all words stand there, all numbers come from here.
#include "lib/report/page.hpp"

#include "lib/render/template.hpp"
#include "lib/report/asset_name.hpp"
#include "lib/report/chart.hpp"
#include "lib/report/pages.hpp"

#include <algorithm>

namespace passa::report {
namespace {

using render::Fields;
using render::List;

List steps_of(const Book& book) {
    money::Int128 lowest = 0, highest = 0;
    for (const auto& step : book.steps) {
        lowest = std::min(lowest, step.left.minor());
        highest = std::max(highest, step.left.minor());
    }
    List steps;
    for (const auto& step : book.steps) {
        const bool total = step.kind == Step::Kind::total;
        steps.push_back({{"label", step.label},
                         {"bar", draw_step(step, lowest, highest)},
                         {"amount", total ? std::string{} : figure(step.amount)},
                         {"left", figure(step.left)},
                         {"class", total ? "total" : ""}});
    }
    return steps;
}

List days_of(const Book& book) {
    List days;
    for (const auto& d : book.days)
        days.push_back({{"day", to_text(d.day)},
                        {"tickets", count(d.tickets)},
                        {"sold", figure(d.sold)},
                        {"undone", d.undone.is_zero() ? std::string{} : figure(d.undone)}});
    return days;
}

List tiers_of(const Book& book) {
    auto most = Amount{0, book.asset};
    for (const auto& t : book.tiers) most = std::max(most, t.gross);
    List tiers;
    for (const auto& t : book.tiers)
        tiers.push_back({{"title", t.title},
                         {"bar", draw_part(t.gross, most)},
                         {"tickets", count(t.tickets)},
                         {"capacity", t.capacity ? count(*t.capacity) : std::string{}},
                         {"sold", figure(t.sold)},
                         {"undone", figure(t.undone)},
                         {"gross", figure(t.gross)},
                         {"tax", figure(t.tax)},
                         {"fees", figure(t.fees)},
                         {"net", figure(t.net)}});
    return tiers;
}

List plans_of(const Book& book) {
    List plans;
    for (const auto& plan : book.plans) {
        List shares;
        for (const auto& share : plan.shares)
            shares.push_back({{"party", share.party}, {"rate", share.rate}, {"posted", figure(share.posted)}});
        plans.push_back({{"plan", plan.plan},
                         {"terms", plan.terms},
                         {"shares", std::move(shares)},
                         {"plan_total", figure(plan.total)}});
    }
    return plans;
}

List commissions_of(const Book& book) {
    List out;
    for (const auto& c : book.commissions)
        out.push_back({{"creator", c.creator},
                       {"codes", c.codes},
                       {"campaign", c.campaign},
                       {"rate", c.rate + (c.cap ? ", at most " + figure(*c.cap) : std::string{})},
                       {"tickets", count(c.tickets)},
                       {"sold", figure(c.sold)},
                       {"undone", c.undone.is_zero() ? std::string{} : figure(c.undone)},
                       {"eligible", figure(c.eligible)},
                       {"posted", figure(c.posted)},
                       {"taken_back", c.taken_back.is_zero() ? std::string{} : figure(c.taken_back)}});
    return out;
}

Fields book_of(const Book& book) {
    const auto chart = draw_days(book.days, book.asset);
    return {{"asset", asset_name(book.asset)},
            {"tickets", count(book.tickets)},
            {"lines", count(book.lines)},
            {"gross", figure(book.gross)},
            {"net", figure(book.net)},
            {"unsettled", figure(book.unsettled)},
            {"unsettled_lines", count(book.unsettled_lines)},
            {"is_unsettled", book.unsettled_lines != 0},
            {"undone_total", figure(book.undone)},
            {"shares_posted", figure(book.shares_posted)},
            {"commissions_posted", figure(book.commissions_posted)},
            {"adds_up", book.steps.back().left.is_zero()},
            {"steps", steps_of(book)},
            {"chart", chart.svg},
            {"grain", chart.grain},
            {"days", days_of(book)},
            {"tiers", tiers_of(book)},
            {"tier_total", figure(book.gross)},
            {"plans", plans_of(book)},
            {"any_commissions", !book.commissions.empty()},
            {"commissions", commissions_of(book)}};
}

// Nothing before the first settlement.
List asset_totals(const EventFigures& figures, const Book& book) {
    for (const auto& t : totals_by_asset(figures.payments.balances))
        if (t.owed.asset() == book.asset)
            return {{{"total_paid", figure(t.paid)},
                     {"total_under_way", figure(t.under_way)},
                     {"total_owed", figure(t.owed)}}};
    return {};
}

} // namespace

std::string make_event_page(const EventFigures& figures, std::string_view program) {
    List books;
    for (const auto& book : figures.books) {
        books.push_back(book_of(book));
        books.back().insert_or_assign("asset_totals", asset_totals(figures, book));
    }
    auto fields = head_fields(figures.head, program);
    fields.insert_or_assign("books", std::move(books));
    fields.insert_or_assign("all_hold", figures.all_hold());
    fields.merge(payment_fields(figures.payments));
    fields.merge(proof_fields(figures));
    return render::render(page_template("event.html"), fields, render::Output::html).value_or_throw();
}

} // namespace passa::report
