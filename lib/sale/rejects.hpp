// Refused rows, as they came, with line, column, code and reason behind them: mend the row, import the file again. The
// four columns are passed over by every profile, and told anew when a mended row is refused again.
#pragma once
#include "lib/sale/check.hpp"

namespace passa::sale {

// One file per input that has refused rows: `wanted` itself for a single input, else with the input's name in it.
// Written beside its place and renamed when complete. Error sale.rejects_unwritable.
std::vector<std::filesystem::path> write_rejects(const Desk& desk, std::span<const Input> inputs,
                                                 const std::filesystem::path& wanted);

// Before anything is read: the files above must not take the place of an input, or of a file that is something else.
// Errors sale.rejects_place.
void require_rejects_place(std::span<const Input> inputs, const std::filesystem::path& wanted);

} // namespace passa::sale
