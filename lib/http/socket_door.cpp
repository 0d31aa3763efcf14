// Runs inside C code, so it never throws.
#include "lib/http/socket_door.hpp"

#include <sys/socket.h>

namespace passa::http {

curl_socket_t SocketDoor::open(void* user, curlsocktype, curl_sockaddr* address) noexcept {
    auto& door = *static_cast<SocketDoor*>(user);
    if (!may_reach(door.reach, address->addr)) {
        door.refused = true;
        return CURL_SOCKET_BAD;
    }
    return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

} // namespace passa::http
