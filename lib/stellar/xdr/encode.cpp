// Values to XDR bytes: big-endian, four-byte units, zero padding.
#include "lib/stellar/xdr/codec.hpp"
#include "lib/stellar/xdr/shape.hpp"

namespace passa::stellar::xdr {
namespace {

class Encoder {
public:
    explicit Encoder(Bytes& out) : m_out(out), m_size(out.size()) {}

    void finish() { m_out.resize(m_size); }

    void put(const Shape& shape, const void* value) { // types nest
        switch (shape.form) {
        case Form::boolean: return put_u32(load_number<bool>(value) ? 1 : 0);
        case Form::int32:
        case Form::uint32:
        case Form::enumeration: return put_u32(load_number<std::uint32_t>(value));
        case Form::int64:
        case Form::uint64: return put_u64(load_number<std::uint64_t>(value));
        case Form::fixed_opaque: return put_padded({static_cast<const std::uint8_t*>(value), shape.limit});
        case Form::opaque: return put_sized(shape, *static_cast<const Bytes*>(value));
        case Form::text: return put_sized(shape, as_bytes(*static_cast<const std::string*>(value)));
        case Form::list:
        case Form::array:
        case Form::optional: return put_items(shape, value);
        case Form::structure: return put_structure(shape, value);
        case Form::choice: return put_choice(shape, value);
        }
    }

private:
    std::uint8_t* take(std::size_t size) {
        if (m_out.size() - m_size < size) m_out.resize(2 * m_size + size + k_first_room);
        auto* const place = m_out.data() + m_size;
        m_size += size;
        return place;
    }
    void put_u32(std::uint32_t number) {
        number = __builtin_bswap32(number);
        std::memcpy(take(sizeof number), &number, sizeof number);
    }
    void put_u64(std::uint64_t number) {
        number = __builtin_bswap64(number);
        std::memcpy(take(sizeof number), &number, sizeof number);
    }
    void put_padded(ByteView bytes) {
        const auto padded = (bytes.size() + 3) / 4 * 4;
        auto* const place = take(padded);
        if (!bytes.empty()) std::memcpy(place, bytes.data(), bytes.size());
        std::memset(place + bytes.size(), 0, padded - bytes.size());
    }
    void check_length(const Shape& shape, std::size_t size) const {
        if (size > shape.limit)
            throw Error{Problem{Kind::invalid_input, "xdr.length",
                                fmt::format("a value of length {} where at most {} fits", size, shape.limit), ""}};
    }
    void put_sized(const Shape& shape, ByteView bytes) {
        check_length(shape, bytes.size());
        put_u32(static_cast<std::uint32_t>(bytes.size()));
        put_padded(bytes);
    }
    void put_items(const Shape& shape, const void* value) {
        const auto size = shape.items.size(value);
        check_length(shape, size);
        if (shape.form != Form::array) put_u32(static_cast<std::uint32_t>(size)); // an optional is a list of 0 or 1
        for (std::size_t i = 0; i < size; ++i) put(shape.item(), shape.items.at(const_cast<void*>(value), i));
    }
    void put_structure(const Shape& shape, const void* value) {
        if (shape.tag) put_u32(static_cast<std::uint32_t>(*shape.tag));
        for (const auto& member : shape.members) put(member.shape(), member.reach(const_cast<void*>(value)));
    }
    void put_choice(const Shape& shape, const void* value) {
        const auto type = shape.choice.type(value);
        put_u32(static_cast<std::uint32_t>(type));
        if (void* const arm = shape.choice.arm(const_cast<void*>(value))) put(shape.find_case(type)->shape(), arm);
    }

    static constexpr std::size_t k_first_room = 256; // bytes; most values of ours fit

    Bytes& m_out; // longer than what is written, until the end
    std::size_t m_size;
};

} // namespace

void encode_value(const Shape& shape, const void* value, Bytes& out) {
    Encoder encoder{out};
    encoder.put(shape, value);
    encoder.finish();
}

} // namespace passa::stellar::xdr
