// Where a connection may lead, decided on the resolved address just before it is opened: a check of the name would miss
// 2130706433, 0x7f.1 and names that change between two looks (SSRF).
#pragma once
#include <cstdint>
#include <string_view>

struct sockaddr;

namespace passa::http {

// The internet is what RFC 6890 calls global, on 443 or a port that needs no privilege; its mail servers, on 25, 465,
// 587 or such a port.
enum class Reach : std::uint8_t { anywhere, internet, mail_servers, this_machine };

bool may_reach(Reach reach, const sockaddr& address);
std::string_view why_not(Reach reach); // for people

} // namespace passa::http
