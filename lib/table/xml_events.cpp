// expat calls back from C: what a handler throws waits until the parser has returned.
#include "lib/table/xml_events.hpp"

#include "lib/table/archive.hpp"

#include <expat.h>

namespace passa::table {
namespace {

constexpr int k_deepest = 64;

std::string_view without_prefix(std::string_view name) {
    const auto colon = name.rfind(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

} // namespace

struct XmlEvents::Calls {
    template <typename F>
    static void guarded(void* self, F&& call) noexcept {
        auto& events = *static_cast<XmlEvents*>(self);
        if (events.m_thrown) return;
        try {
            call(events);
        } catch (...) { // thrown again by feed()
            events.m_thrown = std::current_exception();
            XML_StopParser(events.m_parser.get(), XML_FALSE);
        }
    }
    static void start(void* self, const char* name, const char** attributes) {
        guarded(self, [&](XmlEvents& events) {
            if (++events.m_depth > k_deepest) refuse_workbook(events.m_file, "nests deeper than a workbook does", {});
            events.start(without_prefix(name), {attributes});
        });
    }
    static void end(void* self, const char* name) {
        guarded(self, [&](XmlEvents& events) {
            --events.m_depth;
            events.end(without_prefix(name));
        });
    }
    static void text(void* self, const char* piece, int size) {
        guarded(self, [&](XmlEvents& events) { events.text({piece, static_cast<std::size_t>(size)}); });
    }
    static void doctype(void* self) {
        guarded(self, [](XmlEvents& events) {
            refuse_workbook(events.m_file, "declares a document type, which no workbook does", {});
        });
    }
};

std::string_view XmlEvents::Attributes::of(std::string_view name) const {
    for (const char** pair = pairs; pair != nullptr && *pair != nullptr; pair += 2)
        if (without_prefix(*pair) == name) return pair[1];
    return {};
}

XmlEvents::XmlEvents(std::string file) : m_file(std::move(file)), m_parser(XML_ParserCreate(nullptr), XML_ParserFree) {
    if (m_parser == nullptr) throw std::bad_alloc{};
    XML_SetUserData(m_parser.get(), this);
    XML_SetElementHandler(m_parser.get(), Calls::start, Calls::end);
    XML_SetCharacterDataHandler(m_parser.get(), Calls::text);
    XML_SetStartDoctypeDeclHandler(m_parser.get(), [](void* self, auto...) { Calls::doctype(self); });
}

XmlEvents::~XmlEvents() = default;

void XmlEvents::feed(std::string_view bytes, bool is_last) {
    const auto status = XML_Parse(m_parser.get(), bytes.data(), static_cast<int>(bytes.size()), is_last ? 1 : 0);
    if (m_thrown) std::rethrow_exception(m_thrown);
    if (status == XML_STATUS_OK) return;
    refuse_workbook(m_file,
                    "holds what no workbook does: " + std::string{XML_ErrorString(XML_GetErrorCode(m_parser.get()))},
                    "export it again, or save it as CSV");
}

} // namespace passa::table
