// Header to columns, then line by line.
#include "lib/payout/file.hpp"

#include "lib/base/secret_seed.hpp"
#include "lib/base/text.hpp"
#include "lib/payout/canonical.hpp"
#include "lib/table/csv_reader.hpp"
#include "payout_sql.hpp"

#include <algorithm>
#include <array>
#include <map>

namespace passa::payout {
namespace {

enum Column : std::size_t { party, destination, amount, asset, memo, reference, column_count };
constexpr std::array<std::string_view, column_count> k_columns = {"party", "destination", "amount",
                                                                  "asset", "memo",        "reference"};
constexpr std::size_t k_longest_text = 200;

struct Reading {
    std::string file;
    const std::vector<money::Asset>& assets;
    std::array<std::optional<std::size_t>, column_count> columns = {}; // where each stands in a row
    std::size_t width = 0;                                             // fields of the header
    std::map<std::string, std::int64_t> payments = {}; // who gets how much for what, by the line that says so
    Problems problems = {};
};

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
    reading.problems.push_back(std::move(problem));
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
                    "the columns are: party or destination, amount, asset, memo, reference"});
        else
            reading.columns[index] = i;
    }
    for (const auto must : {amount, asset})
        if (!reading.columns[must])
            refuse(reading, record, 0,
                   {Kind::invalid_input, "payout.file_column", fmt::format("there is no column {}", k_columns[must]),
                    "the columns are: party or destination, amount, asset, memo, reference"});
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

// Somebody who means to pay the same twice says what the second is for.
void refuse_repeated(Reading& reading, const table::Record& record, const FileLine& line) {
    const auto payee = line.party ? *line.party : *line.destination + '\n' + line.memo.value_or("");
    const auto key =
        fmt::format("{}\n{}\n{}\n{}", line.party ? "party" : "destination", payee, line.amount.text(), line.reference);
    const auto [first, fresh] = reading.payments.try_emplace(key, record.line);
    if (fresh) return;
    refuse(reading, record, 0,
           {Kind::invalid_input, "payout.file_repeated",
            fmt::format("the same payment stands in line {} already", first->second),
            "take one out, or give each a reference of its own"});
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

void read_line(Reading& reading, const table::Record& record, PaymentFile& file) {
    if (record.fields.size() > reading.width)
        return refuse(reading, record, record.fields.size() - 1,
                      {Kind::invalid_input, "payout.file_field",
                       fmt::format("the line has {} fields, the header {}", record.fields.size(), reading.width),
                       "quote a field that holds the delimiter"});
    if (holds_secret_seed(record.raw))
        return refuse(reading, record, 0,
                      {Kind::invalid_input, "payout.file_secret", "the line holds a secret seed",
                       "take it out; whoever saw the file can sign with it, so make a new key"});
    for (const auto column : {party, destination, memo, reference}) require_short(reading, record, column);
    const auto money = read_money(reading, record);
    FileLine line{record.line, field(reading, record, party), field(reading, record, destination),
                  {},          field(reading, record, memo),  field(reading, record, reference).value_or("")};
    refuse_payee(reading, record, line);
    if (line.party.has_value() == line.destination.has_value()) return;
    if (money) line.amount = *money;
    line.column = place_of(reading, record, *reading.columns[line.party ? party : destination]).column;
    if (money) refuse_repeated(reading, record, line);
    file.lines.push_back(std::move(line));
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

PaymentFile read_file(const std::filesystem::path& path, const std::vector<money::Asset>& assets) {
    table::TextFile text{path, table::TextFile::Packed::refuse};
    const auto delimiter = find_delimiter(text);
    table::CsvReader reader{text, delimiter};
    Reading reading{path.string(), assets};
    PaymentFile file;
    file.path = path.string();
    table::Record record;
    if (reader.next(record)) read_header(reading, record);
    if (!reading.problems.empty()) throw Error{reading.problems};
    while (reader.next(record) && reading.problems.size() < k_most_problems) {
        if (static_cast<std::int64_t>(file.lines.size()) >= k_most_file_lines)
            throw Error{{Kind::invalid_input, "payout.file_long",
                         fmt::format("the file has more than {} lines", k_most_file_lines), "split it"}};
        read_line(reading, record, file);
    }
    file.problems = std::move(reading.problems);
    if (!file.problems.empty()) return file;
    if (file.lines.empty())
        throw Error{{Kind::invalid_input,
                     "payout.file_empty",
                     fmt::format("{} names no payment", path.string()),
                     "write one line per payment below the header: party,amount,asset",
                     {},
                     {},
                     Place{path.string(), 0, 0, {}, {}}}};
    file.sha256 = canonical_hash(file.lines);
    return file;
}

} // namespace passa::payout
