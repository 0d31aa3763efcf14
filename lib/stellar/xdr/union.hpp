// XDR's discriminated union: a switch value and the arm that belongs to it. The two cannot disagree.
//
//   Memo memo{as<MemoType::text>, "rent"};       Memo none{MemoType::none};
//   if (const auto* text = memo.find<MemoType::text>()) ...
#pragma once
#include "lib/base/assert.hpp"
#include "lib/stellar/xdr/describe.hpp"

#include <array>
#include <type_traits>
#include <variant>

namespace passa::stellar::xdr {

template <auto Case, typename T>
struct Arm {
    static constexpr auto k_case = Case;
    using Value = T;
};
template <auto... Cases>
struct Void {};     // these cases carry nothing
struct VoidRest {}; // every named case without an arm carries nothing (result codes)

template <auto Case>
struct As {};
template <auto Case>
inline constexpr As<Case> as{};

template <typename Switch, typename Voids, typename... Arms>
class Union {
public:
    using SwitchType = Switch;
    using VoidCases = Voids;
    using ArmCases = Void<Arms::k_case...>;

    Union() = default;
    Union(Switch void_case) : m_type(void_case) { PASSA_ASSERT(is_void(void_case)); }
    template <auto Case, typename... Args>
    explicit Union(As<Case>, Args&&... args)
        : m_type(Case), m_value(std::in_place_index<index_of(Case)>, std::forward<Args>(args)...) {}

    [[nodiscard]] Switch type() const { return m_type; }
    template <auto Case>
    [[nodiscard]] const auto* find() const { // null when another case is set
        return std::get_if<index_of(Case)>(&m_value);
    }
    template <auto Case>
    [[nodiscard]] auto* find() {
        return std::get_if<index_of(Case)>(&m_value);
    }
    template <auto Case>
    [[nodiscard]] const auto& get() const {
        PASSA_ASSERT(m_type == Case);
        return *find<Case>();
    }
    template <auto Case>
    [[nodiscard]] auto& get() {
        PASSA_ASSERT(m_type == Case);
        return *find<Case>();
    }

    friend bool operator==(const Union&, const Union&) = default;

    // For the codec, which knows cases by their number. The arm's place, or null for a void case.
    template <typename Visit>
    auto visit_arm(Visit&& visit) {
        return std::visit(std::forward<Visit>(visit), m_value);
    }
    template <typename Visit>
    auto visit_arm(Visit&& visit) const {
        return std::visit(std::forward<Visit>(visit), m_value);
    }
    void select_void(std::int32_t type) {
        m_type = Switch{type};
        m_value.template emplace<0>();
    }
    template <auto Case>
    auto& select() {
        m_type = Case;
        return m_value.template emplace<index_of(Case)>();
    }

    static constexpr bool is_void(Switch type) { return listed(type, Voids{}); }
    static constexpr std::size_t index_of(Switch type) { // 0 is no arm
        const std::array<Switch, sizeof...(Arms)> cases{Arms::k_case...};
        for (std::size_t i = 0; i < cases.size(); ++i)
            if (cases[i] == type) return i + 1;
        return 0;
    }
    template <auto Case>
    using ArmType = std::variant_alternative_t<index_of(Case), std::variant<std::monostate, typename Arms::Value...>>;

private:
    using Value = std::variant<std::monostate, typename Arms::Value...>;
    template <auto... Cases>
    static constexpr bool listed(Switch type, Void<Cases...>) {
        return ((type == Cases) || ...);
    }
    static constexpr bool listed(Switch type, VoidRest) { return index_of(type) == 0; }
    static constexpr Switch first_case() {
        if constexpr (std::is_same_v<Voids, VoidRest>)
            return first_unused();
        else
            return first_listed(Voids{});
    }
    static constexpr Switch first_unused() { // result codes are 0 or negative; the arm is mostly the success
        int type = 0;
        while (index_of(Switch{type}) != 0) --type;
        return Switch{type};
    }
    template <auto... Cases>
    static constexpr Switch first_listed(Void<Cases...>) {
        if constexpr (sizeof...(Cases) > 0)
            return std::array<Switch, sizeof...(Cases)>{Cases...}[0];
        else
            return std::array<Switch, sizeof...(Arms)>{Arms::k_case...}[0];
    }

    static Value first_value() {
        if constexpr (index_of(first_case()) == 0)
            return Value{};
        else
            return Value{std::in_place_index<index_of(first_case())>};
    }

    Switch m_type = first_case();
    Value m_value = first_value();
};

} // namespace passa::stellar::xdr
