// Header to columns, then line by line.
#include "lib/payout/file.hpp"

#include "lib/base/secret_seed.hpp"
#include "lib/base/text.hpp"
#include "lib/payout/canonical.hpp"
#include "lib/table/csv_reader.hpp"
#include "lib/table/json_reader.hpp"
#include "payout_sql.hpp"

#include <algorithm>
#include <array>
#include <tuple>

namespace passa::payout {
namespace {

enum Column : std::size_t { party, destination, amount, asset, memo, reference, key, column_count };
constexpr std::array<std::string_view, column_count> k_columns = {"party", "destination", "amount", "asset",
                                                                  "memo",  "reference",   "key"};
constexpr const char* k_columns_are = "the columns are: party or destination, amount, asset, memo, reference, key";
constexpr std::size_t k_longest_text = 200;

// Of every line, what tells whether another says the same: half of a hash, and where it stands.
struct Mark {
    std::array<std::uint8_t, 16> of;
    std::int32_t line;
};

struct Reading {
    std::string file;
    const std::vector<money::Asset>& assets;
    std::array<std::optional<std::size_t>, column_count> columns = {}; // where each stands in a row
    std::size_t width = 0;                                             // fields of the header
    std::vector<Mark> payments = {};                                   // who gets how much for what
    std::vector<Mark> keys = {};
    Findings findings = {};
};

void mark(std::vector<Mark>& marks, const Hash256& hash, std::int64_t line) {
    auto& made = marks.emplace_back();
    std::copy_n(hash.begin(), made.of.size(), made.of.begin());
    made.line = static_cast<std::int32_t>(line);
}

Place place_of(const Reading& reading, const table::Record& record, std::size_t index) {
    Place place{reading.file, static_cast<int>(record.line), 0, std::string{record.raw.substr(0, 400)}, {}};
    if (index >= record.fields.size()) return place;
    const auto* at = record.fields[index].data();
    if (at >= record.raw.data() && at <= record.raw.data() + record.raw.size())
        place.column = static_cast<int>(at - record.raw.data()) + 1;
    return place;
}

void refuse(Reading& reading, const table::Record& record, std::size_t index, Problem problem) {
    problem.place = place_of(reading, record, index);
    reading.findings.add(std::move(problem));
}

void read_header(Reading& reading, const table::Record& record) {
    reading.width = record.fields.size();
    for (std::size_t i = 0; i < record.fields.size(); ++i) {
        const auto name = to_lower(trim(record.fields[i]));
        const auto known = std::find(k_columns.begin(), k_columns.end(), name);
        const auto index = static_cast<std::size_t>(known - k_columns.begin());
        if (known == k_columns.end() || reading.columns[index])
            refuse(reading, record, i,
                   {Kind::invalid_input, "payout.file_column",
                    fmt::format("column '{}' is {}", printable(name, 40),
                                known == k_columns.end() ? "not known" : "there twice"),
                    k_columns_are});
        else
            reading.columns[index] = i;
    }
    for (const auto must : {amount, asset})
        if (!reading.columns[must])
            refuse(reading, record, 0,
                   {Kind::invalid_input, "payout.file_column", fmt::format("there is no column {}", k_columns[must]),
                    k_columns_are});
    if (!reading.columns[party] && !reading.columns[destination])
        refuse(reading, record, 0,
               {Kind::invalid_input, "payout.file_column", "there is neither a column party nor a column destination",
                "say who is paid"});
}

std::optional<std::string> field(const Reading& reading, const table::Record& record, Column column) {
    const auto at = reading.columns[column];
    if (!at || *at >= record.fields.size()) return std::nullopt;
    const auto text = trim(record.fields[*at]);
    if (text.empty()) return std::nullopt;
    return std::string{text};
}

struct Refusal {
    std::string why;
    std::string hint = {};
};

void refuse_field(Reading& reading, const table::Record& record, Column column, const Refusal& refusal) {
    refuse(reading, record, reading.columns[column].value_or(0),
           {Kind::invalid_input, "payout.file_field", fmt::format("{}: {}", k_columns[column], refusal.why),
            refusal.hint});
}

std::optional<money::Asset> read_asset(Reading& reading, const table::Record& record) {
    const auto text = field(reading, record, asset);
    if (!text) return refuse_field(reading, record, asset, {"is missing", "such as KES"}), std::nullopt;
    const auto known =
        std::find_if(reading.assets.begin(), reading.assets.end(), [&](const auto& a) { return a.id == *text; });
    if (known != reading.assets.end()) return *known;
    std::vector<std::string> ids;
    for (const auto& a : reading.assets) ids.push_back(a.id);
    const auto near = nearest_names(*text, ids);
    refuse_field(reading, record, asset,
                 {fmt::format("'{}' is not an asset that a manifest names", printable(*text, 70)),
                  near.empty() ? "see them with: passa get asset" : fmt::format("did you mean {}?", near.front())});
    return std::nullopt;
}

std::optional<Amount> read_money(Reading& reading, const table::Record& record) {
    const auto in = read_asset(reading, record);
    const auto text = field(reading, record, amount);
    if (!text) return refuse_field(reading, record, amount, {"is missing", "such as 1500.00"}), std::nullopt;
    if (!in) return std::nullopt;
    const auto parsed = money::parse_number(*text, *in);
    if (!parsed) { // the asset has a column of its own
        const auto& problem = parsed.problem();
        const bool malformed = problem.code == "money.amount";
        return refuse_field(reading, record, amount, {problem.message, malformed ? "such as 1234.50" : problem.hint}),
               std::nullopt;
    }
    if (parsed->is_zero() || parsed->is_negative())
        return refuse_field(reading, record, amount, {"must be more than zero", ""}), std::nullopt;
    return *parsed;
}

void require_short(Reading& reading, const table::Record& record, Column column) {
    const auto text = field(reading, record, column);
    if (text && text->size() > k_longest_text)
        refuse_field(reading, record, column, {fmt::format("is longer than {} characters", k_longest_text), ""});
}

// Of each line that says the same as one above it, the first of those.
void refuse_repeated(Reading& reading, std::vector<Mark>& marks, const std::function<Problem(std::int32_t)>& tell) {
    std::sort(marks.begin(), marks.end(),
              [](const Mark& a, const Mark& b) { return std::tie(a.of, a.line) < std::tie(b.of, b.line); });
    std::vector<std::pair<std::int32_t, std::int32_t>> repeated; // this line, the first of its kind
    std::size_t first = 0;
    for (std::size_t i = 1; i < marks.size(); ++i) {
        if (marks[i].of == marks[first].of)
            repeated.emplace_back(marks[i].line, marks[first].line);
        else
            first = i;
    }
    std::sort(repeated.begin(), repeated.end());
    for (const auto& [line, above] : repeated) {
        auto problem = tell(above);
        problem.place = Place{reading.file, line, 1, {}, {}};
        reading.findings.add(std::move(problem));
    }
}

// Somebody who means to pay the same twice says what the second is for.
Problem repeated_payment(std::int32_t above) {
    return {Kind::invalid_input, "payout.file_repeated",
            fmt::format("the same payment stands in line {} already", above),
            "take one out, or give each a reference of its own"};
}

Problem repeated_key(std::int32_t above) {
    return {Kind::invalid_input, "payout.file_repeated", fmt::format("the same key stands in line {} already", above),
            "a key names one payment: give each its own"};
}

void refuse_payee(Reading& reading, const table::Record& record, const FileLine& line) {
    if (!line.party && !line.destination)
        refuse_field(reading, record, reading.columns[party] ? party : destination,
                     {"nobody is named", "say who is paid"});
    if (line.party && line.destination)
        refuse_field(reading, record, destination,
                     {"the line names a party too, which has an address of its own",
                      "leave one of them out; where a party is paid stands in its manifest"});
}

std::optional<FileLine> read_line(Reading& reading, const table::Record& record) {
    if (record.fields.size() > reading.width)
        return refuse(reading, record, record.fields.size() - 1,
                      {Kind::invalid_input, "payout.file_field",
                       fmt::format("the line has {} fields, the header {}", record.fields.size(), reading.width),
                       "quote a field that holds the delimiter"}),
               std::nullopt;
    if (holds_secret_seed(record.raw))
        return refuse(reading, record, 0,
                      {Kind::invalid_input, "payout.file_secret", "the line holds a secret seed",
                       "take it out; whoever saw the file can sign with it, so make a new key"}),
               std::nullopt;
    for (const auto column : {party, destination, memo, reference, key}) require_short(reading, record, column);
    const auto money = read_money(reading, record);
    FileLine line{record.line,
                  field(reading, record, party),
                  field(reading, record, destination),
                  {},
                  field(reading, record, memo),
                  field(reading, record, reference).value_or(""),
                  field(reading, record, key)};
    refuse_payee(reading, record, line);
    if (line.party.has_value() == line.destination.has_value()) return std::nullopt;
    if (money) line.amount = *money;
    line.column = place_of(reading, record, *reading.columns[line.party ? party : destination]).column;
    return line;
}

char find_delimiter(table::TextFile& file) {
    table::CsvReader reader{file, ','};
    table::Record record;
    char delimiter = ',';
    if (reader.next(record) && record.fields.size() == 1)
        for (const auto other : {';', '\t'})
            if (record.raw.find(other) != std::string_view::npos) delimiter = other;
    file.rewind();
    return delimiter;
}

} // namespace

std::vector<money::Asset> load_assets(db::Transaction& tx, OrganizerId organizer) {
    std::vector<money::Asset> assets;
    for (const auto& row : tx.run(sql::load_assets, organizer))
        assets.push_back({row.get<std::string>("id"), row.get<int>("scale")});
    return assets;
}

namespace {

using Take = std::function<void(const FileLine&)>;

bool is_json(const std::filesystem::path& path) {
    const auto end = to_lower(path.extension().string());
    return end == ".jsonl" || end == ".ndjson" || end == ".json";
}

// The reader behind its header.
std::unique_ptr<table::RecordReader> open_reader(const std::filesystem::path& path, table::TextFile& text,
                                                 Reading& reading) {
    if (is_json(path)) {
        std::vector<std::string> names{k_columns.begin(), k_columns.end()};
        for (std::size_t i = 0; i < names.size(); ++i) reading.columns[i] = i;
        reading.width = names.size();
        return std::make_unique<table::JsonReader>(text, std::move(names), table::JsonReader::Others::refuse);
    }
    auto reader = std::make_unique<table::CsvReader>(text, find_delimiter(text));
    table::Record record;
    if (reader->next(record)) read_header(reading, record);
    if (!reading.findings.empty()) throw Error{reading.findings.problems};
    return reader;
}

void require_count(const std::filesystem::path& path, std::int64_t lines, const Findings& findings) {
    if (lines > k_most_file_lines)
        throw Error{{Kind::invalid_input, "payout.file_long",
                     fmt::format("the file has more than {} lines", k_most_file_lines), "split it"}};
    if (lines > 0 || !findings.empty()) return;
    throw Error{{Kind::invalid_input,
                 "payout.file_empty",
                 fmt::format("{} names no payment", path.string()),
                 "write one line per payment below the header: party,amount,asset",
                 {},
                 {},
                 Place{path.string(), 0, 0, {}, {}}}};
}

FileFacts read_payments(const std::filesystem::path& path, const std::vector<money::Asset>& assets, const Take& take) {
    table::TextFile text{path, table::TextFile::Packed::refuse};
    Reading reading{path.string(), assets};
    const auto reader = open_reader(path, text, reading);
    table::Record record;
    FileHash hash;
    std::int64_t lines = 0;
    while (lines <= k_most_file_lines && reader->next(record)) {
        const auto line = read_line(reading, record);
        if (!line) continue;
        ++lines;
        if (!line->amount.is_zero()) mark(reading.payments, payment_hash(*line), line->line);
        if (line->key) mark(reading.keys, crypto::sha256(as_bytes(*line->key)), line->line);
        hash.add(*line);
        take(*line);
    }
    require_count(path, lines, reading.findings);
    refuse_repeated(reading, reading.payments, repeated_payment);
    refuse_repeated(reading, reading.keys, repeated_key);
    FileFacts facts{{}, std::move(reading.findings)};
    if (facts.findings.empty()) facts.sha256 = hash.finish();
    return facts;
}

} // namespace

PaymentFile open_payments(const std::filesystem::path& path, std::vector<money::Asset> assets) {
    return {path.string(),
            [path, assets = std::move(assets)](const Take& take) { return read_payments(path, assets, take); }};
}

} // namespace passa::payout
