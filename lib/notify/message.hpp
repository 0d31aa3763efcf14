// The words of a notice: for people in their language from templates/notices, for machines as JSON.
#pragma once
#include "lib/notify/outbox.hpp"

namespace passa::notify {

struct Message {
    std::string subject;
    std::string text;
};

Message message_of(const Notice& notice, const std::string& language);

// {"type","id","timestamp","organizer","data":{...}}: the same bytes at every try, whenever it is tried.
std::string json_of(const Notice& notice);

// The same for the beginning of a run and its end, so that whoever hears of both can tell how long it took; of what is
// no run, the notice's own.
std::string pairing_uuid(const Notice& notice);

// Of a run that ended: 0 to 255, and 0 only where it ended well. None of anything else.
std::optional<int> exit_status_of(const Notice& notice);

} // namespace passa::notify
