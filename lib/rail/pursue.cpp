// One question after the other; which of the two it is follows from what was heard last.
#include "lib/rail/pursue.hpp"

#include "lib/base/fault.hpp"

#include <algorithm>

namespace passa::rail {
namespace {

constexpr Duration k_silence = std::chrono::seconds{2}; // before a rail that cannot be reached is asked again
constexpr Duration k_shortest_wait = std::chrono::milliseconds{200};
constexpr Duration k_longest_wait = std::chrono::seconds{10};

bool is_nothing(Standing standing) { return standing == Standing::absent || standing == Standing::failed; }

struct Question {
    bool by_sending = false;
    bool may_have_left = false; // some byte, at some time
};

Outcome ask(Courier& courier, const Followed& followed, const Follower& follower, const Question& question) {
    fault_point("rail.ask.before");
    if (question.by_sending) follower.require_live();
    try {
        auto outcome = question.by_sending ? courier.send(followed.attempt) : courier.find(followed.attempt);
        fault_point("rail.ask.after");
        return outcome;
    } catch (const Error& error) { // no way to the rail: of bytes that may have left before, that says nothing
        if (error.first().kind != Kind::unavailable || !question.may_have_left) throw;
        Outcome nothing_heard;
        nothing_heard.reason = error.first().message;
        nothing_heard.ask_again = k_silence;
        return nothing_heard;
    }
}

Outcome give_up(const Patience& patience, Outcome last) {
    last.standing = Standing::unknown;
    last.reason = patience.stop() ? "interrupted before it was final: " + last.reason
                                  : fmt::format("not final within {}: {}", to_text(patience.limit), last.reason);
    return last;
}

} // namespace

bool is_final(Standing standing) { return standing != Standing::accepted && standing != Standing::unknown; }

Outcome pursue(Courier& courier, Followed& followed, const Follower& follower) {
    const auto& attempt = followed.attempt;
    const auto& patience = follower.patience;
    const auto busy_with = in("following attempt {}", attempt.key);
    const auto until = follower.clock.now() + patience.limit;
    for (Question question{followed.is_fresh, !followed.is_fresh};; question.may_have_left = true) {
        auto outcome = ask(courier, followed, follower, question);
        const bool is_over = patience.stop() || follower.clock.now() >= until;
        if (outcome.evidence && outcome.evidence->kind == "refused") followed.refused = outcome.reason;
        if (is_nothing(outcome.standing) && !followed.seen_nothing.empty())
            outcome.reason += "; " + followed.seen_nothing;
        const bool is_last = is_final(outcome.standing) || is_over;
        if (!is_final(outcome.standing) && is_over) outcome = give_up(patience, std::move(outcome));
        follower.record(outcome, is_last);
        if (is_last) return outcome;
        patience.say(fmt::format("waiting for {} ({}), at most {}", attempt.key.substr(0, 16), outcome.reason,
                                 to_text(patience.limit)));
        patience.wait(std::clamp(outcome.ask_again, k_shortest_wait, k_longest_wait));
        follower.require_heard();
        // Sending the same bytes again is always safe, but what may have left is asked for by its key first.
        question.by_sending =
            !question.by_sending && outcome.standing == Standing::unknown && follower.clock.now() < attempt.valid_until;
    }
}

} // namespace passa::rail
