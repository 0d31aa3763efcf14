// Random bytes, injected like the clock. SystemRandom asks the kernel; SeededRandom repeats itself, for tests only.
#pragma once
#include <cstdint>
#include <span>

namespace passa {

class Random {
public:
    virtual ~Random() = default;
    virtual void fill(std::span<std::uint8_t> out) = 0;
    std::uint64_t next_u64();
    std::uint64_t below(std::uint64_t bound); // uniform in [0, bound), bound > 0
};

class SystemRandom final : public Random {
public:
    void fill(std::span<std::uint8_t> out) override; // Error random.unavailable
};

// SplitMix64 (Steele, Lea and Flood 2014): good spread, not for keys.
class SeededRandom final : public Random {
public:
    explicit SeededRandom(std::uint64_t seed) : m_state(seed) {}
    void fill(std::span<std::uint8_t> out) override;

private:
    std::uint64_t m_state;
};

} // namespace passa
