// Payment files: everything that is wrong is told at once, with line and column; what is right is read exactly.
#include "lib/payout/file.hpp"
#include "tests/support/problem_code.hpp"

#include <catch2/catch.hpp>

#include <fstream>
#include <unistd.h>

using namespace passa;
using namespace passa::payout;

namespace {

struct Read {
    Hash256 sha256{};
    std::vector<FileLine> lines = {};
};

Read read(std::string_view text, std::string_view extension = "csv") {
    const auto path = std::filesystem::temp_directory_path() / fmt::format("passa-payments-{}.{}", getpid(), extension);
    std::ofstream{path, std::ios::binary} << text;
    struct Remove {
        std::filesystem::path path;
        ~Remove() { std::filesystem::remove(path); }
    } remove{path};
    Read read;
    const auto file = open_payments(path, {{"KES", 2}, {"XLM", 7}});
    const auto facts = file.read([&](const FileLine& line) { read.lines.push_back(line); });
    if (!facts.findings.empty()) throw Error{facts.findings.problems};
    read.sha256 = facts.sha256;
    return read;
}

Problems problems_of(std::string_view text, std::string_view extension = "csv") {
    try {
        read(text, extension);
    } catch (const Error& error) {
        return error.problems();
    }
    return {};
}

} // namespace

TEST_CASE("a payment file is read with commas or semicolons, and columns in any order", "[unit]") {
    const auto file = read("\xEF\xBB\xBF"
                           "amount;asset;party;reference\r\n12.50;KES;band;travel\r\n0.0000001;XLM;crew;\r\n");
    REQUIRE(file.lines.size() == 2);
    REQUIRE(file.lines[0].party == "band");
    REQUIRE(file.lines[0].amount.text() == "12.50 KES");
    REQUIRE(file.lines[0].reference == "travel");
    REQUIRE(file.lines[1].amount.minor() == 1);
    REQUIRE(file.lines[1].line == 3);
    const auto quoted = read("destination,amount,asset,memo\nGDEMO,5,KES,\"text, with a comma\"\n");
    REQUIRE(quoted.lines[0].destination == "GDEMO");
    REQUIRE(quoted.lines[0].memo == "text, with a comma");
    REQUIRE(quoted.sha256 != file.sha256);
}

TEST_CASE("a payment file that says the same is the same, however it is written", "[unit]") {
    const auto file = read("party,amount,asset,reference\nband,5,KES,INV-77\ncrew,7,XLM,\n");
    for (const auto* same : {"party,amount,asset,reference\r\nband,5,KES,INV-77\r\ncrew,7,XLM,\r\n",
                             "reference,asset,party,amount\nINV-77,KES,band,5.00\n,XLM,crew,7.0000000\n",
                             "party,amount,asset,reference\ncrew,7,XLM,\nband,5,KES,INV-77\n",
                             "party,amount,asset,reference\n\n\"band\",\"5\",KES,\"INV-77\"\n\ncrew,7,XLM,",
                             "party;amount;asset;reference;memo\nband;5;KES;INV-77;\ncrew;7;XLM;;\n",
                             "party\tamount\tasset\treference\nband\t5\tKES\tINV-77\ncrew\t7\tXLM\t\n"}) {
        CAPTURE(same);
        REQUIRE(read(same).sha256 == file.sha256);
    }
    for (const auto* other : {"party,amount,asset,reference\nband,5,KES,INV-78\ncrew,7,XLM,\n",
                              "party,amount,asset,reference\nband,5,KES,INV-77\n",
                              "party,amount,asset,reference\nband,5,XLM,INV-77\ncrew,7,XLM,\n",
                              "destination,amount,asset,reference\nband,5,KES,INV-77\ncrew,7,XLM,\n",
                              "party,amount,asset,reference,memo\nband,5,KES,INV-77,1\ncrew,7,XLM,,\n"}) {
        CAPTURE(other);
        REQUIRE(read(other).sha256 != file.sha256);
    }
}

TEST_CASE("every wrong field is named with its place, and nothing is read by halves", "[unit]") {
    const auto problems =
        problems_of("party,amount,asset\nband,1.234,KES\n,5,KES\nband,5,KSE\nband,-1,KES\nband,0,KES\nband,,KES\n");
    REQUIRE(problems.size() == 6);
    std::vector<std::pair<int, int>> places;
    for (const auto& p : problems) {
        REQUIRE(p.code == "payout.file_field");
        places.emplace_back(p.place->line, p.place->column);
    }
    REQUIRE(places == std::vector<std::pair<int, int>>{{2, 6}, {3, 1}, {4, 8}, {5, 6}, {6, 6}, {7, 6}});
    REQUIRE(problems[2].hint == "did you mean KES?");
}

TEST_CASE("a file without its columns, or without payments, is refused", "[unit]") {
    for (const auto* text : {"party,amount\nband,1\n", "amount,asset\n1,KES\n", "party,amount,asset,colour\n",
                             "party,party,amount,asset\n"}) {
        CAPTURE(text);
        REQUIRE(problems_of(text).at(0).code == "payout.file_column");
    }
    REQUIRE(problems_of("party,amount,asset\n").at(0).code == "payout.file_empty");
    REQUIRE(problems_of("party,amount,asset\na,1,KES,x,y,z,w\n").at(0).code == "payout.file_field");
    std::string many = "party,amount,asset,reference\n";
    for (std::int64_t i = 0; i <= k_most_file_lines; ++i) many += fmt::format("band,1,KES,{}\n", i);
    REQUIRE(problems_of(many).at(0).code == "payout.file_long");
    REQUIRE(problems_of("party,amount,asset,memo\nband,1,KES," + std::string(300, 'x') + "\n").size() == 1);
    REQUIRE(problems_of("party,amount,asset\nband,1,KES,stray\n").size() == 1);
}

TEST_CASE("the same payment twice in a file is refused, naming both lines", "[unit]") {
    const auto problems = problems_of("party,destination,amount,asset,memo,reference\n"
                                      "band,,5,KES,,\nband,,5.00,KES,,\nband,,5,XLM,,\nband,,5,KES,,encore\n"
                                      ",GDEMO,5,KES,id:1,\n,GDEMO,5,KES,id:2,\n,GDEMO,5,KES,id:1,\n");
    REQUIRE(problems.size() == 2);
    REQUIRE(problems[0].code == "payout.file_repeated");
    REQUIRE(problems[0].place->line == 3);
    REQUIRE(problems[0].message == "the same payment stands in line 2 already");
    REQUIRE(problems[1].place->line == 8);
    REQUIRE(problems[1].message == "the same payment stands in line 6 already");
}

TEST_CASE("a key stands for one line of a file", "[unit]") {
    const auto file = read("party,amount,asset,key\nband,5,KES,a-1\ncrew,5,KES,\ncrew,6,KES,\n");
    REQUIRE(file.lines.at(0).key == "a-1");
    REQUIRE_FALSE(file.lines.at(1).key);
    const auto problems = problems_of("party,amount,asset,key\nband,5,KES,a-1\ncrew,5,KES,a-1\n");
    REQUIRE(problems.size() == 1);
    REQUIRE(problems[0].code == "payout.file_repeated");
    REQUIRE(problems[0].message == "the same key stands in line 2 already");
    REQUIRE(read("party,amount,asset,key\nband,5,KES,\n").sha256 == read("party,amount,asset\nband,5,KES\n").sha256);
    REQUIRE(read("party,amount,asset,key\nband,5,KES,a\n").sha256 != read("party,amount,asset\nband,5,KES\n").sha256);
}

TEST_CASE("payments stand in JSON lines as well as in CSV", "[unit]") {
    const auto* lines =
        "{\"party\": \"band\", \"amount\": 12.50, \"asset\": \"KES\", \"reference\": \"INV-77\"}\n\n"
        "{\"asset\": \"XLM\", \"destination\": \"GDEMO\", \"amount\": \"0.0000001\", \"memo\": \"id:9\"}\n";
    const auto file = read(lines, "jsonl");
    REQUIRE(file.lines.size() == 2);
    REQUIRE(file.lines[0].amount.text() == "12.50 KES"); // no float on the way
    REQUIRE(file.lines[1].line == 3);
    REQUIRE(file.lines[1].memo == "id:9");
    REQUIRE(file.sha256 == read("party,destination,amount,asset,reference,memo\nband,,12.50,KES,INV-77,\n"
                                ",GDEMO,0.0000001,XLM,,id:9\n")
                               .sha256);
    REQUIRE(problems_of("{\"party\": \"band\", \"amuont\": 1, \"asset\": \"KES\"}\n", "jsonl").at(0).code ==
            "table.json");
    REQUIRE(problems_of("{\"party\": \"band\", \"amount\": 1e3, \"asset\": \"KES\"}\n", "jsonl").at(0).code ==
            "payout.file_field");
    REQUIRE(problems_of("[1]\n", "jsonl").at(0).code == "table.json");
}

TEST_CASE("a line names a party or a destination, never both", "[unit]") {
    const auto problems = problems_of("party,destination,amount,asset\nband,GDEMO,5,KES\n");
    REQUIRE(problems.size() == 1);
    REQUIRE(problems[0].code == "payout.file_field");
    REQUIRE(problems[0].place->column == 6);
}

TEST_CASE("a secret seed in a file is refused without being repeated", "[unit]") {
    // The valid seed of SEP-5's first test wallet, published there.
    const std::string seed = "SBGWSG6BTNCKCOB3DIFBGCVMUPQFYPA2G4O34RMTB343OYPXU5DJDVMN";
    const auto problems = problems_of("destination,amount,asset\n" + seed + ",1,KES\n");
    REQUIRE(problems.size() == 1);
    REQUIRE(problems[0].code == "payout.file_secret");
    REQUIRE(problems[0].message.find(seed) == std::string::npos);
}
