// Handing one letter to a mail server. An interface, so that tests can do without a socket.
#pragma once
#include "lib/base/secret.hpp"
#include "lib/http/guard.hpp"
#include "lib/http/poster.hpp"

#include <memory>
#include <string>
#include <vector>

namespace passa::http {

enum class Tls : std::uint8_t {
    starttls, // asked for in the clear, then all of it is hidden; a server that has none is refused
    implicit, // from the first byte
    none,     // to this machine only
};

struct Letter {
    std::string server; // host:port
    Tls tls = Tls::starttls;
    std::string username;             // empty: without logging in
    const Secret* password = nullptr; // never sent in the clear to another machine, whatever the server offers
    std::string from;                 // addresses alone, without names
    std::vector<std::string> to;
    std::string text;        // RFC 5322: headers, a blank line, the body; lines end in CR LF
    std::string authorities; // PEM; empty: those that this machine trusts
    Reach reach = Reach::internet;
    Limits limits = {};
};

struct Refusal {
    std::string reason;        // for people; nothing secret
    bool for_good = false;     // the server will say the same again (5yz)
    bool some_took_it = false; // the others of Letter::to have it
};

class Mailer {
public:
    virtual ~Mailer() = default;
    virtual std::optional<Refusal> send(const Letter& letter) = 0; // none: the server took it for all
};

std::unique_ptr<Mailer> make_curl_mailer();

bool is_mail_address(std::string_view text); // NAME@HOST: ASCII without quotes, blanks, commas and brackets
bool is_mail_server(std::string_view text);  // HOST:PORT, a name or an IPv4 address

} // namespace passa::http
