// The header says what it said when it was written, or is refused.
#include "lib/backup/header.hpp"
#include "lib/base/text.hpp"

#include <catch2/catch.hpp>

using namespace passa;
using namespace passa::backup;

TEST_CASE("a backup's header reads back as it was written", "[unit]") {
    const Header header{
        parse_instant("2026-11-22T03:15:00Z").value(), "0.1.0 (1a2b3c4)", 15, "backup", "GABC", "database", "GXYZ"};
    const auto text = to_text(header);
    CHECK(text == "passa-backup 1\nmade-at: 2026-11-22T03:15:00Z\nmade-by: 0.1.0 (1a2b3c4)\nschema: 15\nkey: backup\n"
                  "account: GABC\nholds: database\nsigner: GXYZ\n\n");
    const auto read = parse_header(text).value();
    CHECK(to_text(read) == text);
}

TEST_CASE("a header with anything else in it is refused", "[unit]") {
    const std::string good = "passa-backup 1\nmade-at: 2026-11-22T03:15:00Z\nmade-by: x\nschema: 15\nkey: k\naccount: "
                             "G\nholds: database\nsigner: S\n\n";
    REQUIRE(parse_header(good).ok());
    for (const auto& [from, to] : {std::pair{"backup 1", "backup 2"},
                                   {"made-at: 2026", "made-at: today"},
                                   {"schema: 15", "schema: x"},
                                   {"schema: 15", "schema: -1"},
                                   {"schema: 15", "schema: 15x"},
                                   {"schema: 15", "schema: 99999999999"},
                                   {"key: k", "key: "},
                                   {"key: k", "key: \x1b[31m"},
                                   {"key: k\n", ""},
                                   {"key: k\n", "key: k\nkey: k\n"},
                                   {"signer: S\n\n", "signer: S\n"},
                                   {"signer: S\n\n", "signer: S\n\n\n"}}) {
        auto bad = good;
        bad.replace(bad.find(from), std::string_view{from}.size(), to);
        CAPTURE(bad);
        CHECK(parse_header(bad).problem().code == "backup.format");
    }
    CHECK(parse_header("").problem().code == "backup.format");
}
