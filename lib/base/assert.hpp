// PASSA_ASSERT: a claim about passa itself. Always on, in every build: a money program that no longer knows its own
// state must stop. Input, files and networks are answered with Problems, never with this.
#pragma once

namespace passa {
[[noreturn]] void assertion_failed(const char* claim, const char* file, int line) noexcept;
} // namespace passa

#define PASSA_ASSERT(claim) ((claim) ? static_cast<void>(0) : ::passa::assertion_failed(#claim, __FILE__, __LINE__))
