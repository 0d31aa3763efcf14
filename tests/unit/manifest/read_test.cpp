// What a manifest may not contain is refused by name, with its place, all at once.
#include "lib/base/secret_seed.hpp"
#include "lib/manifest/field.hpp"
#include "lib/manifest/read.hpp"

#include <catch2/catch.hpp>

#include <set>

using namespace passa;
using namespace passa::manifest;

namespace {

const std::vector<manifest::ObjectKind> k_kinds{
    {"Thing",
     1,
     "A thing.",
     {{"price", FieldType::amount, true, "the price"},
      {"share", FieldType::rate, false, "a share"},
      {"count", FieldType::integer, false, "how many"},
      {"mode", FieldType::choice, false, "how", {"fast", "slow"}},
      {"at", FieldType::instant, false, "when"},
      {"open", FieldType::boolean, false, "whether"},
      {"words", FieldType::list, false, "words"},
      {"parts", FieldType::list, false, "parts", {}, {{"name", FieldType::name, true, "its name"}}}}}};

std::string thing(std::string_view spec, std::string_view name = "a") {
    return fmt::format("apiVersion: passa/v1\nkind: Thing\nmetadata: {{name: {}}}\nspec:\n{}\n", name, spec);
}

std::set<std::string> codes_of(std::string_view text) {
    std::set<std::string> codes;
    auto documents = read_text(text, "test.yaml");
    if (!documents) {
        for (const auto& p : documents.problems()) codes.insert(p.code);
        return codes;
    }
    if (const auto checked = check(std::move(documents).value(), k_kinds); !checked)
        for (const auto& p : checked.problems()) codes.insert(p.code);
    return codes;
}

using Codes = std::set<std::string>;

} // namespace

TEST_CASE("a good manifest is read, whatever its order and quoting", "[unit]") {
    auto documents = read_text(
        thing("  share: 33.33%\n  price: \"1500.00 KES\"") + "---\n" + thing("  price: 1 KES", "b"), "test.yaml");
    const auto manifests = check(std::move(documents).value(), k_kinds).value();
    REQUIRE(manifests.size() == 2);
    REQUIRE(canonical_spec(manifests[0]) == R"({"price":"1500.00 KES","share":"33.33%"})");
}

TEST_CASE("what YAML allows and money does not is refused", "[unit]") {
    REQUIRE(codes_of(thing("  price: 1 KES\n  price: 2 KES")) == Codes{"manifest.duplicate_key"});
    REQUIRE(codes_of(thing("  price: &a 1 KES")) == Codes{"manifest.anchor"});
    REQUIRE(codes_of(thing("  price: &a 1 KES\n  share: *a")) == Codes{"manifest.anchor", "manifest.alias"});
    REQUIRE(codes_of(thing("  price: !!str 1 KES")) == Codes{"manifest.tag"});
    REQUIRE(codes_of("a:\n\tb: 1\n") == Codes{"manifest.tab"});
    REQUIRE(codes_of("a: \xFF\n") == Codes{"manifest.utf8"});
    REQUIRE(codes_of("a: \"x\\Ny\"\n") == Codes{"manifest.utf8"});
    REQUIRE(codes_of("\"\\_\": 1\n") == Codes{"manifest.utf8"});
    REQUIRE(codes_of("a: [1, 2\n") == Codes{"manifest.syntax"});
    REQUIRE(codes_of(thing("  <<: {price: 1 KES}")) == Codes{"manifest.merge"});
    REQUIRE(codes_of(std::string(40, '[') + std::string(40, ']')) == Codes{"manifest.too_deep"});
    REQUIRE(codes_of(std::string(k_most_bytes + 1, ' ')) == Codes{"manifest.too_large"});
}

TEST_CASE("values are refused where they do not fit, all of them together", "[unit]") {
    REQUIRE(codes_of(thing("  price: 1500.00")) == Codes{"manifest.bare_number"});
    REQUIRE(codes_of(thing("  price: \"1500.00\"")) == Codes{"money.amount"});
    REQUIRE(codes_of(thing("  price: 1 KES\n  share: 12.5")) == Codes{"manifest.bare_number"});
    REQUIRE(
        codes_of(thing(
            "  price: 1 KES\n  share: 101%\n  count: -1\n  mode: fest\n  at: 2027-01-01\n  open: yes\n  prise: 3")) ==
        Codes{"money.rate", "manifest.value", "time.instant", "manifest.unknown_field"});
    REQUIRE(codes_of(thing("  share: 1%")) == Codes{"manifest.missing"});
    REQUIRE(codes_of(thing("  price: 1 KES\n  parts: [{name: A!}]")) == Codes{"manifest.value"});
    REQUIRE(codes_of(thing("  price: 1 KES") + "---\n" + thing("  price: 2 KES")) == Codes{"manifest.defined_twice"});
    REQUIRE(codes_of("apiVersion: passa/v1\nkind: Thong\n") == Codes{"manifest.unknown_kind"});
    REQUIRE(codes_of("kind: Thing\n") == Codes{"manifest.version"});
}

TEST_CASE("an error names file, line, column and the nearest name", "[unit]") {
    auto documents = read_text(thing("  price: 1 KES\n  conut: 5"), "shop.yaml");
    const auto problem = check(std::move(documents).value(), k_kinds).problem();
    REQUIRE(problem.place->file == "shop.yaml");
    REQUIRE(problem.place->line == 6);
    REQUIRE(problem.place->column == 3);
    REQUIRE(problem.place->source_line == "  conut: 5");
    REQUIRE(problem.hint == "did you mean count?");
}

TEST_CASE("numbers and truth values stand without quotes, and a list says a word once", "[unit]") {
    REQUIRE(codes_of(thing("  price: 1 KES\n  count: \"5\"")) == Codes{"manifest.quoted"});
    REQUIRE(codes_of(thing("  price: 1 KES\n  open: 'true'")) == Codes{"manifest.quoted"});
    REQUIRE(codes_of(thing("  price: 1 KES\n  count: 5\n  open: true")).empty());
    REQUIRE(codes_of(thing("  price: 1 KES\n  words: [a, b]")).empty());
    REQUIRE(codes_of(thing("  price: 1 KES\n  words: [a, b, a]")) == Codes{"manifest.listed_twice"});
}

TEST_CASE("a secret seed is found wherever it stands, and only a real one", "[unit]") {
    // The valid seed of SEP-5's first test wallet, published there.
    const std::string seed = "SBGWSG6BTNCKCOB3DIFBGCVMUPQFYPA2G4O34RMTB343OYPXU5DJDVMN";
    REQUIRE(holds_secret_seed(seed));
    REQUIRE(holds_secret_seed("key=" + seed + " # oops"));
    REQUIRE_FALSE(holds_secret_seed("SBGWSG6BTNCKCOB3DIFBGCVMUPQFYPA2G4O34RMTB343OYPXU5DJDVMM"));
    REQUIRE(codes_of(thing("  price: " + seed)).contains("manifest.secret"));
    REQUIRE(codes_of(thing("  price: 1 KES # was " + seed)) == Codes{"manifest.secret"});
    REQUIRE(codes_of(thing("  price: \"\\x53" + seed.substr(1) + "\"")) == Codes{"manifest.secret"});
    const auto problem = read_text("# old key:\n# key " + seed + " of ours\n", "test.yaml").problem();
    REQUIRE(problem.place->line == 2);
    REQUIRE(problem.place->column == 7);
    REQUIRE(problem.place->source_line == "# key S*** of ours");
}
