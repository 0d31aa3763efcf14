// Templates and CSV: everything from outside is escaped, a missing name is an error.
#include "lib/render/csv.hpp"
#include "lib/render/template.hpp"

#include <catch2/catch.hpp>

using namespace passa;
using namespace passa::render;

namespace {
std::string html(std::string_view text, const Fields& fields) {
    return render::render(text, fields, Output::html).value();
}
std::string code_of(std::string_view text, const Fields& fields) {
    return render::render(text, fields, Output::html).problem().code;
}
} // namespace

TEST_CASE("values are escaped, sections repeat, names are found outwards", "[unit]") {
    const Fields fields{{"title", "<b>&'\""},
                        {"chart", "<svg/>"},
                        {"rows", List{{{"name", "a"}}, {{"name", "b"}}}},
                        {"none", List{}},
                        {"final", true}};
    REQUIRE(html("{{title}}", fields) == "&lt;b&gt;&amp;&#39;&quot;");
    REQUIRE(html("{{&chart}}", fields) == "<svg/>");
    REQUIRE(html("{{#rows}}[{{name}} {{title}}]{{/rows}}",
                 {{"title", "t"}, {"rows", List{{{"name", "a"}}, {{"name", "b"}}}}}) == "[a t][b t]");
    REQUIRE(html("{{#none}}x{{/none}}{{^none}}empty{{/none}}", fields) == "empty");
    REQUIRE(html("{{#final}}yes{{/final}}{{^final}}no{{/final}}", fields) == "yes");
    REQUIRE(html("{{#none}}{{#rows}}x{{/rows}}{{/none}}", fields).empty());
}

TEST_CASE("a template that does not fit its data is an error with its line", "[unit]") {
    REQUIRE(code_of("\n{{nothing}}", {}) == "render.unknown_name");
    REQUIRE(code_of("{{#a}}", {{"a", true}}) == "render.unclosed");
    REQUIRE(code_of("{{/a}}", {}) == "render.unclosed");
    REQUIRE(code_of("{{/}} and the rest", {}) == "render.unknown_name"); // not the silent end of the page
    REQUIRE(code_of("{{a", {{"a", "x"}}) == "render.unclosed");
    REQUIRE(code_of("{{a}}", {{"a", true}}) == "render.wrong_type");
    REQUIRE(code_of("{{#a}}{{/a}}", {{"a", "x"}}) == "render.wrong_type");
}

TEST_CASE("CSV quotes by RFC 4180 and never hands a spreadsheet a formula", "[unit]") {
    const std::vector<std::string> fields{"plain", "a,b", "say \"hi\"", "two\nlines", "=1+1", "-12.50", "-x",
                                          "@cmd",  ""};
    REQUIRE(csv_row(fields) == "plain,\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\",'=1+1,-12.50,'-x,'@cmd,\r\n");
    REQUIRE(csv_row(std::vector<std::string>{"", "a"}) == ",a\r\n");
}

TEST_CASE("sections nest only so deep", "[unit]") {
    std::string text;
    for (int i = 0; i < 40; ++i) text += "{{#a}}";
    for (int i = 0; i < 40; ++i) text += "{{/a}}";
    REQUIRE(render::render(text, {{"a", render::Node{true}}}, render::Output::text).problem().code ==
            "render.too_deep");
}
