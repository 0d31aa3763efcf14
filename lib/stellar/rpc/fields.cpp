// Bounded before it is read, and every refusal names its field.
#include "lib/stellar/rpc/fields.hpp"

#include "lib/base/text.hpp"
#include "lib/stellar/rpc/parse.hpp"

#include <nlohmann/json.hpp>

#include <charconv>
#include <limits>

namespace passa::stellar::rpc {
namespace {

using Json = nlohmann::json;

Problem not_rpc(const std::string& why) {
    return {Kind::unavailable, "rpc.not_rpc", fmt::format("the server's answer cannot be read: {}", why),
            "check that the URL is that of a Stellar RPC server"};
}

bool is_too_deep(std::string_view text) { // before the parser sees it
    int depth = 0;
    bool in_text = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (in_text && c == '\\') {
            ++i;
        } else if (c == '"') {
            in_text = !in_text;
        } else if (!in_text && (c == '{' || c == '[')) {
            if (++depth > k_deepest) return true;
        } else if (!in_text && (c == '}' || c == ']')) {
            --depth;
        }
    }
    return false;
}

std::int64_t from_text(const char* name, const std::string& text) {
    std::int64_t value = 0;
    const auto* end = text.data() + text.size();
    const auto done = std::from_chars(text.data(), end, value);
    if (done.ec != std::errc{} || done.ptr != end) throw Unreadable{fmt::format("{} is not a whole number", name)};
    return value;
}

Problem problem_of(const Json& error) {
    const Fields fields{error};
    const auto number = fields.number("code");
    const auto words = printable(fields.text("message"), k_longest_server_words);
    const auto make = [&](Kind kind, const char* code, const char* who) {
        Problem problem{kind, code, fmt::format("{}: {} ({})", who, words, number), ""};
        problem.facts.emplace_back("rpc_code", std::to_string(number));
        return problem;
    };
    switch (number) {
    case -32600:
    case -32602: return make(Kind::failed, "rpc.refused", "the server refuses the question");
    case -32601: return make(Kind::failed, "rpc.no_method", "the server does not know the method");
    case -32603:
    case -32003: return make(Kind::unavailable, "rpc.failed", "the server failed");
    case -32001: return make(Kind::unavailable, "rpc.timeout", "the server took too long");
    default: return make(Kind::busy, "rpc.busy", "the server is busy");
    }
}

} // namespace

Fields::Fields(const Json& json) : m_json(json) {
    if (!json.is_object()) throw Unreadable{"an object is missing"};
}

const Json* Fields::find(const char* name) const {
    const auto it = m_json.find(name);
    return it == m_json.end() || it->is_null() ? nullptr : &*it;
}

std::string Fields::text(const char* name) const {
    const auto* value = find(name);
    if (value == nullptr) return {};
    if (!value->is_string()) throw Unreadable{fmt::format("{} is not text", name)};
    return value->get<std::string>();
}

std::string Fields::must_text(const char* name) const {
    auto value = text(name);
    if (value.empty()) throw Unreadable{fmt::format("{} is missing", name)};
    return value;
}

std::optional<std::int64_t> Fields::find_number(const char* name) const {
    const auto* value = find(name);
    if (value == nullptr) return std::nullopt;
    if (value->is_number_unsigned() && value->get<std::uint64_t>() > std::numeric_limits<std::int64_t>::max())
        throw Unreadable{fmt::format("{} is out of range", name)};
    if (value->is_number_integer()) return value->get<std::int64_t>();
    if (value->is_string()) return from_text(name, value->get_ref<const std::string&>());
    throw Unreadable{fmt::format("{} is not a whole number", name)};
}

std::int64_t Fields::number(const char* name) const {
    const auto value = find_number(name);
    if (!value) throw Unreadable{fmt::format("{} is missing", name)};
    return *value;
}

std::uint32_t Fields::u32(const char* name) const {
    const auto value = number(name);
    if (value < 0 || value > std::numeric_limits<std::uint32_t>::max())
        throw Unreadable{fmt::format("{} is out of range", name)};
    return static_cast<std::uint32_t>(value);
}

std::uint32_t Fields::u32_or_zero(const char* name) const { return find(name) == nullptr ? 0 : u32(name); }

std::optional<Instant> Fields::find_second(const char* name) const {
    const auto value = find_number(name);
    if (!value) return std::nullopt;
    if (*value < 0 || *value > 253'402'300'799) throw Unreadable{fmt::format("{} is no time", name)}; // year 9999
    return Instant{std::chrono::seconds{*value}};
}

Instant Fields::second(const char* name) const {
    const auto value = find_second(name);
    if (!value) throw Unreadable{fmt::format("{} is missing", name)};
    return *value;
}

bool Fields::flag(const char* name) const {
    const auto* value = find(name);
    if (value != nullptr && !value->is_boolean()) throw Unreadable{fmt::format("{} is not true or false", name)};
    return value != nullptr && value->get<bool>();
}

const Json& Fields::list(const char* name) const {
    static const Json k_none = Json::array();
    const auto* value = find(name);
    if (value != nullptr && !value->is_array()) throw Unreadable{fmt::format("{} is not a list", name)};
    return value == nullptr ? k_none : *value;
}

History read_history(const Fields& fields) { // two spellings of the times, by method
    const bool stamped = fields.find("latestLedgerCloseTimestamp") != nullptr;
    return {fields.u32("latestLedger"), fields.u32("oldestLedger"),
            fields.second(stamped ? "latestLedgerCloseTimestamp" : "latestLedgerCloseTime"),
            fields.second(stamped ? "oldestLedgerCloseTimestamp" : "oldestLedgerCloseTime")};
}

std::string read_cursor(const Fields& fields) { // text here, a number there
    const auto* cursor = fields.find("cursor");
    return cursor != nullptr && cursor->is_number_unsigned() ? std::to_string(cursor->get<std::uint64_t>())
                                                             : fields.text("cursor");
}

std::vector<std::string> read_texts(const Fields& fields, const char* name) {
    std::vector<std::string> texts;
    for (const auto& item : fields.list(name)) {
        if (!item.is_string()) throw Unreadable{fmt::format("{} does not hold text", name)};
        texts.push_back(item.get<std::string>());
    }
    return texts;
}

Result<Done> read_answer(std::string_view body, const std::function<void(const Fields&)>& read) {
    if (is_too_deep(body)) return not_rpc(fmt::format("it nests deeper than {} levels", k_deepest));
    const auto json = Json::parse(body.begin(), body.end(), nullptr, false);
    if (json.is_discarded()) return not_rpc("it is not JSON");
    try {
        const Fields answer{json};
        if (const auto* error = answer.find("error")) return problem_of(*error);
        const auto* result = answer.find("result");
        if (result == nullptr) return not_rpc("it is not JSON-RPC");
        read(Fields{*result});
        return Done{};
    } catch (const Unreadable& unreadable) { // ours, from Fields
        return not_rpc(unreadable.what);
    }
}

} // namespace passa::stellar::rpc
