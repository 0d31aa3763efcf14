// An import profile: how one product's export is read. Profiles are YAML (templates/import/*.yaml): the built-in ones
// travel in the binary, a project adds its own.
#pragma once
#include "lib/base/bytes.hpp"
#include "lib/base/result.hpp"
#include "lib/sale/file_shape.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace passa::sale {

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
// What it means when a file holds an order without a line, or a refund row, that the book has for it.
enum class Missing : std::uint8_t { refuse, cancelled, ignore };
enum class DateOrder : std::uint8_t { year_first, month_first, day_first };

// How numbers and dates are written, where a profile leaves that to each file (by-file) as the file shows it.
struct Dialect {
    DateOrder dates = DateOrder::year_first;
    char decimal = '.';
    std::optional<char> thousands;
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
    Dialect dialect;
    bool dates_by_file = false; // decided from all rows of a file
    bool decimal_by_file = false;
    bool bracket_negatives = false;
    std::map<std::string, std::string> signs;   // currency sign -> currency id
    std::map<std::string, Status> status_words; // lower case
    std::optional<Status> status_otherwise;     // for a word that is not listed
    std::map<std::string, RowKind> kind_words;  // lower case
    std::vector<RowRule> rules;                 // asked before the kind words
    std::map<std::string, std::string> zones;   // lower case: what a zone column says -> its offset
    std::optional<std::string> tier_otherwise;  // of rows that name none; "*": the only one that the event has
    bool counts_by_price = false;               // rows that tell no number of tickets: as many as their price makes
    bool fees_negative = false;                 // -3.50 is a fee, 3.50 one given back
    bool net_holds_tax = false;                 // net is gross less fees
    bool ignores_stray_fees = false;            // fees of orders that are no sales
    bool keep_order_fees = false;               // as lines of their own; else spread over the order's lines
    bool fees_on_top = true;                    // order fees were paid by the buyer beside the prices
    bool fees_by_total = false;                 // the order's total says which part of them was paid beside the prices
    bool refunds_keep_fees = false;             // the gateway keeps its fees when a sale is undone
    bool accept_corrections = false;
    Missing missing = Missing::refuse;
    std::vector<FileShape> files;
    std::vector<OtherExport> others;

    [[nodiscard]] bool has_order_fees() const; // some file brings order-level fees
};

// All problems at once, each with its place.
Result<Profile> parse_profile(std::string_view yaml, std::string origin);

// Overrides tier_otherwise, in the profile's hash too: read with another tier, a file is another import.
void name_tier(Profile& profile, const std::string& tier);

std::string_view name(Status status);
std::string_view name(DateOrder order); // as in the YAML
std::string_view name(FileShape::Rows rows);

} // namespace passa::sale
