// The guard as libcurl asks it, for every address that it is about to try. Inside this module only.
#pragma once
#include "lib/http/guard.hpp"

#include <curl/curl.h>

namespace passa::http {

struct SocketDoor {
    Reach reach = Reach::anywhere;
    bool refused = false;

    static curl_socket_t open(void* user, curlsocktype, curl_sockaddr* address) noexcept;
};

} // namespace passa::http
