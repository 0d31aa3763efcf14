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

} // namespace passa::notify
