// A notice as a letter: RFC 5322, in UTF-8 (MIME), one recipient list, nothing that a mail server might change.
#pragma once
#include "lib/notify/channel.hpp"
#include "lib/notify/message.hpp"

namespace passa::notify {

std::string letter_text(const Notice& notice, const Message& message, const Channel& channel);

} // namespace passa::notify
