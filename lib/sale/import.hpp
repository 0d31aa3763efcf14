// Sales in: the files of one export, read by a profile, checked as a whole, then applied block by block.
//
// Pass one reads every row into a temporary staging table and refuses whole orders, with reasons. Pass two turns the
// rest into sale lines: a block is a range of line ids, so whole orders, and one transaction: lines, counters and the
// journal commit together. Ids are derived from what a line is, and changes are differences to what the book has; so a
// killed import is simply run again, and the same file twice changes nothing.
#pragma once
#include "lib/sale/catalog.hpp"
#include "lib/sale/profile.hpp"

#include <filesystem>
#include <functional>

namespace passa {
struct ImportTag {
    static constexpr std::string_view prefix = "imp";
};
using ImportId = Id<ImportTag>;
} // namespace passa

namespace passa::sale {

// Who imports, into whose book.
struct Desk {
    db::Database& db;
    OrganizerId organizer;
    IdSource& ids;
    Clock& clock;
    std::string actor;
};

struct ImportOrder {
    std::string event;
    std::vector<std::filesystem::path> files;
    Profile profile;
    bool dry_run = false;
    std::optional<std::filesystem::path> rejects; // where refused rows go, ready to mend
    std::optional<std::int64_t> max_refused = {}; // with more refused rows nothing is booked; none: no limit
};

// Refused rows of one code, with the first of them.
struct Refusal {
    std::string code;
    std::int64_t rows = 0;
    std::string file;
    std::int64_t row = 0;
    std::string column;
    std::string reason;
};

// A sale that the book has with another time or code: what a file says of it.
struct Difference {
    std::string file;
    std::int64_t row = 0;
    std::string order, line;
    std::string what; // time or code
    std::optional<std::string> book, says;
};

// rows = sold + changed + unchanged + joined + ignored + refused
struct ImportOutcome {
    ImportId id;                // nil: nothing was written
    bool was_known = false;     // these files were imported completely before
    bool was_resumed = false;   // an interrupted import was taken up
    std::int64_t rows = 0;      // read
    std::int64_t sold = 0;      // new sale lines
    std::int64_t undone = 0;    // new refunds, cancellations, chargebacks, corrections: lines, of any of these rows
    std::int64_t changed = 0;   // sales the book had already, and that got such a line
    std::int64_t unchanged = 0; // sales the book had already, without news
    std::int64_t joined = 0;    // fees, orders, refunds, cancellations on rows of their own; rows that stand twice
    std::int64_t ignored = 0;   // pending, or not a sale
    std::int64_t refused = 0;   // rows
    std::int64_t differing = 0; // of the changed and unchanged: with another time or code, which is not taken over
    std::vector<Difference> differences; // the first of each block
    std::int64_t outside_window = 0;     // sales before their tier's sale begins or after it ends: booked all the same
    bool has_prices_alone = false;       // what was paid stands in a file of the export that is not there
    std::int64_t uncredited = 0;         // sales with a code that no campaign of the event ever had
    std::vector<std::string> unknown_codes; // the first 20 of those
    std::vector<Refusal> refusals;
    std::vector<std::filesystem::path> rejects; // files written
};

// what is going on, how much of how much (0: not known). What it throws before the first "apply" leaves everything as
// it was.
using Progress = std::function<void(std::string_view what, std::int64_t done, std::int64_t of)>;

// Errors sale.* for what keeps the import from starting (file, header, encoding, event, plan), sale.import_busy when
// another import of the event does not end within the wait, sale.too_many_refused (nothing is booked then).
ImportOutcome import_sales(const Desk& desk, const ImportOrder& order, const Progress& progress);

} // namespace passa::sale
