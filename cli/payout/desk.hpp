// Who works on payouts, for whom: put together in one place for every payout command.
#pragma once
#include "cli/context.hpp"
#include "cli/environment.hpp"
#include "lib/payout/payout.hpp"

namespace passa::cli {

inline payout::Desk make_desk(Context& ctx) {
    return {
        ctx.db(), ctx.organizer(), ctx.ids(), ctx.clock(), ctx.actor(), system_user(), [&ctx](std::string_view what) {
            ctx.note(what);
        }};
}

} // namespace passa::cli
