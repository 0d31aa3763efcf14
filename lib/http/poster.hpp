// Sending one document and reading one: all that passa needs of HTTP. An interface, so that tests can script a server
// without a socket.
#pragma once
#include "lib/base/secret.hpp"
#include "lib/http/guard.hpp"
#include "lib/http/reply.hpp"
#include "lib/http/url.hpp"

#include <memory>
#include <vector>

namespace passa::http {

struct SecretHeader {
    std::string host; // sent there and nowhere else
    std::string name;
    Secret value;
};

struct Limits {
    Duration connect = std::chrono::seconds{5};
    Duration total = std::chrono::seconds{30};
    Duration stall = std::chrono::seconds{15}; // less than 100 bytes a second for so long
    std::size_t answer_bytes = 8U << 20U;
};

struct Request {
    Url url;
    std::string body; // empty: a GET
    Limits limits = {};
    bool once = false; // on a connection of its own: libcurl asks again by itself when a kept one turns out dead
    std::string type = "application/json"; // of the body
    std::vector<std::string> headers = {}; // NAME: VALUE, nothing secret
    Reach reach = Reach::anywhere;         // other than anywhere only on connections of its own
};

class Poster {
public:
    virtual ~Poster() = default;
    virtual Reply post(const Request& request) = 0;
};

// Over libcurl, hardened: no redirects, no proxy from the environment, no cookies, no .netrc, TLS 1.2 or newer with
// the system's certificates. One connection is kept open; not for several threads at once.
std::unique_ptr<Poster> make_curl_poster(std::vector<SecretHeader> headers = {});

} // namespace passa::http
