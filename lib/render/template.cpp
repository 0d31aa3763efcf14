// A recursive walk over the template text; the scope is a chain of the fields seen from the inside out.
#include "lib/render/template.hpp"

#include <algorithm>

namespace passa::render {
namespace {

struct Scope {
    const Fields& fields;
    const Scope* outer;
};

constexpr int k_most_nesting = 16;

class Renderer {
public:
    Renderer(std::string_view text, Output output) : m_text(text), m_output(output) {}

    std::string run(const Fields& fields) {
        std::string out;
        section(Scope{fields, nullptr}, "", true, out);
        return out;
    }

private:
    struct Tag {
        char kind = 0; // '#', '^', '/', '&' or 0 for a value
        std::string_view name;
    };

    // Writes (or, when not `live`, only skips) up to the closing tag of `name`, or to the end for the outermost.
    void section(const Scope& scope, std::string_view name, bool live, std::string& out) {
        if (++m_depth > k_most_nesting) fail("render.too_deep", "sections are nested too deeply");
        for (;;) {
            const auto open = m_text.find("{{", m_at);
            const auto literal_end = open == std::string_view::npos ? m_text.size() : open;
            if (live) out += m_text.substr(m_at, literal_end - m_at);
            m_at = literal_end;
            if (open == std::string_view::npos) {
                if (!name.empty()) fail("render.unclosed", fmt::format("section {} is not closed", name));
                break;
            }
            const auto tag = next_tag();
            if (tag.kind == '/') {
                if (tag.name != name) fail("render.unclosed", fmt::format("{} closes nothing here", tag.name));
                break;
            }
            element(scope, tag, live, out);
        }
        --m_depth;
    }

    void element(const Scope& scope, const Tag& tag, bool live, std::string& out) {
        if (tag.kind == '#' || tag.kind == '^') return nested(scope, tag, live, out);
        if (!live) return;
        const auto* text = std::get_if<std::string>(&find(scope, tag.name).value);
        if (text == nullptr) fail("render.wrong_type", fmt::format("{} is not a value", tag.name));
        out += tag.kind == '&' ? *text : escape(*text, m_output);
    }

    void nested(const Scope& scope, const Tag& tag, bool live, std::string& out) {
        if (!live) return section(scope, tag.name, false, out);
        const auto& node = find(scope, tag.name);
        const auto* list = std::get_if<List>(&node.value);
        const auto* flag = std::get_if<bool>(&node.value);
        if (list == nullptr && flag == nullptr)
            fail("render.wrong_type", fmt::format("{} is neither a list nor a flag", tag.name));
        const bool filled = list != nullptr ? !list->empty() : *flag;
        if (tag.kind == '^' || flag != nullptr) return section(scope, tag.name, filled == (tag.kind == '#'), out);
        if (!filled) return section(scope, tag.name, false, out);
        const auto start = m_at;
        for (const auto& item : *list) {
            m_at = start;
            section(Scope{item, &scope}, tag.name, true, out);
        }
    }

    Tag next_tag() {
        const auto close = m_text.find("}}", m_at);
        if (close == std::string_view::npos) fail("render.unclosed", "a tag is not closed");
        auto inside = m_text.substr(m_at + 2, close - m_at - 2);
        m_at = close + 2;
        Tag tag;
        if (!inside.empty() && std::string_view{"#^/&"}.find(inside.front()) != std::string_view::npos) {
            tag.kind = inside.front();
            inside.remove_prefix(1);
        }
        if (inside.empty()) fail("render.unknown_name", "a tag names nothing"); // {{/}} would end the page here
        tag.name = inside;
        return tag;
    }

    const Node& find(const Scope& scope, std::string_view name) {
        for (const auto* s = &scope; s != nullptr; s = s->outer)
            if (const auto it = s->fields.find(name); it != s->fields.end()) return it->second;
        fail("render.unknown_name", fmt::format("nothing is called {}", name));
    }

    [[noreturn]] void fail(std::string code, const std::string& why) const {
        const auto line = std::count(m_text.begin(), m_text.begin() + static_cast<std::ptrdiff_t>(m_at), '\n') + 1;
        throw Error{{Kind::internal, std::move(code), fmt::format("template line {}: {}", line, why), ""}};
    }

    std::string_view m_text;
    Output m_output;
    std::size_t m_at = 0;
    int m_depth = 0;
};

} // namespace

Result<std::string> render(std::string_view text, const Fields& fields, Output output) {
    try {
        return Renderer{text, output}.run(fields);
    } catch (const Error& error) {
        return error.problems();
    }
}

} // namespace passa::render
