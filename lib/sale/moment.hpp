// Dates and times as exports write them. A moment keeps the text form that PostgreSQL reads: with an offset it is an
// instant, without one it is local time of a zone, and PostgreSQL turns it into an instant (this compiler has no
// zones).
#pragma once
#include "lib/sale/profile.hpp"

namespace passa::sale {

struct Moment {
    std::string text;                 // "2026-09-26 20:10:00" or "2026-09-26 17:10:00+00"
    const char* bad_reason = nullptr; // set: refused (code sale.time)
};

// `date` may hold the time as well; `time` is the second column, or empty.
//   2026-09-26 20:10[:05[.25]][Z|+03:00]   26/09/2026 20:10   09/26/26 8:10 PM   Sep 26, 2026 7:05 PM   26.09.2026
// All-digit dates that begin with the year are read as such whatever the order says.
Moment read_moment(std::string_view date, std::string_view time, DateOrder order);

} // namespace passa::sale
