// Named points at which a test makes the process fail: PASSA_FAULT=point:n:kill|abort|throw|delay|stop acts when the
// point is passed for the n-th time (from 1); stopped, the process stands still until SIGCONT. PASSA_FAULT_LOG=FILE
// writes down every point that is passed, so that a test can try them all without a list of its own. Builds without
// PASSA_FAULTS, so every release, hold nothing of this.
#pragma once
#include <functional>
#include <string_view>

namespace passa {

#ifdef PASSA_FAULTS
void fault_point(std::string_view name); // "sale.import.block"; error fault.injected with `throw`
// In this process, once: does `act` at the n-th point from now on (from 1), whichever it is. None: nothing any more.
void plan_fault(int nth, std::function<void(std::string_view point)> act);
int points_passed();                                   // by this thread so far
[[noreturn]] void throw_fault(std::string_view point); // error fault.injected
#else
inline void fault_point(std::string_view) {}
#endif

} // namespace passa
