// An import profile: how one product's export is read. Profiles are YAML (templates/import/*.yaml): the built-in ones
// travel in the binary, a project adds its own.
#pragma once
#include "lib/base/bytes.hpp"
#include "lib/base/result.hpp"

#include <array>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace passa::sale {

// What passa wants to know of a row. Names as in the YAML; see k_column_docs.
enum class Column : std::uint8_t {
    source,
    event,
    order_prefix,
    order,
    line,
    tier,
    tier_detail,
    quantity,
    currency,
    unit_price,
    gross,
    discount,
    tax,
    fee_platform,
    fee_payment,
    fee_tax,
    net,
    status,
    at,
    at_time,
    refunded,
    refunded_at,
    refunded_time,
    code,
    payment_ref,
    refund_ref,
    kind,
};
inline constexpr std::size_t k_columns = 27;

struct ColumnDoc {
    Column column;
    std::string_view name;
    std::string_view doc;
};
extern const std::array<ColumnDoc, k_columns> k_column_docs;

// fees_only: the order's lines were cancelled, its fees stand.
enum class Status : std::uint8_t {
    paid,
    pending,
    refunded,
    partially_refunded,
    cancelled,
    fees_only,
    chargeback,
    ignore
};
// income: an order-level charge that the seller keeps, such as for a cancellation.
enum class RowKind : std::uint8_t { sale, refund, platform_fee, payment_fee, income, ignore };
// What it means when a file holds an order without a line, or a refund row, that the book has for it.
enum class Missing : std::uint8_t { refuse, cancelled, ignore };
enum class DateOrder : std::uint8_t { year_first, month_first, day_first };

// One of the files of an export, told from the others by its header.
struct FileShape {
    enum class Rows : std::uint8_t { lines, fees, orders };
    std::string name;
    Rows rows = Rows::lines;
    bool is_json = false;
    bool minor_units = false;                                // amounts are whole minor units
    std::vector<std::string> needs;                          // headers it must have, besides the mapped ones
    std::vector<std::string> without;                        // headers it must not have
    std::array<std::vector<std::string>, k_columns> headers; // per column: alternatives, first filled in wins
    RowKind kind_otherwise = RowKind::sale;                  // for a kind word that is not listed, or no kind column

    [[nodiscard]] const std::vector<std::string>& of(Column column) const {
        return headers[static_cast<std::size_t>(column)];
    }
};

inline constexpr int k_most_preamble = 50;

struct Profile {
    std::string name;
    std::string title;
    std::string source;              // the gateway, unless a column says it
    std::string origin;              // built-in, or the file it came from
    std::string text;                // as written
    Hash256 hash{};                  // of its text: part of the evidence
    std::optional<std::string> zone; // of local times; else the event's
    std::optional<char> delimiter;   // else found from the header
    int preamble = 0;                // at most so many lines stand above the header
    DateOrder dates = DateOrder::year_first;
    char decimal = '.';
    std::optional<char> thousands;
    bool bracket_negatives = false;
    std::map<std::string, std::string> signs;   // currency sign -> currency id
    std::map<std::string, Status> status_words; // lower case
    std::optional<Status> status_otherwise;     // for a word that is not listed
    std::map<std::string, RowKind> kind_words;  // lower case
    bool keep_order_fees = false;               // as lines of their own; else spread over the order's lines
    bool fees_on_top = true;                    // order fees were paid by the buyer beside the prices
    bool fees_by_total = false;                 // the order's total says which part of them was paid beside the prices
    bool refunds_keep_fees = false;             // the gateway keeps its fees when a sale is undone
    bool accept_corrections = false;
    Missing missing = Missing::refuse;
    std::vector<FileShape> files;

    [[nodiscard]] bool has_order_fees() const; // some file brings order-level fees
};

// All problems at once, each with its place.
Result<Profile> parse_profile(std::string_view yaml, std::string origin);

// Built-in profiles and those of `folder` (templates/import of the project); the project's win. Name order. A file of
// the folder that is none does not keep the others from being read.
struct ProfileShelf {
    std::vector<Profile> profiles;
    struct Broken {
        std::string name; // of the file, without its ending
        std::string file;
        std::vector<Problem> problems;
    };
    std::vector<Broken> broken;
};
ProfileShelf load_profiles(const std::filesystem::path& folder);
// `name` is a profile's name, or a path when it ends in .yaml or .yml. Error sale.unknown_profile; those of a broken
// file that may be meant by the name.
Profile get_profile(const std::string& name, const std::filesystem::path& folder);

std::string_view name(Status status);
std::string_view name(FileShape::Rows rows);

} // namespace passa::sale
