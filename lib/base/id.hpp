// Id<Tag>: 128 bits, made by the client and stored before any I/O. 48 bits of milliseconds, then 80 random bits, so ids
// sort by time; within one process they strictly increase. Text is the tag's prefix, an underscore and 26 Crockford
// base32 characters (`pay_01h455vb4pex5vsknk084sn02q`); in the database a uuid. Ids of different tags do not mix.
#pragma once
#include "lib/base/bytes.hpp"
#include "lib/base/clock.hpp"
#include "lib/base/random.hpp"

#include <compare>
#include <mutex>

namespace passa {

using IdBytes = FixedBytes<16>;

namespace id_text {
std::string encode(std::string_view prefix, const IdBytes& bytes);
Result<IdBytes> decode(std::string_view prefix, std::string_view text); // error id.text
std::string uuid(const IdBytes& bytes);
Result<IdBytes> parse_uuid(std::string_view text); // error id.uuid
} // namespace id_text

// Tag: struct PayoutTag { static constexpr std::string_view prefix = "pay"; };
template <typename Tag>
class Id {
public:
    Id() = default; // the nil id: stands for "none yet", never stored
    explicit Id(const IdBytes& bytes) : m_bytes(bytes) {}
    static Result<Id> parse(std::string_view text) {
        return id_text::decode(Tag::prefix, text).map([](const IdBytes& bytes) { return Id{bytes}; });
    }
    static Id from_uuid(std::string_view text) { return Id{id_text::parse_uuid(text).value_or_throw()}; }

    [[nodiscard]] const IdBytes& bytes() const { return m_bytes; }
    [[nodiscard]] std::string text() const { return id_text::encode(Tag::prefix, m_bytes); }
    [[nodiscard]] std::string uuid() const { return id_text::uuid(m_bytes); }
    [[nodiscard]] bool is_nil() const { return m_bytes == IdBytes{}; }
    friend auto operator<=>(const Id&, const Id&) = default;

private:
    IdBytes m_bytes{};
};

// Makes ids; one per process, safe to share between threads.
class IdSource {
public:
    IdSource(Clock& clock, Random& random) : m_clock(clock), m_random(random) {}
    IdBytes next();
    template <typename Tag>
    Id<Tag> make() {
        return Id<Tag>{next()};
    }

private:
    std::mutex m_mutex;
    Clock& m_clock;
    Random& m_random;
    IdBytes m_last{};
};

} // namespace passa

template <typename Tag>
struct fmt::formatter<passa::Id<Tag>> : fmt::formatter<std::string> {
    auto format(const passa::Id<Tag>& id, fmt::format_context& ctx) const {
        return fmt::formatter<std::string>::format(id.text(), ctx);
    }
};
