// How an XDR type is described, once: a struct lists its fields, an enum its names, a union its arms (union.hpp).
// Everything else (encode, decode, SEP-51 JSON both ways, random values) is read from that description through a Shape.
//
//   enum     PASSA_XDR_ENUM(MemoType, "MEMO_", none = 0, text = 1, id = 2, hash = 3, return_ = 4);
//   struct   struct TimeBounds { std::uint64_t min_time{}; std::uint64_t max_time{};
//                                PASSA_XDR(TimeBounds, min_time, max_time) };
//   union    struct Memo : Union<MemoType, Void<MemoType::none>, Arm<MemoType::text, Text<28>>, ...> {
//                PASSA_XDR_UNION(Memo) };
//
// Names are the JSON names of SEP-51, with an underscore behind a C++ keyword; types are named as in the .x files, with
// acronyms written as words (SCVal is ScVal). Each described type is listed once more, by name, in a shapes_*.cpp.
#pragma once
#include <cstdint>
#include <string_view>

namespace passa::stellar::xdr {

struct Shape; // shape.hpp

struct EnumText {
    std::string_view prefix;      // of the .x names: "MEMO_"
    std::string_view enumerators; // "none = 0, text = 1": as written in the enum
};

} // namespace passa::stellar::xdr

// Applies `macro` to each further argument (up to 256).
#define PASSA_XDR_PARENS ()
#define PASSA_XDR_RESCAN(...) PASSA_XDR_RESCAN4(PASSA_XDR_RESCAN4(PASSA_XDR_RESCAN4(PASSA_XDR_RESCAN4(__VA_ARGS__))))
#define PASSA_XDR_RESCAN4(...) PASSA_XDR_RESCAN3(PASSA_XDR_RESCAN3(PASSA_XDR_RESCAN3(PASSA_XDR_RESCAN3(__VA_ARGS__))))
#define PASSA_XDR_RESCAN3(...) PASSA_XDR_RESCAN2(PASSA_XDR_RESCAN2(PASSA_XDR_RESCAN2(PASSA_XDR_RESCAN2(__VA_ARGS__))))
#define PASSA_XDR_RESCAN2(...) PASSA_XDR_RESCAN1(PASSA_XDR_RESCAN1(PASSA_XDR_RESCAN1(PASSA_XDR_RESCAN1(__VA_ARGS__))))
#define PASSA_XDR_RESCAN1(...) __VA_ARGS__
#define PASSA_XDR_EACH(macro, ...) __VA_OPT__(PASSA_XDR_RESCAN(PASSA_XDR_NEXT(macro, __VA_ARGS__)))
#define PASSA_XDR_NEXT(macro, first, ...) macro(first) __VA_OPT__(PASSA_XDR_AGAIN PASSA_XDR_PARENS(macro, __VA_ARGS__))
#define PASSA_XDR_AGAIN() PASSA_XDR_NEXT

#define PASSA_XDR_FIELD(name) visit.template operator()<&Described::name>(#name);

#define PASSA_XDR(Type, ...)                                                                                           \
    template <typename Visit>                                                                                          \
    static void each_field([[maybe_unused]] Visit&& visit) {                                                           \
        using Described = Type;                                                                                        \
        PASSA_XDR_EACH(PASSA_XDR_FIELD, __VA_ARGS__)                                                                   \
    }                                                                                                                  \
    friend bool operator==(const Type&, const Type&) = default;                                                        \
    friend const Shape& shape_of(const Type*);

#define PASSA_XDR_UNION(Type)                                                                                          \
    using Union::Union;                                                                                                \
    friend const Shape& shape_of(const Type*);

#define PASSA_XDR_ENUM(Type, x_prefix, ...)                                                                            \
    enum class Type : std::int32_t { __VA_ARGS__ };                                                                    \
    constexpr EnumText enum_text(const Type*) { return {x_prefix, #__VA_ARGS__}; }                                     \
    const Shape& shape_of(const Type*)
