// Prose at the width of a terminal: nothing is lost, words stay whole.
#include "cli/out/wrap.hpp"

#include <catch2/catch.hpp>

using namespace passa::cli::out;

TEST_CASE("prose is broken between words, under its indent", "[unit]") {
    CHECK(wrap("one two three", 0, 7) == "one two\nthree");
    CHECK(wrap("one two three", 2, 9) == "one two\n  three");
    CHECK(wrap("one", 0, 80) == "one");
    CHECK(wrap("", 4, 10).empty());
    CHECK(wrap("a unbreakably-long b", 0, 8) == "a\nunbreakably-long\nb");   // on a line of its own
    CHECK(wrap("\xC3\xA9t\xC3\xA9 bleu", 0, 8) == "\xC3\xA9t\xC3\xA9 bleu"); // columns, not bytes
}

TEST_CASE("what stands behind a lead counts with it", "[unit]") {
    CHECK(wrap_from("one two", 8, 2, 12) == "one\n  two");
    CHECK(wrap_from("unbreakable", 8, 2, 12) == "\n  unbreakable");
}

TEST_CASE("only lines that are too long are broken, under their own indent", "[unit]") {
    CHECK(wrap_lines("kind\n  one two three\n", 9) == "kind\n  one two\n  three\n");
    CHECK(wrap_lines("a  b\n\nc", 10) == "a  b\n\nc");
    CHECK(wrap_lines("", 10).empty());
    CHECK(wrap_lines("\n\nx", 10) == "\n\nx");
}
