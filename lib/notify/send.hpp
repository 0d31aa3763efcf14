// One try of one notice over its channel. What goes wrong is an answer, never an exception: it is kept beside the
// notice.
#pragma once
#include "lib/notify/channel.hpp"
#include "lib/notify/outbox.hpp"

#include <filesystem>

namespace passa::notify {

// What sending needs of the outside.
struct Post {
    http::Poster& poster;
    http::Mailer& mailer;
    std::vector<std::filesystem::path> credential_folders;
};

struct Failure {
    std::string reason;                // for people; nothing secret
    bool for_good = false;             // it will not pass by itself
    std::optional<Duration> wait = {}; // at least so long, as the receiver asks
    bool some_took_it = false;         // some recipients have it; the reason says who has not
};

std::optional<Failure> send(const Post& post, const Channel& channel, const Notice& notice, Instant now); // none: taken

} // namespace passa::notify
