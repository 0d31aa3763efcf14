// XML as it comes: elements and their text, without prefixes. No document types, so no entities; bounded depth.
#pragma once
#include <exception>
#include <memory>
#include <string>
#include <string_view>

struct XML_ParserStruct;

namespace passa::table {

class XmlEvents {
public:
    struct Attributes {
        const char** pairs = nullptr;
        [[nodiscard]] std::string_view of(std::string_view name) const; // without its prefix; empty: not there
    };
    explicit XmlEvents(std::string file);
    virtual ~XmlEvents();
    XmlEvents(const XmlEvents&) = delete;
    XmlEvents& operator=(const XmlEvents&) = delete;

    void feed(std::string_view bytes, bool is_last); // error table.workbook

protected:
    virtual void start(std::string_view element, const Attributes& attributes) = 0;
    virtual void end(std::string_view /*element*/) {}
    virtual void text(std::string_view /*piece*/) {}
    [[nodiscard]] const std::string& file() const { return m_file; }

private:
    struct Calls; // what expat calls back: nothing may be thrown through it
    std::string m_file;
    std::unique_ptr<XML_ParserStruct, void (*)(XML_ParserStruct*)> m_parser;
    std::exception_ptr m_thrown;
    int m_depth = 0;
};

} // namespace passa::table
