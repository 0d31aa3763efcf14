// What a payee is given: the bytes that are hashed, the file around them, and everything that must not pass for it.
#include "lib/crypto/merkle.hpp"
#include "lib/proof/file.hpp"
#include "tests/support/property.hpp"

#include <functional>

using namespace passa;
using proof::File;
using proof::Line;

namespace {

Line line_of(std::uint64_t number, std::uint64_t lines) {
    Hash256 seed{};
    for (std::size_t i = 0; i < seed.size(); ++i) seed[i] = static_cast<std::uint8_t>(i);
    Line line{"set_01h455vb4pex5vsknk084sn02q",
              "demo-night",
              "demo-creator",
              "share",
              "demo-night v1",
              std::nullopt,
              fmt::format("{}.05", number * 100),
              "KES",
              number,
              lines,
              proof::salt_of(seed, number)};
    if (number % 2 == 0) line.kind = "commission", line.campaign = "demo-night-creators v2", line.amount.insert(0, "-");
    return line;
}

// A settlement of `lines` lines of which `mine` are in the file.
File file_of(std::uint64_t lines, const std::vector<std::uint64_t>& mine) {
    std::vector<Hash256> leaves;
    for (std::uint64_t n = 1; n <= lines; ++n) leaves.push_back(proof::leaf_of(line_of(n, lines)));
    const crypto::MerkleTree tree{leaves};
    File file{tree.root(), {}};
    for (const auto n : mine) file.proofs.push_back({line_of(n, lines), tree.path(n - 1)});
    return file;
}

std::string code_of(const Result<File>& parsed) { return parsed ? "" : parsed.problem().code; }
std::string why(const std::string& text) {
    const auto parsed = proof::parse_file(text);
    return parsed ? "it was taken" : parsed.problem().code + ": " + parsed.problem().message;
}
std::string code_of(const Result<Done>& done) { return done ? "" : done.problem().code; }

std::string with(std::string text, std::string_view from, std::string_view to) {
    const auto at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

} // namespace

TEST_CASE("a settlement line is hashed as the bytes that are documented", "[unit]") {
    auto line = line_of(2, 3);
    line.amount = "-300.05";
    REQUIRE(
        proof::canonical_text(line) ==
        R"({"amount":"-300.05","asset":"KES","campaign":"demo-night-creators v2","event":"demo-night",)"
        R"("kind":"commission","line":2,"lines":3,"party":"demo-creator","plan":"demo-night v1",)"
        R"("salt":"80ddc33417b469e126d6fdd676dad740a8e89b94199378bb19030b1fdb325b58","schema":"passa.settlement-line.v1","settlement":"set_01h455vb4pex5vsknk084sn02q"})");
    REQUIRE(to_hex(proof::leaf_of(line)) == "7887c7af841652a6e366fa6a7e638a13999c5fbc3bd91a19060713c79bcb2e4e");
}

TEST_CASE("a proof file reads as what was written, and holds", "[unit][prop]") {
    test::holds_for_all([] {
        const auto lines = *rc::gen::inRange<std::uint64_t>(1, 40);
        std::vector<std::uint64_t> mine;
        for (std::uint64_t n = 1; n <= lines; ++n)
            if (*rc::gen::arbitrary<bool>() || (mine.empty() && n == lines)) mine.push_back(n);
        const auto text = proof::file_text(file_of(lines, mine));
        RC_ASSERT(text.starts_with(proof::k_file_mark));
        const auto file = proof::parse_file(text);
        RC_ASSERT(file.ok());
        RC_ASSERT(proof::file_text(*file) == text);
        RC_ASSERT(code_of(proof::check(*file, file->root)).empty());
        auto other = file->root;
        other[*rc::gen::inRange<std::size_t>(0, 32)] ^= 1;
        RC_ASSERT(code_of(proof::check(*file, other)) == "proof.other_root");
    });
}

TEST_CASE("a changed byte of a proof file is refused, or changes nothing that is read", "[unit][prop]") {
    test::holds_for_all([] {
        static const auto whole = file_of(11, {2, 3, 11});
        static const auto text = proof::file_text(whole);
        auto changed = text;
        auto& byte = changed[*rc::gen::inRange<std::size_t>(0, text.size())];
        byte = static_cast<char>(byte ^ static_cast<char>(1 << *rc::gen::inRange(0, 8)));
        const auto file = proof::parse_file(changed);
        if (file && proof::file_text(*file) == text) return; // a blank for a line break
        if (file) RC_ASSERT(!proof::check(*file, whole.root).ok());
    });
}

TEST_CASE("a field of a line, a path or a root that was changed is refused", "[unit]") {
    const auto whole = file_of(11, {2, 3, 11});
    const std::function<void(File&)> changes[] = {
        [](File& f) { f.proofs[0].line.settlement.back() = 'r'; },
        [](File& f) { f.proofs[0].line.event += '2'; },
        [](File& f) { f.proofs[0].line.party = "demo-band"; },
        [](File& f) { f.proofs[0].line.plan = "demo-night v2"; },
        [](File& f) { f.proofs[0].line.campaign = "demo-night-creators v1"; },
        [](File& f) { f.proofs[0].line.campaign.reset(), f.proofs[0].line.kind = "share"; },
        [](File& f) { f.proofs[1].line.amount = "301.05"; },
        [](File& f) { f.proofs[1].line.amount = "300.050"; },
        [](File& f) { f.proofs[1].line.asset = "USD"; },
        [](File& f) { f.proofs[1].line.number = 4; },
        [](File& f) { f.proofs[1].line.lines = 12; },
        [](File& f) { f.proofs[2].line.lines = 10; },
        [](File& f) { f.proofs[1].line.lines = 0; },
        [](File& f) { f.proofs[1].line.salt[31] ^= 1; },
        [](File& f) { f.proofs[1].path.pop_back(); },
        [](File& f) { f.proofs[1].path.push_back({}); },
        [](File& f) { std::swap(f.proofs[0].path, f.proofs[1].path); },
        [](File& f) { std::swap(f.proofs[0].line, f.proofs[1].line); },
        [](File& f) { f.root[0] ^= 1; }};
    for (const auto& change : changes) {
        auto file = whole;
        change(file);
        REQUIRE(code_of(proof::check(file, whole.root)) == "proof.changed");
    }
    REQUIRE(code_of(proof::check(whole, whole.root)).empty());
    REQUIRE(code_of(proof::check(file_of(12, {3}), whole.root)) == "proof.other_root");
}

TEST_CASE("what is no proof file is refused with the reason", "[unit]") {
    const auto good = proof::file_text(file_of(5, {1, 3}));
    REQUIRE(code_of(proof::parse_file(good)).empty());
    const auto line = [&](std::string_view from, std::string_view to) { return why(with(good, from, to)); };
    const std::pair<std::string, std::string_view> cases[] = {
        {why(""), "it is not JSON"},
        {why("[]"), "the file is no object"},
        {why("{}"), "the file has 0 fields"},
        {why(good + "x"), "it is not JSON"},
        {why(std::string(proof::k_longest_file + 1, ' ')), "it is larger"},
        {why(std::string(1'000'000, '[')), "it is nested too deeply"},
        {line("passa.proof.v1", "passa.proof.v2"), "its schema is not passa.proof.v1"},
        {line("passa.settlement-line.v1", "passa.x"), "a line's schema is not"},
        {line("\"root\":", "\"root\": \"\", \"root\":"), "a key comes twice"},
        {line("\"amount\": \"100.05\",", "\"amount\": \"100.05\", \"amount\": \"900.00\","), "a key comes twice"},
        {line("\"amount\": \"100.05\",", "\"amount\": \"100.05\", \"bonus\": \"9\","), "too many fields"},
        {line("\"root\":", "\"note\": 1, \"root\":"), "the file has 4 fields"},
        {line("\"asset\": \"KES\",", "\"asset\": 5,"), "asset is no text"},
        {line("\"asset\":", "\"a\":"), "asset is missing"},
        {line("demo-night\"", "demo\\u001b[2Jnight\""), "event is not plain text"},
        {line("demo-night\"", "demo\\u202enight\""), "event is not plain text"},
        {line("demo-night\"", "\""), "event is not plain text"},
        {line("demo-night\"", std::string(201, 'x') + "\""), "event is not plain text"},
        {line("demo-night\"", "demo-day\""), "not of one party in one settlement"},
        {line("\"share\"", "\"gift\""), "kind and campaign do not fit"},
        {line("\"share\"", "\"commission\""), "kind and campaign do not fit"},
        {line("100.05", "1e5"), "amount is no number"},
        {line("100.05", "100."), "amount is no number"},
        {line("100.05", "0100.05"), "amount is no number"},
        {line("100.05", "--100.05"), "amount is no number"},
        {line("100.05", std::string(41, '9')), "amount is no number"},
        {line("\"line\": 1,", "\"line\": 1.0,"), "line is not a whole number"},
        {line("\"line\": 1,", "\"line\": -1,"), "line is not a whole number"},
        {line("\"line\": 1,", "\"line\": 0,"), "line is not a whole number"},
        {line("\"line\": 1,", "\"line\": 99999999999999999999,"), "line is not a whole number"},
        {line("\"line\": 1,", "\"line\": 9007199254740993,"), "line is not a whole number"},
        {line("\"line\": 1,", "\"line\": 6,"), "line is beyond lines"},
        {line("\"line\": 1,", "\"line\": 3,"), "stands there twice"},
        {line("\"line\": 1,", "\"line\": 4,"), "out of order"},
        {line("\"path\": [", "\"path\": [\"00\","), "a hash of the path is not 64"},
        {line("\"path\": [", "\"path\": [7,"), "a hash of the path is not 64"},
        {line("\"root\": \"", "\"root\": \"0"), "root is not 64"}};
    for (const auto& [said, expected] : cases) {
        CAPTURE(expected);
        REQUIRE_THAT(said,
                     Catch::StartsWith("proof.file: this is no proof: ") && Catch::Contains(std::string{expected}));
    }
}

TEST_CASE("a proof file has limits", "[unit]") {
    auto file = file_of(3, {2});
    file.proofs[0].path.resize(crypto::k_longest_merkle_path);
    REQUIRE(code_of(proof::parse_file(proof::file_text(file))).empty());
    file.proofs[0].path.resize(crypto::k_longest_merkle_path + 1);
    REQUIRE(code_of(proof::parse_file(proof::file_text(file))) == "proof.file");
    File many{{}, {}};
    for (std::uint64_t n = 1; n <= proof::k_most_proofs; ++n)
        many.proofs.push_back({line_of(2 * n - 1, 4'000'000'000), std::vector<Hash256>(32)});
    const auto largest = proof::file_text(many); // of as many lines as there are people
    REQUIRE(largest.size() <= proof::k_longest_file);
    REQUIRE(code_of(proof::parse_file(largest)).empty());
    many.proofs.push_back({line_of(5'001, 4'000'000'000), {}});
    REQUIRE(code_of(proof::parse_file(proof::file_text(many))) == "proof.file");
    many.proofs.clear();
    REQUIRE(code_of(proof::parse_file(proof::file_text(many))) == "proof.file");
}

TEST_CASE("a file of very many keys is refused at once", "[unit]") {
    std::string text = "{\"a\":1";
    for (int n = 0; n < 200'000; ++n) text += fmt::format(",\"k{}\":1", n);
    REQUIRE_THAT(why(text + "}"), Catch::Contains("too many fields"));
}
