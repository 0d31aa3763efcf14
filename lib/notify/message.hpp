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

} // namespace passa::notify
