// JSON (RFC 8259), taken from a text a token at a time by a reader that knows what must come next: no tree is built,
// and nothing recurses here. Strings are valid UTF-8, as everywhere.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace passa::stellar::xdr {

class JsonScanner {
public:
    explicit JsonScanner(std::string_view text);

    // What begins here, behind blanks: '"', a digit or '-', '{', '[', 't', ...; NUL at the end of the text.
    char peek() {
        skip_blanks();
        return m_at < m_text.size() ? m_text[m_at] : '\0';
    }
    bool take(char mark) { // of { } [ ] : ,
        if (peek() != mark) return false;
        ++m_at;
        return true;
    }
    bool take_word(std::string_view word); // null, true, false
    // Where peek() says '"'. False: this is no string. What was taken lives until the next string is taken.
    bool take_string(std::string_view& taken);
    // A whole number of at most 64 bits, as its digits. False: there is none, or it has a fraction or an exponent.
    bool take_whole_number(std::string_view& digits);
    bool at_end() {
        skip_blanks();
        return m_at == m_text.size();
    }

private:
    void skip_blanks() {
        while (m_at < m_text.size() &&
               (m_text[m_at] == ' ' || m_text[m_at] == '\n' || m_text[m_at] == '\r' || m_text[m_at] == '\t'))
            ++m_at;
    }
    bool take_odd_string(std::size_t begin, std::string_view& taken);
    bool take_escape();
    bool take_code_point();
    bool take_hex4(std::uint32_t& unit);

    std::string_view m_text;
    std::size_t m_at = 0;
    std::string m_string; // the last one with escapes
};

} // namespace passa::stellar::xdr
