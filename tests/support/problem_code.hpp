// The code of the Error that a piece of code throws; "" when it throws none.
#pragma once
#include "lib/base/error.hpp"

#include <string>

namespace passa::test {

template <typename F>
std::string problem_code(F&& fn) {
    try {
        fn();
    } catch (const Error& error) {
        return error.first().code;
    }
    return {};
}

} // namespace passa::test
