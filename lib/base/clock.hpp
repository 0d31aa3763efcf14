// The only ways to learn the time or a random number. Both are injected, so that a test or a simulation owns them.
#pragma once
#include "lib/base/time.hpp"

namespace passa {

class Clock {
public:
    virtual ~Clock() = default;
    virtual Instant now() = 0;
};

class SystemClock final : public Clock {
public:
    Instant now() override;
};

// Never goes back, whatever is done to the machine's clock: good for how long, never for when.
class SteadyClock final : public Clock {
public:
    Instant now() override;
};

// Stands still until told: tests and PASSA_NOW.
class FixedClock final : public Clock {
public:
    explicit FixedClock(Instant at) : m_at(at) {}
    Instant now() override { return m_at; }
    void advance(Duration by) { m_at += by; }

private:
    Instant m_at;
};

} // namespace passa
