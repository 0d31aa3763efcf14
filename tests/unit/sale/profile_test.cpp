// Profiles: the built-in ones read, and what is wrong in one is named with its place.
#include "lib/sale/profile_shelf.hpp"

#include <catch2/catch.hpp>

using namespace passa;
using namespace passa::sale;

namespace {
std::string profile(std::string_view spec) {
    return fmt::format(
        "apiVersion: passa/v1\nkind: ImportProfile\nmetadata: {{name: mine}}\nspec:\n  title: Mine\n  source: mine\n{}",
        spec);
}
constexpr std::string_view k_file =
    "  files:\n    - name: only\n      columns: {order: [Ref], tier: [Ticket], at: [When], gross: [Sum]}\n";
std::string code_of(const std::string& yaml) {
    const auto read = parse_profile(yaml, "mine.yaml");
    if (read) return "no error";
    REQUIRE(read.problem().place.has_value());
    return read.problem().code;
}
} // namespace

TEST_CASE("the built-in profiles are there and read", "[unit][sale]") {
    std::vector<std::string> names;
    for (const auto& p : load_profiles("/nowhere").profiles) names.push_back(p.name);
    REQUIRE(names == std::vector<std::string>{"eventbrite", "eventbrite-uk", "mpesa", "passa", "paypal", "pretix",
                                              "pretix-de", "stripe"});
    REQUIRE(get_profile("pretix", "/nowhere").files.size() == 3);
}

TEST_CASE("a profile says everything that exports need", "[unit][sale]") {
    const auto read = parse_profile(
        profile(
            "  dates: day-first\n  decimal: comma\n  thousands: point\n  negatives: brackets\n  preamble: 3\n  "
            "delimiter: semicolon\n"
            "  signs: [{sign: KSh, currency: KES}]\n  status: {paid: [Ja], cancelled: [Storno], otherwise: ignore}\n"
            "  kinds: {refund: [Gutschrift]}\n" +
            std::string{k_file}),
        "mine.yaml");
    REQUIRE(read.ok());
    REQUIRE(read->dialect.decimal == ',');
    REQUIRE(read->dialect.thousands == '.');
    REQUIRE(read->delimiter == ';');
    REQUIRE(read->preamble == 3);
    REQUIRE(read->status_words.at("storno") == Status::cancelled);
    REQUIRE(read->kind_words.at("gutschrift") == RowKind::refund);
    REQUIRE(read->signs.at("KSh") == "KES");
    REQUIRE(read->files.front().of(Column::order) == std::vector<std::string>{"ref"});
}

TEST_CASE("what is wrong in a profile is refused with its place", "[unit][sale]") {
    REQUIRE(code_of(profile(k_file)) == "no error");
    REQUIRE(code_of(profile("  dates: yes\n" + std::string{k_file})) == "manifest.value");
    REQUIRE(code_of(profile("  colour: red\n" + std::string{k_file})) == "manifest.unknown_field");
    REQUIRE(code_of(profile("  thousands: point\n" + std::string{k_file})) == "sale.profile");
    REQUIRE(code_of(profile("  preamble: 99\n" + std::string{k_file})) == "sale.profile");
    REQUIRE(code_of(profile("  status: {paid: [x], cancelled: [X]}\n" + std::string{k_file})) == "sale.profile");
    REQUIRE(code_of(profile("  files:\n    - name: only\n      columns: {order: [Ref]}\n")) == "sale.profile");
    REQUIRE(code_of(profile("  files: []\n")) == "sale.profile");
    const auto with = [](const char* line) { return code_of(profile(fmt::format("  {}\n{}", line, k_file))); };
    REQUIRE(with("rules: [{columns: [Type], has: [fee], moves: out, kind: payment-fee}, {moves: in, kind: sale}]") ==
            "no error");
    REQUIRE(with("rules: [{columns: [Type], kind: sale}]") == "sale.profile"); // no words to look for
    REQUIRE(with("rules: [{has: [fee], kind: sale}]") == "sale.profile");      // nowhere to look for them
    REQUIRE(with("rules: [{columns: [Type], has: [fee]}]") == "manifest.missing");
    REQUIRE(with("zones: [{name: IST, offset: \"+05:30\"}]") == "no error");
    for (const auto* offset : {"5:30", "+5:30", "+0530", "+15:00", "+05:60", "+05:3x"})
        REQUIRE(with(fmt::format("zones: [{{name: IST, offset: \"{}\"}}]", offset).c_str()) == "sale.profile");
    REQUIRE(with("decimal: by-file") == "no error");
    REQUIRE(code_of(profile("  decimal: by-file\n  thousands: comma\n" + std::string{k_file})) == "sale.profile");
    REQUIRE(code_of(profile("")) == "manifest.missing");
}
