// CSV as found in the wild, read back field by field; limits hold, and memory does not follow the file.
#include "lib/base/random.hpp"
#include "lib/sale/layout.hpp"
#include "lib/table/csv_reader.hpp"

#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <sys/resource.h>
#include <unistd.h>

using namespace passa;
using namespace passa::table;

namespace {

class Scratch {
public:
    explicit Scratch(std::string_view text)
        : path(std::filesystem::temp_directory_path() / fmt::format("passa-csv-{}", getpid())) {
        std::ofstream{path, std::ios::binary} << text;
    }
    ~Scratch() { std::filesystem::remove(path); }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
    std::filesystem::path path;
};

using Rows = std::vector<std::vector<std::string>>;

Rows read_all(std::string_view text, char delimiter = ',', std::vector<std::int64_t>* lines = nullptr) {
    const Scratch scratch{text};
    TextFile file{scratch.path};
    CsvReader reader{file, delimiter};
    Rows rows;
    Record record;
    while (reader.next(record)) {
        rows.emplace_back(record.fields.begin(), record.fields.end());
        if (lines != nullptr) lines->push_back(record.line);
    }
    return rows;
}

std::string code_of(std::string_view text) {
    try {
        read_all(text);
    } catch (const Error& error) {
        return error.first().code;
    }
    return "no error";
}

} // namespace

TEST_CASE("quotes, line breaks and delimiters are read as RFC 4180 and its dialects write them", "[unit][sale]") {
    std::vector<std::int64_t> lines;
    REQUIRE(read_all("a,b\r\n\"x,\"\"y\"\"\nz\",2\r\n\r\n3,\n", ',', &lines) ==
            Rows{{"a", "b"}, {"x,\"y\"\nz", "2"}, {"3", ""}});
    REQUIRE(lines == std::vector<std::int64_t>{1, 2, 5});
    REQUIRE(read_all("\xEF\xBB\xBF"
                     "a;b\r1;\"\"\r",
                     ';') == Rows{{"a", "b"}, {"1", ""}});
    REQUIRE(read_all("a\tb\n1\t2", '\t') == Rows{{"a", "b"}, {"1", "2"}});
    REQUIRE(read_all("a,b\n\"1\",\"2\"") == Rows{{"a", "b"}, {"1", "2"}});
    REQUIRE(read_all("it\"s,b\n") == Rows{{"it\"s", "b"}}); // a quote inside an unquoted field is text
    REQUIRE(read_all("\"\"\n") == Rows{{""}});              // a quoted empty field is a row, a blank line is none
}

TEST_CASE("what is written as CSV is read back, wherever the pieces of reading end", "[unit][sale][prop]") {
    const std::uint64_t seed = 99;
    SeededRandom random{seed};
    constexpr std::string_view letters = "ab,;\"\n\r\t \xC3\xA9";
    Rows wanted;
    std::string text;
    while (text.size() < 700'000) { // several windows of the reader
        std::vector<std::string> row;
        for (std::uint64_t i = 0; i <= random.below(5); ++i) {
            std::string field;
            for (std::uint64_t n = random.below(random.below(50) == 0 ? 20'000 : 12); n > 0; --n) {
                const auto at = random.below(letters.size() - 1);
                field += at == letters.size() - 2 ? letters.substr(at, 2) : letters.substr(at, 1);
            }
            row.push_back(field);
        }
        for (std::size_t i = 0; i < row.size(); ++i) {
            text += i == 0 ? "\"" : ",\"";
            for (const char c : row[i]) text += c == '"' ? std::string{"\"\""} : std::string{c};
            text += '"';
        }
        text += random.below(2) == 0 ? "\n" : "\r\n";
        wanted.push_back(std::move(row));
    }
    CAPTURE(seed);
    REQUIRE(read_all(text) == wanted);
}

TEST_CASE("limits and broken quotes are refused", "[unit][sale]") {
    REQUIRE(code_of("a,\"b\n") == "table.csv_quote");
    REQUIRE(code_of("a,\"b\"c\n") == "table.csv_quote");
    REQUIRE(code_of(std::string(k_longest_field, 'x') + ",1\n") == "no error");
    REQUIRE(code_of(std::string(k_longest_field + 1, 'x') + ",1\n") == "table.field_too_long");
    REQUIRE(code_of(std::string(k_most_columns - 1, ',')) == "no error");
    REQUIRE(code_of(std::string(k_most_columns, ',')) == "table.too_many_columns");
    REQUIRE(code_of("a,\xFF\n") == "table.encoding");
    REQUIRE(code_of(std::string{"a,\0b\n", 5}) == "table.encoding");
}

TEST_CASE("a line of two gigabytes fails early and cheaply", "[unit][sale]") {
    const Scratch scratch{"a,b\n"};
    std::filesystem::resize_file(scratch.path, 2'147'483'648); // a sparse file: zeros to the end
    {
        std::fstream file{scratch.path, std::ios::in | std::ios::out | std::ios::binary};
        file.seekp(4);
        file << std::string(3'000'000, 'x');
    }
    rusage before{}, after{};
    getrusage(RUSAGE_SELF, &before);
    TextFile file{scratch.path};
    CsvReader reader{file, ','};
    Record record;
    REQUIRE(reader.next(record));
    std::string code;
    try {
        reader.next(record);
    } catch (const Error& error) {
        code = error.first().code;
        REQUIRE(error.first().place->line == 2);
    }
    getrusage(RUSAGE_SELF, &after);
    REQUIRE(code == "table.row_too_long");
    REQUIRE(after.ru_maxrss - before.ru_maxrss < 8 * 1024);
}
