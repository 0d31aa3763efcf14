// A declared job says itself what it is about.
#include "cli/job/wish.hpp"

#include "cli/job/due.hpp"
#include "lib/base/text.hpp"

namespace passa::cli {

std::optional<std::string> scope_of(const jobs::JobKind& kind, const JobWish& wish) {
    const auto given = [&](const char* word, const std::optional<std::string>& name) {
        if (name && kind.scope != word)
            throw Error{{Kind::usage, "job.scope", fmt::format("the job {} has no --{}", kind.name, word),
                         kind.scope.empty() ? std::string{"leave it out"} : fmt::format("it takes --{}", kind.scope)}};
        return name;
    };
    const auto event = given("event", wish.event);
    const auto treasury = given("treasury", wish.treasury);
    return event ? event : treasury;
}

NamedJob named_job(Context& ctx, const JobWish& wish) {
    if (const auto* kind = jobs::find_kind(wish.job))
        return {std::string{kind->name}, scope_of(*kind, wish).value_or("")};
    const auto declared = get_declared(ctx, wish.job);
    if (wish.event || wish.treasury)
        throw Error{{Kind::usage, "job.declared", fmt::format("{} says itself what it is about", declared.name),
                     "leave --event and --treasury out"}};
    return {declared.job, declared.scope};
}

std::string reason_of(const std::string& text) {
    const auto reason = printable(trim(text), runner::k_longest_error);
    if (reason.empty()) throw Error{{Kind::usage, "job.no_reason", "a reason is missing", "say why: --reason TEXT"}};
    return reason;
}

} // namespace passa::cli
