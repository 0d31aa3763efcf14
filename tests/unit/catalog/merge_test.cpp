// The laws of the three-way merge, each on the smallest spec that shows it.
#include "lib/catalog/kinds.hpp"
#include "lib/catalog/merge.hpp"

#include <catch2/catch.hpp>

namespace passa::catalog {
namespace {

Merged of_event(const Specs& specs, bool overwrite = false) {
    return merge(find_kind("Event")->spec, specs, overwrite);
}

std::vector<std::string> paths(const std::vector<FieldDifference>& differences) {
    std::vector<std::string> out;
    for (const auto& d : differences) out.push_back(d.path);
    return out;
}

using Paths = std::vector<std::string>;

} // namespace

TEST_CASE("where nothing else changed the object, the file decides: values, additions and removals", "[unit]") {
    const std::string before = R"({"title":"A","venue":"hall","zone":"UTC"})";
    const std::string file = R"({"currency":"KES","title":"B","zone":"UTC"})";
    const auto merged = of_event({before, before, file});
    REQUIRE(merged.spec == file);
    REQUIRE(merged.conflicts.empty());
    REQUIRE(paths(merged.changes) == Paths{"currency", "title", "venue"});
}

TEST_CASE("a field that the file never set survives, alone and inside others", "[unit]") {
    const auto merged = of_event({R"({"title":"A"})", R"({"oversell":"record","title":"A"})", R"({"title":"B"})"});
    REQUIRE(merged.spec == R"({"oversell":"record","title":"B"})");
    const auto tiers = of_event({R"({"tiers":[{"name":"vip","price":"1 KES"}]})",
                                 R"({"tiers":[{"capacity":"5","name":"vip","price":"1 KES"},{"name":"extra"}]})",
                                 R"({"tiers":[{"name":"vip","price":"2 KES"}]})"});
    REQUIRE(tiers.spec == R"({"tiers":[{"capacity":"5","name":"vip","price":"2 KES"},{"name":"extra"}]})");
    REQUIRE(paths(tiers.changes) == Paths{"tiers[vip].price"});
    REQUIRE(tiers.conflicts.empty());
}

TEST_CASE("a field that both changed is a conflict with its three values, and live stays", "[unit]") {
    const Specs specs{R"({"title":"A","zone":"UTC"})", R"({"title":"B","zone":"UTC"})", R"({"title":"C","zone":"Z"})"};
    const auto merged = of_event(specs);
    REQUIRE(merged.spec == R"({"title":"B","zone":"Z"})");
    REQUIRE(paths(merged.conflicts) == Paths{"title"});
    REQUIRE(merged.conflicts.front().applied == "A");
    REQUIRE(merged.conflicts.front().live == "B");
    REQUIRE(merged.conflicts.front().file == "C");
    const auto overwritten = of_event(specs, true);
    REQUIRE(overwritten.spec == R"({"title":"C","zone":"Z"})");
    REQUIRE(overwritten.conflicts.empty());
    REQUIRE(paths(overwritten.changes) == Paths{"title", "zone"});
}

TEST_CASE("drift in a field that the file still sets is a conflict too, never taken back in silence", "[unit]") {
    REQUIRE(paths(of_event({R"({"title":"A"})", R"({"title":"B"})", R"({"title":"A"})"}).conflicts) == Paths{"title"});
    REQUIRE(paths(of_event({R"({"venue":"a"})", R"({})", R"({"venue":"a"})"}).conflicts) == Paths{"venue"});
    REQUIRE(paths(of_event({R"({"venue":"a"})", R"({"venue":"b"})", R"({})"}).conflicts) == Paths{"venue"});
    REQUIRE(paths(of_event({R"({})", R"({"venue":"b"})", R"({"venue":"a"})"}).conflicts) == Paths{"venue"});
}

TEST_CASE("taking the live value into the file resolves it, without a change", "[unit]") {
    const auto merged = of_event({R"({"title":"A"})", R"({"title":"B"})", R"({"title":"B"})"});
    REQUIRE(merged.spec == R"({"title":"B"})");
    REQUIRE(merged.changes.empty());
    REQUIRE(merged.conflicts.empty());
}

TEST_CASE("items of a list are known by their first field: added, taken out, in the order of the file", "[unit]") {
    const std::string before = R"({"tiers":[{"name":"a"},{"name":"b"}]})";
    const auto merged = of_event({before, before, R"({"tiers":[{"name":"c"},{"name":"a"}]})"});
    REQUIRE(merged.spec == R"({"tiers":[{"name":"c"},{"name":"a"}]})");
    REQUIRE(paths(merged.changes) == Paths{"tiers[c]", "tiers[b]"});
    const auto swapped = of_event({before, before, R"({"tiers":[{"name":"b"},{"name":"a"}]})"});
    REQUIRE(swapped.spec == R"({"tiers":[{"name":"b"},{"name":"a"}]})");
    REQUIRE(paths(swapped.changes) == Paths{"tiers (order)"});
    REQUIRE(swapped.changes.front().file == "b, a");
}

TEST_CASE("a list whose items cannot be told apart is one value", "[unit]") {
    const std::string before = R"({"tiers":[{"name":"a","capacity":"1"}]})";
    const std::string twice = R"({"tiers":[{"capacity":"1","name":"a"},{"capacity":"2","name":"a"}]})";
    const auto merged = of_event({before, before, twice});
    REQUIRE(merged.spec == twice);
    REQUIRE(paths(merged.changes) == Paths{"tiers"});
}

TEST_CASE("merging is idempotent: what was merged merges to itself", "[unit]") {
    const Specs specs{R"({"title":"A","tiers":[{"name":"x"}]})",
                      R"({"title":"A","oversell":"record","tiers":[{"name":"x"}]})",
                      R"({"title":"B","tiers":[{"name":"y"}]})"};
    const auto once = of_event(specs);
    const auto twice = of_event({specs.file, once.spec, specs.file});
    REQUIRE(twice.spec == once.spec);
    REQUIRE(twice.changes.empty());
    REQUIRE(twice.conflicts.empty());
}

} // namespace passa::catalog
