// A small process beside this one that outlives it, however it ends: out of its terminal and session, without its files
// and its locks, which would seem to be held on.
#pragma once
#include <functional>

namespace passa {

// Does `work` there and ends. Of our files it has `keep` alone, if any, with the lock on it. False when there can be no
// further process.
bool run_detached(const std::function<void()>& work, int keep = -1);

} // namespace passa
