// The text behind a flag: one word needs no quotes, the rest is JSON.
#include "lib/base/text.hpp"
#include "lib/stellar/contract/scalar.hpp"
#include "lib/stellar/contract/value.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

namespace passa::stellar::contract {
namespace {

using Json = nlohmann::ordered_json;
using Of = xdr::ScSpecType;

Problem bad_text(const Wanted& wanted, std::string_view why) {
    return {Kind::invalid_input, "contract.value",
            fmt::format("{}: this is no {}: {}", printable(wanted.name), printable(type_name(wanted.type)), why), ""};
}

// What the parser itself lets pass: any depth, and a key that comes twice, of which it keeps the last.
class Strictness {
public:
    bool operator()(int depth, Json::parse_event_t event, const Json& parsed) {
        using Event = Json::parse_event_t;
        if (depth > k_deepest) m_why = "nested too deeply";
        if (event == Event::object_start) m_keys.emplace_back();
        if (event == Event::object_end && !m_keys.empty()) m_keys.pop_back();
        if (event == Event::key && !m_keys.empty() && !m_keys.back().insert(parsed.get<std::string>()).second)
            m_why = "a key comes twice";
        return true;
    }
    [[nodiscard]] const std::string& why() const { return m_why; }

private:
    std::vector<std::set<std::string>> m_keys;
    std::string m_why;
};

Result<Json> parse_strictly(const Wanted& wanted, std::string_view text) {
    Strictness strict;
    const auto json = Json::parse(text, std::ref(strict), false);
    if (!strict.why().empty()) return bad_text(wanted, strict.why());
    if (json.is_discarded()) return bad_text(wanted, "it is not JSON");
    return json;
}

bool is_digits(std::string_view text) { return !text.empty() && std::all_of(text.begin(), text.end(), is_digit); }

// An enum's or error's name or number, or a case that carries nothing.
std::optional<Json> name_or_number(const Spec& spec, const std::string& type, std::string_view text) {
    const bool numbered = spec.enums.contains(type) || spec.errors.contains(type);
    if (!numbered && !spec.unions.contains(type)) return std::nullopt;
    if (text.starts_with('{') || text.starts_with('"')) return std::nullopt;
    if (numbered && is_digits(text) && text.size() <= 10) return Json(std::stoull(std::string{text}));
    return Json(std::string{text});
}

Result<Json> flag_json(const Spec& spec, const Wanted& wanted, std::string_view text) { // options nest
    const auto& type = wanted.type;
    const auto kind = type.type();
    if (kind == Of::option && text == "null") return Json(nullptr);
    if (kind == Of::option) return flag_json(spec, {wanted.name, type.get<Of::option>()->value_type}, text);
    if (kind == Of::bool_ && (text == "true" || text == "false")) return Json(text == "true");
    if (kind == Of::void_ && text == "null") return Json(nullptr);
    if (kind_of(kind)) return Json(std::string{text});
    if (const auto* defined = type.find<Of::udt>())
        if (const auto json = name_or_number(spec, defined->name, text)) return *json;
    return parse_strictly(wanted, text);
}

} // namespace

Result<xdr::ScVal> read_flag(const Reading& reading, const Wanted& wanted, std::string_view text) {
    if (text.size() > k_longest) return bad_text(wanted, fmt::format("more than {} bytes", k_longest));
    const auto json = flag_json(reading.spec, wanted, text);
    if (!json) return json.problems();
    return read_value(reading, wanted, *json);
}

} // namespace passa::stellar::contract
