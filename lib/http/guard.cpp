// Blocks of addresses by number: the registries of special-purpose addresses (RFC 6890), IPv4 as a list of what is not
// global, IPv6 as what is.
#include "lib/http/guard.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <cstring>

namespace passa::http {
namespace {

constexpr std::uint16_t k_https = 443;
constexpr std::uint16_t k_first_free_port = 1024;

struct Block {
    std::uint32_t from;
    int bits;
};

constexpr Block k_not_global[] = {
    {0x00000000, 8},  // this network
    {0x0a000000, 8},  // private
    {0x64400000, 10}, // shared by a carrier's customers
    {0x7f000000, 8},  // this machine
    {0xa9fe0000, 16}, // link-local, and what clouds tell their machines
    {0xac100000, 12}, // private
    {0xc0000000, 24}, // protocol assignments
    {0xc0000200, 24}, // documentation
    {0xc0a80000, 16}, // private
    {0xc6120000, 15}, // benchmarks
    {0xc6336400, 24}, // documentation
    {0xcb007100, 24}, // documentation
    {0xe0000000, 4},  // multicast
    {0xf0000000, 4},  // reserved, broadcast
};

bool is_global(std::uint32_t four) {
    return std::none_of(std::begin(k_not_global), std::end(k_not_global),
                        [&](const Block& block) { return (four ^ block.from) >> (32 - block.bits) == 0; });
}

using Six = std::array<std::uint8_t, 16>;

bool is_mapped(const Six& six) { // ::ffff:a.b.c.d
    return std::all_of(six.begin(), six.begin() + 10, [](auto byte) { return byte == 0; }) && six[10] == 0xff &&
           six[11] == 0xff;
}

std::uint32_t four_at(const Six& six, std::size_t at) {
    return static_cast<std::uint32_t>(six[at]) << 24U | static_cast<std::uint32_t>(six[at + 1]) << 16U |
           static_cast<std::uint32_t>(six[at + 2]) << 8U | six[at + 3];
}

// Global unicast but documentation (2001:db8), Teredo (2001:0) and 6to4 (2002), which carry an IPv4 address along.
bool is_global(const Six& six) {
    if (is_mapped(six)) return is_global(four_at(six, 12));
    if ((six[0] & 0xe0U) != 0x20) return false;
    const auto first = four_at(six, 0);
    return first != 0x20010000 && first != 0x20010db8 && first >> 16U != 0x2002;
}

struct Place {
    bool global = false;
    bool loopback = false;
    std::uint16_t port = 0;
};

Place place_of(const sockaddr& address) {
    if (address.sa_family == AF_INET) {
        sockaddr_in in{};
        std::memcpy(&in, &address, sizeof in);
        const auto four = ntohl(in.sin_addr.s_addr);
        return {is_global(four), four >> 24U == 127, ntohs(in.sin_port)};
    }
    if (address.sa_family != AF_INET6) return {};
    sockaddr_in6 in{};
    std::memcpy(&in, &address, sizeof in);
    Six six{};
    std::copy(std::begin(in.sin6_addr.s6_addr), std::end(in.sin6_addr.s6_addr), six.begin());
    const bool loopback = is_mapped(six) ? six[12] == 127 : IN6_IS_ADDR_LOOPBACK(&in.sin6_addr);
    return {is_global(six), loopback, ntohs(in.sin6_port)};
}

} // namespace

bool may_reach(Reach reach, const sockaddr& address) {
    const auto place = place_of(address);
    switch (reach) {
    case Reach::anywhere: return true;
    case Reach::internet: return place.global && (place.port == k_https || place.port >= k_first_free_port);
    case Reach::mail_servers:
        return place.global &&
               (place.port == 25 || place.port == 465 || place.port == 587 || place.port >= k_first_free_port);
    case Reach::this_machine: return place.loopback;
    }
    return false;
}

std::string_view why_not(Reach reach) {
    return reach == Reach::this_machine ? "its name leads to another machine, and nothing hides what would be sent"
                                        : "its name leads to a private address or a port of another service";
}

} // namespace passa::http
