// The sweep as a test does it; season asks for the broken laws themselves.
#include "tests/support/db_test.hpp"

#include <catch2/catch.hpp>

namespace passa::test {

void FreshDatabase::sweep(OrganizerId organizer) { REQUIRE(broken_laws(organizer) == std::vector<std::string>{}); }

} // namespace passa::test
