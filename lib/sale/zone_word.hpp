// Zones as exports write them beside a time: abbreviations and names.
#pragma once
#include "lib/sale/profile.hpp"

namespace passa::sale {

// "-07:00" of PDT. What several countries use for different times (IST) has none: a profile says it under zones.
std::optional<std::string> offset_of_zone(std::string_view word, const Profile& profile);

// "America/New_York": looks like a name of the time zone database; whether it is one, the database knows.
bool is_zone_name(std::string_view word);

} // namespace passa::sale
