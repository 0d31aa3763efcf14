// JSON, read strictly: what is not proved by the root has no place in the file, or a reader would take it for proved.
#include "lib/proof/file.hpp"

#include "lib/base/text.hpp"
#include "lib/crypto/merkle.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

namespace passa::proof {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* k_schema = "passa.proof.v1";
constexpr const char* k_line_schema = "passa.settlement-line.v1";
constexpr std::size_t k_line_fields = 12;
constexpr int k_deepest = 4; // a hash in a path in a proof in the list of the file
constexpr std::size_t k_longest_word = 200;
constexpr std::uint64_t k_most_lines = std::uint64_t{1} << 53U; // what every reader of JSON takes for a whole number

Problem bad_file(std::string_view why) {
    return {Kind::invalid_input, "proof.file", fmt::format("this is no proof: {}", why),
            "ask whoever sent it for the file as passa proof create wrote it"};
}

// What the parser itself lets pass: any depth, and a key that comes twice, of which it keeps the last.
class Strictness {
public:
    bool operator()(int depth, Json::parse_event_t event, const Json& parsed) {
        using Event = Json::parse_event_t;
        if (!m_why.empty()) return false;
        if (depth > k_deepest) m_why = "it is nested too deeply";
        if (event == Event::object_start) m_keys.emplace_back();
        if (event == Event::object_end && !m_keys.empty()) m_keys.pop_back();
        if (event == Event::key && !m_keys.empty()) note(parsed.get<std::string>());
        return m_why.empty();
    }
    [[nodiscard]] const std::string& why() const { return m_why; }

private:
    void note(std::string key) {
        auto& keys = m_keys.back();
        if (!keys.insert(std::move(key)).second)
            m_why = "a key comes twice";
        else if (keys.size() > k_line_fields)
            m_why = "an object of it has too many fields"; // looking them up would take long
    }
    std::vector<std::set<std::string>> m_keys;
    std::string m_why;
};

[[noreturn]] void refuse(std::string_view why) { throw Error{bad_file(why)}; }

const Json& field(const Json& object, const char* name) {
    const auto it = object.find(name);
    if (it == object.end()) refuse(fmt::format("{} is missing", name));
    return *it;
}

std::string word(const Json& object, const char* name) {
    const auto& value = field(object, name);
    if (!value.is_string()) refuse(fmt::format("{} is no text", name));
    auto text = value.get<std::string>();
    if (text.empty() || text.size() > k_longest_word || printable(text) != text)
        refuse(fmt::format("{} is not plain text of 1 to {} bytes", name, k_longest_word));
    return text;
}

std::uint64_t count(const Json& object, const char* name) {
    const auto& value = field(object, name);
    if (!value.is_number_unsigned() || value.get<std::uint64_t>() < 1 || value.get<std::uint64_t>() > k_most_lines)
        refuse(fmt::format("{} is not a whole number from 1", name));
    return value.get<std::uint64_t>();
}

Hash256 hash(const Json& value, const char* name) {
    const auto text = value.is_string() ? value.get<std::string>() : std::string{};
    const auto bytes = parse_hex_fixed<32>(text);
    if (!bytes || to_hex(*bytes) != text) refuse(fmt::format("{} is not 64 hexadecimal digits in lower case", name));
    return *bytes;
}

void require_keys(const Json& object, std::size_t many, const char* name) {
    if (!object.is_object()) refuse(fmt::format("{} is no object", name));
    if (object.size() != many) refuse(fmt::format("{} has {} fields, a proof's has {}", name, object.size(), many));
}

// -?digits[.digits], as amounts are written: no zero in front, and at most 39 digits.
bool is_amount(std::string_view text) {
    if (text.starts_with('-')) text.remove_prefix(1);
    const auto point = std::min(text.find('.'), text.size());
    const auto whole = text.substr(0, point);
    const auto decimals = text.substr(std::min(point + 1, text.size()));
    const auto is_digits = [](std::string_view part) { return std::all_of(part.begin(), part.end(), is_digit); };
    if (whole.empty() || text.size() > 40 || (whole.size() > 1 && whole.front() == '0')) return false;
    return is_digits(whole) && is_digits(decimals) && (point == text.size() || !decimals.empty());
}

Line read_line(const Json& json) {
    require_keys(json, k_line_fields, "line");
    if (word(json, "schema") != k_line_schema) refuse(fmt::format("a line's schema is not {}", k_line_schema));
    Line line{word(json, "settlement"),
              word(json, "event"),
              word(json, "party"),
              word(json, "kind"),
              word(json, "plan"),
              std::nullopt,
              word(json, "amount"),
              word(json, "asset"),
              count(json, "line"),
              count(json, "lines"),
              hash(field(json, "salt"), "salt")};
    if (!field(json, "campaign").is_null()) line.campaign = word(json, "campaign");
    if (line.kind != (line.campaign ? "commission" : "share")) refuse("kind and campaign do not fit one another");
    if (!is_amount(line.amount)) refuse("amount is no number");
    if (line.number > line.lines) refuse("line is beyond lines");
    return line;
}

ProvedLine read_proof(const Json& json) {
    require_keys(json, 2, "a proof");
    ProvedLine proof{read_line(field(json, "line")), {}};
    const auto& path = field(json, "path");
    if (!path.is_array() || path.size() > crypto::k_longest_merkle_path) refuse("path is not a list of hashes");
    for (const auto& neighbour : path) proof.path.push_back(hash(neighbour, "a hash of the path"));
    return proof;
}

File read_file(const Json& json) {
    require_keys(json, 3, "the file");
    if (word(json, "schema") != k_schema) refuse(fmt::format("its schema is not {}", k_schema));
    File file{hash(field(json, "root"), "root"), {}};
    const auto& proofs = field(json, "proofs");
    if (!proofs.is_array() || proofs.empty() || proofs.size() > k_most_proofs)
        refuse(fmt::format("proofs is not a list of 1 to {}", k_most_proofs));
    for (const auto& proof : proofs) file.proofs.push_back(read_proof(proof));
    return file;
}

// One reader adds the lines up: none may stand there twice, or be somebody else's.
void require_one_payee(const File& file) {
    const auto& first = file.proofs.front().line;
    std::uint64_t last = 0;
    for (const auto& [line, path] : file.proofs) {
        if (line.settlement != first.settlement || line.party != first.party || line.event != first.event ||
            line.lines != first.lines)
            refuse("its lines are not of one party in one settlement");
        if (line.number <= last) refuse("a line stands there twice, or out of order");
        last = line.number;
    }
}

Json to_json(const ProvedLine& proof) {
    auto path = Json::array();
    for (const auto& neighbour : proof.path) path.push_back(to_hex(neighbour));
    return {{"line", Json::parse(canonical_text(proof.line))}, {"path", std::move(path)}};
}

} // namespace

std::string file_text(const File& file) {
    Json json{{"schema", k_schema}, {"root", to_hex(file.root)}, {"proofs", Json::array()}};
    for (const auto& proof : file.proofs) json["proofs"].push_back(to_json(proof));
    return json.dump(2) + "\n";
}

Result<File> parse_file(std::string_view text) {
    if (text.size() > k_longest_file) return bad_file(fmt::format("it is larger than {} bytes", k_longest_file));
    Strictness strict;
    const auto json = Json::parse(text, std::ref(strict), false);
    if (!strict.why().empty()) return bad_file(strict.why());
    if (json.is_discarded()) return bad_file("it is not JSON");
    try {
        auto file = read_file(json);
        require_one_payee(file);
        return file;
    } catch (const Error& error) { // thrown by refuse()
        return error.problems();
    }
}

Result<Done> check(const File& file, const Hash256& root) {
    const auto ask_again = "ask the organizer for the proof again, and for where the root was published";
    for (const auto& [line, path] : file.proofs) {
        const auto named =
            fmt::format("line {} ({} of {} {} for {})", line.number, line.kind, line.amount, line.asset, line.party);
        const auto leads_to = crypto::merkle_root_from({line.number - 1, line.lines}, leaf_of(line), path);
        if (!leads_to)
            return Problem{Kind::failed, "proof.changed",
                           fmt::format("{}: {} hashes are no path from line {} of {}", named, path.size(), line.number,
                                       line.lines),
                           ask_again};
        if (*leads_to != file.root)
            return Problem{Kind::failed, "proof.changed",
                           fmt::format("{} leads to another root than the file names: the line, its path or that root "
                                       "was changed",
                                       named),
                           ask_again};
    }
    if (file.root == root) return Done{};
    return Problem{Kind::failed, "proof.other_root",
                   fmt::format("the lines lead to root {}, not to {}", to_hex(file.root), to_hex(root)),
                   "see that root and proof are of one settlement; if they are, this is not what was published"};
}

} // namespace passa::proof
