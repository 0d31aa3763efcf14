// Result<T>: a value, or the problems that kept it from being one. For parsing, lookup and validation, where failure is
// an ordinary answer and all problems are collected, not only the first. value_or_throw() is the one bridge to
// exceptions.
#pragma once
#include "lib/base/assert.hpp"
#include "lib/base/error.hpp"

#include <type_traits>
#include <utility>
#include <variant>

namespace passa {

template <typename T>
class [[nodiscard]] Result {
public:
    Result(T value) : m_state(std::in_place_index<0>, std::move(value)) {}
    Result(Problem problem) : m_state(std::in_place_index<1>, Problems{std::move(problem)}) {}
    Result(Problems problems) : m_state(std::in_place_index<1>, std::move(problems)) {
        PASSA_ASSERT(!std::get<1>(m_state).empty());
    }

    [[nodiscard]] bool ok() const noexcept { return m_state.index() == 0; }
    explicit operator bool() const noexcept { return ok(); }

    // The value; asking a failed result is a defect, so check first or use value_or_throw.
    [[nodiscard]] const T& value() const& { return checked(), std::get<0>(m_state); }
    [[nodiscard]] T& value() & { return checked(), std::get<0>(m_state); }
    [[nodiscard]] T value() && { return checked(), std::get<0>(std::move(m_state)); } // by value: safe in a range-for
    const T& operator*() const& { return value(); }
    const T* operator->() const { return &value(); }

    [[nodiscard]] T value_or(T other) const& { return ok() ? std::get<0>(m_state) : std::move(other); } // NOLINT
    T value_or_throw() && {
        if (!ok()) throw Error{std::get<1>(std::move(m_state))};
        return std::get<0>(std::move(m_state));
    }

    [[nodiscard]] const Problems& problems() const& {
        PASSA_ASSERT(!ok());
        return std::get<1>(m_state);
    }
    [[nodiscard]] const Problem& problem() const& { return problems().front(); }

    template <typename F>
    auto map(F f) && -> Result<std::invoke_result_t<F, T>> {
        if (!ok()) return std::get<1>(std::move(m_state));
        return f(std::get<0>(std::move(m_state)));
    }

private:
    void checked() const { PASSA_ASSERT(ok()); }
    std::variant<T, Problems> m_state;
};

struct Done {}; // Result<Done>: nothing to return but success

} // namespace passa
