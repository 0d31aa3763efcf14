// The fields of a server's answer, read strictly: what every method's reader is made of. For this folder alone.
#pragma once
#include "lib/base/result.hpp"
#include "lib/base/time.hpp"
#include "lib/stellar/rpc/answers.hpp"

#include <nlohmann/json_fwd.hpp>

#include <functional>
#include <optional>

namespace passa::stellar::rpc {

// Thrown by Fields and caught by read_answer: the first field that is not as it must be.
struct Unreadable {
    std::string what;
};

class Fields {
public:
    explicit Fields(const nlohmann::json& json);
    [[nodiscard]] const nlohmann::json* find(const char* name) const; // null: it is not there, or null
    [[nodiscard]] std::string text(const char* name) const;           // empty: it is not there
    [[nodiscard]] std::string must_text(const char* name) const;
    [[nodiscard]] std::optional<std::int64_t> find_number(const char* name) const;
    [[nodiscard]] std::int64_t number(const char* name) const;
    [[nodiscard]] std::uint32_t u32(const char* name) const;
    [[nodiscard]] std::uint32_t u32_or_zero(const char* name) const;
    [[nodiscard]] std::optional<Instant> find_second(const char* name) const;
    [[nodiscard]] Instant second(const char* name) const;
    [[nodiscard]] bool flag(const char* name) const;
    [[nodiscard]] const nlohmann::json& list(const char* name) const; // empty: it is not there

private:
    const nlohmann::json& m_json;
};

inline constexpr std::size_t k_longest_server_words = 300;

std::vector<std::string> read_texts(const Fields& fields, const char* name);
std::string read_cursor(const Fields& fields); // text here, a number there
History read_history(const Fields& fields);    // two spellings of the times, by method

// The one way in: limits, JSON, JSON-RPC, then the method's own fields.
Result<Done> read_answer(std::string_view body, const std::function<void(const Fields&)>& read);

template <typename Read>
auto parse(std::string_view body, Read read) -> Result<decltype(read(std::declval<const Fields&>()))> {
    std::optional<decltype(read(std::declval<const Fields&>()))> value;
    const auto done = read_answer(body, [&](const Fields& fields) { value.emplace(read(fields)); });
    if (!done) return done.problems();
    return *std::move(value);
}

} // namespace passa::stellar::rpc
