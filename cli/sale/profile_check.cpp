// passa sale profile check: which profile reads a file, which of its headers, and what its first rows say.
#include "cli/context.hpp"
#include "cli/sale/profile_folder.hpp"
#include "lib/base/text.hpp"
#include "lib/sale/preview.hpp"
#include "lib/sale/profile_shelf.hpp"
#include "lib/sale/survey.hpp"

namespace passa::cli::sale_profile_check {

struct Args {
    std::string file;
    std::optional<std::string> profile;
    std::optional<std::string> event;
    std::optional<std::string> tier;
};

namespace {

constexpr int k_rows = 10;

std::vector<sale::Profile> profiles_of(const Context& ctx, const Args& args) {
    auto profiles = args.profile ? std::vector{sale::get_profile(*args.profile, profile_folder(ctx))}
                                 : sale::load_profiles(profile_folder(ctx)).profiles;
    if (args.tier)
        for (auto& profile : profiles) sale::name_tier(profile, *args.tier);
    return profiles;
}

out::Records column_records(const sale::Fit& fit) {
    out::Records records;
    for (const auto& doc : sale::k_column_docs)
        if (const auto header = fit.layout.header_of(doc.column); !header.empty())
            records.push_back({{"column", doc.name}, {"header", trim(header)}, {"meaning", doc.doc}});
    return records;
}

std::string_view sense_of(const sale::PreviewRow& preview) {
    const auto& row = preview.row;
    if (row.bad_code != nullptr) return "refused";
    if (!preview.counts || row.is_idle) return "no sale";
    if (row.is_order) return "order";
    if (!row.fee.empty()) return "fee";
    if (row.undo_is_row) return row.undone.gross == 0 ? "fee" : "refund";
    return row.undo.empty() ? "sale" : row.undo;
}

out::Record row_record(const sale::PreviewRow& preview, const money::Asset& currency) {
    const auto& row = preview.row;
    const bool is_undone = row.undo_is_row; // a row that takes money back says how much
    const bool has_money = row.bad_code == nullptr && preview.counts && !row.is_idle &&
                           (row.is_sale || is_undone || row.order_has_total || !row.fee.empty());
    const auto amount = [&](money::Int128 sold, money::Int128 undone) {
        return has_money ? std::optional{money::Amount{is_undone ? -undone : sold, currency}} : std::nullopt;
    };
    const auto text = [](const std::string& value) {
        return value.empty() ? std::nullopt : std::optional{printable(value, 100)};
    };
    return {{"row", row.file_row},
            {"sense", sense_of(preview)},
            {"order", text(row.order_ref)},
            {"line", text(row.line_ref)},
            {"tier", row.tier == nullptr ? std::optional<std::string>{} : row.tier->name},
            {"quantity", row.quantity},
            {"gross", amount(row.amounts.gross, row.undone.gross)},
            {"tax", amount(row.amounts.tax, row.undone.tax)},
            {"fees", amount(row.amounts.fee_platform + row.amounts.fee_payment,
                            row.undone.fee_platform + row.undone.fee_payment)},
            {"at", text(row.at)},
            {"code", text(row.code)},
            {"error", row.bad_code == nullptr ? std::optional<std::string>{} : row.bad_code},
            {"reason", text(row.bad_reason)}};
}

} // namespace

ExitCode run(Context& ctx, const Args& args) {
    const auto profiles = profiles_of(ctx, args);
    table::TextFile file{args.file};
    auto fits = sale::fit_profiles(file, profiles).value_or_throw();
    auto& fit = fits.front();
    fit.layout.dialect = sale::survey(file, fit.layout, *fit.profile).dialect;
    out::Records others, unread, rows;
    for (std::size_t i = 1; i < fits.size(); ++i) others.push_back({{"profile", fits[i].profile->name}});
    for (const auto& header : sale::unread_headers(fit)) unread.push_back({{"header", printable(header, 100)}});
    bool has_bad = false;
    if (args.event) {
        const auto org = ctx.organizer();
        const auto catalog = ctx.read([&](db::Transaction& tx) { return sale::load_catalog(tx, org, *args.event); });
        sale::require_balances(file, fit.layout, *fit.profile, catalog.event.currency);
        for (const auto& preview : sale::preview_rows(file, fit, catalog, k_rows)) {
            has_bad = has_bad || preview.row.bad_code != nullptr;
            rows.push_back(row_record(preview, catalog.event.currency));
        }
    }
    ctx.show({{"profile", fit.profile->name},
              {"file", fit.layout.shape->name},
              {"rows", sale::name(fit.layout.shape->rows)},
              {"header_line", fit.layout.header_line},
              {"dates", sale::name(fit.layout.dialect.dates)},
              {"decimal", fit.layout.shape->minor_units ? std::string{} : std::string{fit.layout.dialect.decimal}},
              {"others", others},
              {"columns", column_records(fit)},
              {"unread", unread},
              {"first", rows}});
    if (!args.event) ctx.note("add --event NAME to see its first rows as passa reads them");
    return has_bad ? ExitCode::partial : ExitCode::ok;
}

extern const Command k_command = {
    .path = "sale profile check",
    .summary = "Show which profile reads a file, and its first rows as passa sees them",
    .details =
        "Reads the header and the first ten rows; nothing is written. Of several profiles that can read the file "
        "the one that reads most of its columns is taken, the others are named. Rows are judged one by one: what "
        "only a whole order or the book can tell is told by: passa sale import --dry-run",
    .options = {positional("FILE", &Args::file, "One file of an export; a sheet of a workbook: book.xlsx#Sheet"),
                option("profile", &Args::profile, "NAME", "Only this profile; or a file ending in .yaml"),
                option("event", &Args::event, "NAME", "The event that was sold: its tiers and currency"),
                option("tier", &Args::tier, "NAME", "The tier of rows that name none")},
    .examples = {{"passa sale profile check positions.csv --event nairobi-live", "before the first import"},
                 {"passa sale profile check sales.csv --profile ./mine.yaml", "a profile of your own"}},
    .exits = {{ExitCode::partial, "some of the first rows would be refused"}},
    .run = runner(run),
};

} // namespace passa::cli::sale_profile_check
