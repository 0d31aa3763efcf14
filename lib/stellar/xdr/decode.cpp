// XDR bytes to values, strictly and within limits. The path of a refusal is gathered while the recursion unwinds.
#include "lib/stellar/xdr/codec.hpp"
#include "lib/stellar/xdr/shape.hpp"

#include <algorithm>

namespace passa::stellar::xdr {
namespace {

class Decoder {
public:
    Decoder(ByteView bytes, const Limits& limits) : m_bytes(bytes), m_limits(limits) {}

    bool get(const Shape& shape, void* value) { // types nest, up to the depth limit
        if (++m_depth > m_limits.depth)
            return refuse("xdr.depth", fmt::format("nested deeper than {}", m_limits.depth));
        const bool got = get_form(shape, value);
        --m_depth;
        return got;
    }

    [[nodiscard]] std::size_t left() const { return m_bytes.size() - m_at; }
    bool refuse(std::string_view code, std::string why) {
        m_code = code;
        m_why = std::move(why);
        return false;
    }
    [[nodiscard]] Problem problem(std::string_view type) const {
        std::string path;
        for (auto part = m_path.rbegin(); part != m_path.rend(); ++part)
            path += part->starts_with('[') || path.empty() ? *part : "." + *part;
        Problem problem{Kind::invalid_input, std::string{m_code},
                        fmt::format("{}: {}{}{} at byte {}", type, path, path.empty() ? "" : ": ", m_why, m_at), ""};
        problem.facts = {{"type", std::string{type}}, {"path", path}, {"byte", fmt::format("{}", m_at)}};
        return problem;
    }

private:
    bool get_form(const Shape& shape, void* value) {
        switch (shape.form) {
        case Form::boolean: return get_bool(value);
        case Form::int32:
        case Form::uint32: return get_number<std::uint32_t>(value);
        case Form::int64:
        case Form::uint64: return get_number<std::uint64_t>(value);
        case Form::enumeration: return get_enum(shape, value);
        case Form::fixed_opaque: return get_fixed(shape, static_cast<std::uint8_t*>(value));
        case Form::opaque: return get_bytes(shape, *static_cast<Bytes*>(value));
        case Form::text: return get_bytes(shape, *static_cast<std::string*>(value));
        case Form::list: return get_list(shape, value);
        case Form::array: return get_items(shape, value, shape.limit);
        case Form::optional: return get_optional(shape, value);
        case Form::structure: return get_structure(shape, value);
        case Form::choice: return get_choice(shape, value);
        }
        return false;
    }

    bool take(std::size_t size, ByteView& taken) {
        if (left() < size) return refuse("xdr.short", fmt::format("{} bytes needed, {} left", size, left()));
        taken = m_bytes.subspan(m_at, size);
        m_at += size;
        return true;
    }
    template <typename T>
    bool get_number(void* value) {
        ByteView taken;
        if (!take(sizeof(T), taken)) return false;
        auto number = load_number<T>(taken.data());
        if constexpr (sizeof(T) == sizeof(std::uint32_t))
            number = __builtin_bswap32(number);
        else
            number = __builtin_bswap64(number);
        store_number(value, number);
        return true;
    }
    bool get_bool(void* value) {
        std::uint32_t number = 0;
        if (!get_number<std::uint32_t>(&number)) return false;
        if (number > 1) return refuse_back("xdr.bool", fmt::format("{} is neither false (0) nor true (1)", number));
        store_number(value, number == 1);
        return true;
    }
    bool get_enum(const Shape& shape, void* value) {
        std::int32_t number = 0;
        if (!get_number<std::uint32_t>(&number)) return false;
        if (shape.find_name(number) == nullptr)
            return refuse_back("xdr.enum", fmt::format("{} has no value {}", shape.name, number));
        store_number(value, number);
        return true;
    }
    bool get_padding(std::size_t size) {
        if (size % 4 == 0) return true;
        ByteView padding;
        if (!take((4 - size % 4) % 4, padding)) return false;
        if (std::any_of(padding.begin(), padding.end(), [](auto byte) { return byte != 0; }))
            return refuse("xdr.padding", "padding that is not zero");
        return true;
    }
    bool get_fixed(const Shape& shape, std::uint8_t* value) {
        ByteView taken;
        if (!take(shape.limit, taken)) return false;
        std::copy(taken.begin(), taken.end(), value);
        return get_padding(shape.limit);
    }
    bool get_length(const Shape& shape, std::uint32_t& size) {
        if (!get_number<std::uint32_t>(&size)) return false;
        if (size > shape.limit)
            return refuse_back("xdr.length", fmt::format("length {} where at most {} fits", size, shape.limit));
        return true;
    }
    template <typename Container>
    bool get_bytes(const Shape& shape, Container& value) {
        std::uint32_t size = 0;
        ByteView taken;
        if (!get_length(shape, size) || !take(size, taken)) return false;
        value.assign(taken.begin(), taken.end());
        return get_padding(size);
    }
    bool get_list(const Shape& shape, void* value) {
        std::uint32_t size = 0;
        if (!get_length(shape, size)) return false;
        if (size > left() / 4) // the smallest item takes four bytes
            return refuse_back("xdr.short", fmt::format("{} items announced, {} bytes left", size, left()));
        m_items += size;
        if (m_items > m_limits.items)
            return refuse_back("xdr.items", fmt::format("more than {} items", m_limits.items));
        shape.items.clear(value);
        shape.items.reserve(value, std::min<std::size_t>(size, k_trusted)); // what is announced need not come
        return get_items(shape, value, size);
    }
    bool get_items(const Shape& shape, void* value, std::size_t size) {
        for (std::size_t i = 0; i < size; ++i) {
            void* const item = shape.form == Form::array ? shape.items.at(value, i) : shape.items.append(value);
            if (!get(shape.item(), item)) return within(fmt::format("[{}]", i));
        }
        return true;
    }
    bool get_optional(const Shape& shape, void* value) {
        bool present = false;
        if (!get_bool(&present)) return false;
        shape.items.clear(value);
        return !present || get(shape.item(), shape.items.append(value));
    }
    bool get_structure(const Shape& shape, void* value) {
        std::int32_t tag = 0;
        if (shape.tag && !get_number<std::uint32_t>(&tag)) return false;
        if (shape.tag && tag != *shape.tag) return refuse_case(shape, tag);
        for (const auto& member : shape.members)
            if (!get(member.shape(), member.reach(value))) return within(std::string{member.name});
        return true;
    }
    bool get_choice(const Shape& shape, void* value) {
        std::int32_t type = 0;
        if (!get_number<std::uint32_t>(&type)) return false;
        const auto* const found = shape.find_case(type);
        if (found == nullptr) return refuse_case(shape, type);
        if (found->shape == nullptr) {
            shape.choice.select_void(value, type);
            return true;
        }
        return get(found->shape(), found->select(value)) || within(shape.case_name(type));
    }

    bool refuse_case(const Shape& shape, std::int32_t type) {
        return refuse_back("xdr.unsupported",
                           fmt::format("{} of kind {} is not known to this version", shape.name, type));
    }
    bool refuse_back(std::string_view code, std::string why) { // the fault is the number just read
        m_at -= 4;
        return refuse(code, std::move(why));
    }
    bool within(std::string part) {
        m_path.push_back(std::move(part));
        return false;
    }

    static constexpr std::size_t k_trusted = 16; // items

    ByteView m_bytes;
    const Limits& m_limits;
    std::size_t m_at = 0;
    std::size_t m_items = 0;
    int m_depth = 0;
    std::string_view m_code;
    std::string m_why;
    std::vector<std::string> m_path; // innermost first
};

} // namespace

Result<std::size_t> decode_front(const Shape& shape, void* value, ByteView bytes, const Limits& limits) {
    Decoder decoder{bytes, limits};
    const bool ok = bytes.size() <= limits.bytes ||
                    decoder.refuse("xdr.too_large", fmt::format("{} bytes, limit {}", bytes.size(), limits.bytes));
    if (!ok || !decoder.get(shape, value)) return decoder.problem(shape.name);
    return bytes.size() - decoder.left();
}

Result<Done> decode_value(const Shape& shape, void* value, ByteView bytes, const Limits& limits) {
    const auto taken = decode_front(shape, value, bytes, limits);
    if (!taken) return taken.problems();
    if (*taken == bytes.size()) return Done{};
    Decoder behind{bytes.subspan(*taken), limits};
    behind.refuse("xdr.trailing", fmt::format("{} bytes too many", bytes.size() - *taken));
    return behind.problem(shape.name);
}

} // namespace passa::stellar::xdr
