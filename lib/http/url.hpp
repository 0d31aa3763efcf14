// Where passa may send: https anywhere, http to this machine only. A URL carries no password: a header does, from a
// file.
#pragma once
#include "lib/base/result.hpp"

#include <string>
#include <string_view>

namespace passa::http {

struct Url {
    std::string text;   // normalised
    std::string host;   // lower case, as in the certificate
    std::string origin; // "https://rpc.example.org:8443": all that messages show; paths may hold a provider's key
    bool plain = false; // http, to a loopback address
};

// Errors http.url (not a URL, another scheme, user info), http.plain (http to another machine).
Result<Url> parse_url(std::string_view text);

bool is_loopback(std::string_view address); // a numeric one
} // namespace passa::http
