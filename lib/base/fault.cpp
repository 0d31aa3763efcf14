// Counts how often each point was passed, and fails at the one that was asked for.
#include "lib/base/fault.hpp"

#ifdef PASSA_FAULTS
#include "lib/base/error.hpp"
#include "lib/base/text.hpp"

#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <map>
#include <mutex>
#include <optional>
#include <thread>
#include <unistd.h>

namespace passa {
namespace {

struct Wish {
    std::string point;
    int at = 1;
    std::string act;
};

Wish parse_wish(std::string_view text) {
    const auto parts = split_at(text, ':');
    Wish wish;
    const auto number = parts.size() == 3 ? parts[1] : std::string_view{};
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), wish.at);
    if (parts.size() != 3 || error != std::errc{} || end != number.data() + number.size())
        throw Error{{Kind::configuration, "fault.text", "PASSA_FAULT must be point:n:kill|abort|throw|delay|stop", ""}};
    wish.point = parts[0];
    wish.act = parts[2];
    return wish;
}

void act(const Wish& wish) {
    if (wish.act == "kill") kill(getpid(), SIGKILL);
    if (wish.act == "abort") std::abort();
    if (wish.act == "stop") return static_cast<void>(raise(SIGSTOP)); // until somebody sends SIGCONT
    if (wish.act == "delay") return std::this_thread::sleep_for(std::chrono::seconds{1});
    throw_fault(wish.point);
}

thread_local int g_passed = 0;

struct Plan {
    int left = 0; // points until it is done
    std::function<void(std::string_view)> act;
};

Plan& plan() {
    static Plan one; // of the thread that tests work in
    return one;
}

void follow_plan(std::string_view name) {
    if (plan().left == 0 || --plan().left > 0) return;
    const auto act = std::exchange(plan().act, nullptr); // it may plan another
    act(name);
}

} // namespace

void throw_fault(std::string_view point) {
    throw Error{{Kind::failed, "fault.injected", fmt::format("the fault {} was asked for", point), ""}};
}

int points_passed() { return g_passed; }

void plan_fault(int nth, std::function<void(std::string_view)> act) {
    plan() = act ? Plan{nth, std::move(act)} : Plan{};
}

void fault_point(std::string_view name) {
    ++g_passed;
    follow_plan(name);
    if (const char* log = std::getenv("PASSA_FAULT_LOG")) std::ofstream{log, std::ios::app} << name << '\n';
    const char* text = std::getenv("PASSA_FAULT");
    if (text == nullptr || *text == '\0') return;
    static std::mutex mutex;
    static std::map<std::string, int, std::less<>> passed;
    const auto wish = parse_wish(text);
    if (wish.point != name) return;
    {
        const std::lock_guard lock{mutex};
        if (++passed[wish.point] != wish.at) return;
    }
    act(wish);
}

} // namespace passa
#endif
