// A payment file without a file: its lines, and a hash that a test chooses.
#pragma once
#include "lib/payout/create.hpp"

namespace passa::test {

struct PaymentList {
    Hash256 sha256{};
    std::vector<payout::FileLine> lines = {};
    std::string path = {};

    operator payout::PaymentFile() const { // NOLINT(google-explicit-constructor): a test says what it means
        return {path, [list = *this](const std::function<void(const payout::FileLine&)>& take) {
                    for (const auto& line : list.lines) take(line);
                    return payout::FileFacts{list.sha256, {}};
                }};
    }
};

} // namespace passa::test
