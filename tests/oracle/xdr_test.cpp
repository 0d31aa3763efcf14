// Every described type, both ways: what the Rust types make up is read, shown and written alike here, and what is made
// up here is read, shown and written alike there.
#include "lib/base/text.hpp"
#include "lib/stellar/xdr/codec.hpp"
#include "lib/stellar/xdr/json.hpp"
#include "lib/stellar/xdr/registry.hpp"
#include "tests/support/xdr_random.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>

using namespace passa;
using namespace passa::stellar;

namespace {

constexpr int k_values_a_type = 60;
constexpr std::uint64_t k_seed = 20270307;

struct Line {
    std::string type, base64, json;
};

class Folder { // for the two files of a run, removed at the end
public:
    Folder() : m_path(std::filesystem::temp_directory_path() / "passa-xdr-XXXXXX") {
        auto name = m_path.string();
        REQUIRE(mkdtemp(name.data()) != nullptr);
        m_path = name;
    }
    ~Folder() { std::filesystem::remove_all(m_path); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    [[nodiscard]] std::string file(std::string_view name) const { return m_path / name; }

private:
    std::filesystem::path m_path;
};

std::vector<Line> ask_oracle(const std::string& arguments, const Folder& folder) {
    const auto command = fmt::format("'{}' {} < {} > {}", std::getenv("PASSA_XDR_ORACLE"), arguments, folder.file("in"),
                                     folder.file("out"));
    std::ofstream{folder.file("in"), std::ios::app}; // exists
    REQUIRE(std::system(command.c_str()) == 0);
    std::vector<Line> lines;
    std::ifstream out{folder.file("out")};
    for (std::string line; std::getline(out, line);) {
        const auto parts = split_at(line, '\t');
        REQUIRE(parts.size() == 3);
        lines.push_back({std::string{parts[0]}, std::string{parts[1]}, std::string{parts[2]}});
    }
    return lines;
}

std::string all_names() {
    std::string names;
    for (const auto* type : xdr::all_types()) names += fmt::format(" {}", type->name);
    return names;
}

} // namespace

TEST_CASE("values made up by the Rust types read, show and write alike", "[oracle]") {
    const Folder folder;
    const auto lines = ask_oracle(fmt::format("random {} {}{}", k_seed, k_values_a_type, all_names()), folder);
    REQUIRE(lines.size() > xdr::all_types().size() * k_values_a_type * 9 / 10);
    for (const auto& line : lines) {
        CAPTURE(line.type, line.base64, line.json);
        const auto& shape = *xdr::find_type(line.type);
        xdr::AnyValue value{shape};
        const auto decoded = xdr::decode_value(shape, value.get(), parse_base64(line.base64).value());
        INFO((decoded ? "" : decoded.problem().message));
        REQUIRE(decoded.ok());
        Bytes again;
        xdr::encode_value(shape, value.get(), again);
        REQUIRE(to_base64(again) == line.base64);
        REQUIRE(xdr::value_to_json_text(shape, value.get()) == line.json);
        REQUIRE(xdr::value_to_json(shape, value.get()).dump() == line.json);
        xdr::AnyValue from_json{shape};
        const auto read = xdr::value_from_json_text(shape, line.json, from_json.get());
        INFO((read ? "" : read.problem().message));
        REQUIRE(read.ok());
        REQUIRE(from_json == value);
    }
}

TEST_CASE("values made up here read, show and write alike in Rust", "[oracle]") {
    const Folder folder;
    SeededRandom random{k_seed};
    std::vector<Line> asked;
    std::ofstream in{folder.file("in")};
    for (const auto* shape : xdr::all_types())
        for (int i = 0; i < k_values_a_type; ++i) {
            xdr::AnyValue value{*shape};
            test::randomise(*shape, value.get(), random);
            Bytes bytes;
            xdr::encode_value(*shape, value.get(), bytes);
            asked.push_back({std::string{shape->name}, to_base64(bytes), xdr::value_to_json_text(*shape, value.get())});
            in << asked.back().type << '\t' << asked.back().base64 << '\n';
        }
    in.close();
    const auto answers = ask_oracle("read", folder);
    REQUIRE(answers.size() == asked.size());
    for (std::size_t i = 0; i < asked.size(); ++i) {
        CAPTURE(asked[i].type, asked[i].base64);
        REQUIRE(answers[i].base64 == asked[i].base64);
        REQUIRE(answers[i].json == asked[i].json);
    }
}
