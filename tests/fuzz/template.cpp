// Any text as a template: refused with a code, or rendered to its end.
#include "lib/render/template.hpp"

using namespace passa;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    if (size > 4096) return 0; // lists within lists make much of little
    const render::Fields inner{{"a", "<inner>"}, {"b", true}};
    const render::Fields fields{
        {"a", "<a & b>"}, {"b", false}, {"l", render::List{inner, inner}}, {"n", render::List{}}};
    const auto html = render::render(text, fields, render::Output::html);
    const auto plain = render::render(text, fields, render::Output::text);
    PASSA_ASSERT(html.ok() == plain.ok());
    if (!html) {
        PASSA_ASSERT(html.problem().code.substr(0, 7) == "render.");
        return 0;
    }
    const auto last = text.rfind("}}");
    const auto rest = last == std::string_view::npos ? text : text.substr(last + 2);
    PASSA_ASSERT(html->ends_with(rest) && plain->ends_with(rest));
    PASSA_ASSERT(html->find("{{") == std::string::npos);
    return 0;
}
