// The only file that knows yaml-cpp. It listens to the parser's events, because the ready-made tree has already lost
// duplicate keys, anchors and tags.
#include "lib/manifest/read.hpp"

#include "lib/base/secret_seed.hpp"
#include "lib/base/text.hpp"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iostream>
#include <iterator>
#include <sstream>

namespace passa::manifest {
namespace {

Problem secret_seed(const Source& source, Mark mark) {
    return {Kind::invalid_input,
            "manifest.secret",
            "this is a secret seed: secrets do not belong in a manifest",
            "remove it, change the key, and name a key of the keystore instead",
            {},
            {},
            place_of(source, mark)};
}

// No control characters but line breaks and tabs, and none that turns the direction of what follows.
bool is_plain(std::string text) {
    std::replace_if(
        text.begin(), text.end(), [](char c) { return c == '\n' || c == '\t'; }, ' ');
    return printable(text, text.size() + 1) == text;
}

class Builder final : public YAML::EventHandler {
public:
    Builder(std::shared_ptr<const Source> source, std::vector<Document>& documents)
        : m_source(std::move(source)), m_documents(documents) {}
    Problems problems;

    void OnDocumentStart(const YAML::Mark&) override { m_stack.clear(), m_brackets.clear(), m_root = Node{}; }
    void OnDocumentEnd() override {
        if (m_root.type != Node::Type::null) m_documents.push_back({m_source, std::move(m_root)});
    }
    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
        begin(mark, "", anchor, Node::Type::null), end();
    }
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
        refuse(mark, "manifest.alias", "aliases are not allowed", "write the value out");
        begin(mark, "", 0, Node::Type::null), end();
    }
    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  const std::string& value) override {
        auto& node = begin(mark, tag, anchor, Node::Type::scalar);
        node.quoted = tag == "!";
        if (holds_secret_seed(value)) { // written in escapes
            problems.push_back(secret_seed(*m_source, at(mark)));
            problems.back().place->source_line.clear(); // it would be shown
        } else if (!is_utf8(value)) // the file is UTF-8, but yaml-cpp makes a bare byte of some escapes: \N and \_
            refuse(mark, "manifest.utf8", "an escape in this text makes no UTF-8", "write the character itself");
        else if (!is_plain(value))
            refuse(mark, "manifest.control_character",
                   fmt::format("'{}' holds a character that steers a terminal", printable(value, 80)),
                   "take it out: what is written here is shown in terminals, mails and reports");
        else
            node.text = value;
        end();
    }
    void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value style) override {
        begin(mark, tag, anchor, Node::Type::list);
        bracket(mark, style);
    }
    void OnSequenceEnd() override { m_brackets.pop_back(), end(); }
    void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value style) override {
        begin(mark, tag, anchor, Node::Type::map);
        bracket(mark, style);
    }
    void OnMapEnd() override { m_brackets.pop_back(), end(); }

    // What the reader, who came to its end, did not see closed: the innermost { or [.
    [[nodiscard]] std::optional<Mark> find_open_bracket() const {
        return m_brackets.empty() ? std::nullopt : m_brackets.back();
    }

private:
    struct Open {
        Node node;
        bool has_key = false;
        Node::Entry entry; // whose value is awaited
    };

    void bracket(const YAML::Mark& mark, YAML::EmitterStyle::value style) {
        m_brackets.push_back(style == YAML::EmitterStyle::Flow ? std::optional{at(mark)} : std::nullopt);
    }

    static Mark at(const YAML::Mark& mark) { return {mark.line + 1, mark.column + 1}; }

    void refuse(const YAML::Mark& mark, std::string code, std::string message, std::string hint) {
        problems.push_back({Kind::invalid_input,
                            std::move(code),
                            std::move(message),
                            std::move(hint),
                            {},
                            {},
                            place_of(*m_source, at(mark))});
    }

    Node& begin(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, Node::Type type) {
        if (anchor != 0)
            refuse(mark, "manifest.anchor", "anchors are not allowed", "write the value out where it is needed");
        if (!tag.empty() && tag != "?" && tag != "!")
            refuse(mark, "manifest.tag", fmt::format("the tag {} is not allowed", printable(tag, 40)), "remove it");
        if (++m_nodes > k_most_nodes)
            throw Error{{Kind::invalid_input, "manifest.too_large",
                         fmt::format("{}: more than {} values", m_source->name, k_most_nodes), "split the file"}};
        if (m_stack.size() >= static_cast<std::size_t>(k_most_depth))
            throw Error{{Kind::invalid_input,
                         "manifest.too_deep",
                         fmt::format("{}: nested deeper than {} levels", m_source->name, k_most_depth),
                         "",
                         {},
                         {},
                         place_of(*m_source, at(mark))}};
        m_stack.push_back({});
        m_stack.back().node.type = type;
        m_stack.back().node.mark = at(mark);
        return m_stack.back().node;
    }

    void end() {
        auto node = std::move(m_stack.back().node);
        m_stack.pop_back();
        if (m_stack.empty())
            m_root = std::move(node);
        else if (m_stack.back().node.type == Node::Type::list)
            m_stack.back().node.items.push_back(std::move(node));
        else
            add_to_map(m_stack.back(), std::move(node));
    }

    void add_to_map(Open& open, Node node) {
        if (open.has_key) {
            open.entry.value = std::move(node);
            open.node.entries.push_back(std::move(open.entry));
            open.entry = {};
            open.has_key = false;
            return;
        }
        const YAML::Mark mark = [&] {
            YAML::Mark m;
            m.line = node.mark.line - 1, m.column = node.mark.column - 1;
            return m;
        }();
        if (node.type != Node::Type::scalar)
            refuse(mark, "manifest.key", "a key must be plain text", "");
        else if (node.text == "<<")
            refuse(mark, "manifest.merge", "merge keys are not allowed", "write the fields out");
        else if (const auto* first = first_use(open.node, node.text))
            refuse(mark, "manifest.duplicate_key", fmt::format("the key {} stands twice", printable(node.text, 60)),
                   fmt::format("it was first given in line {}; keep one", first->mark.line));
        open.entry.key = node.text;
        open.entry.mark = node.mark;
        open.has_key = true;
    }

    static const Node::Entry* first_use(const Node& map, const std::string& key) {
        const auto it =
            std::find_if(map.entries.begin(), map.entries.end(), [&](const auto& e) { return e.key == key; });
        return it == map.entries.end() ? nullptr : &*it;
    }

    std::shared_ptr<const Source> m_source;
    std::vector<Document>& m_documents;
    std::vector<Open> m_stack;
    std::vector<std::optional<Mark>> m_brackets; // of each open list and map that is written with one
    Node m_root;
    int m_nodes = 0;
};

// Kept for people to see, so without secret seeds. A problem for each of those, in comments too.
Problems take_lines(std::string_view text, Source& source) {
    Problems seeds;
    for (const auto line : split_at(text, '\n')) {
        source.lines.push_back(without_secret_seeds(line.ends_with('\r') ? line.substr(0, line.size() - 1) : line));
        const auto& shown = source.lines.back();
        if (holds_secret_seed(line))
            seeds.push_back(
                secret_seed(source, {static_cast<int>(source.lines.size()), static_cast<int>(shown.find("S***")) + 1}));
    }
    return seeds;
}

std::optional<Problem> refuse_bytes(const Source& source, std::string_view text) {
    if (text.size() > k_most_bytes)
        return Problem{Kind::invalid_input, "manifest.too_large",
                       fmt::format("{} is larger than {} bytes", source.name, k_most_bytes), "split the file"};
    for (std::size_t i = 0; i < source.lines.size(); ++i) {
        const auto line = static_cast<int>(i) + 1;
        if (!is_utf8(source.lines[i]))
            return Problem{Kind::invalid_input,
                           "manifest.utf8",
                           "these bytes are not UTF-8",
                           "save the file as UTF-8",
                           {},
                           {},
                           place_of(source, {line, 1})};
        const auto tab = source.lines[i].find('\t');
        if (tab != std::string::npos && trim(source.lines[i].substr(0, tab)).empty())
            return Problem{Kind::invalid_input,
                           "manifest.tab",
                           "a tab cannot indent YAML",
                           "use spaces",
                           {},
                           {},
                           place_of(source, {line, static_cast<int>(tab) + 1})};
    }
    return std::nullopt;
}

} // namespace

const Node* Node::find(std::string_view key) const {
    const auto it = std::find_if(entries.begin(), entries.end(), [&](const Entry& e) { return e.key == key; });
    return it == entries.end() ? nullptr : &it->value;
}

Place place_of(const Source& source, Mark mark, std::string note) {
    const bool known = mark.line >= 1 && static_cast<std::size_t>(mark.line) <= source.lines.size();
    return {source.name, mark.line, mark.column, known ? source.lines[static_cast<std::size_t>(mark.line) - 1] : "",
            std::move(note)};
}

namespace {

// Where the reader gave up is of no use when it is the end of the text: then what is still open is shown.
Problem syntax_problem(const Source& source, const YAML::Exception& e, const std::optional<Mark>& bracket) {
    const bool at_end = e.mark.line < 0 || static_cast<std::size_t>(e.mark.line) >= source.lines.size();
    if (bracket && (at_end || e.msg.find("flow") != std::string::npos))
        return {Kind::invalid_input,
                "manifest.syntax",
                "this bracket is never closed",
                "close it with } or ], before whatever does not belong in it",
                {},
                {},
                place_of(source, *bracket)};
    const auto line = at_end ? static_cast<int>(source.lines.size()) : e.mark.line + 1;
    return {Kind::invalid_input,
            "manifest.syntax",
            "not YAML: " + e.msg,
            "look at the quotes, brackets and indentation, here and in the line before",
            {},
            {},
            place_of(source, {line, at_end ? 1 : e.mark.column + 1})};
}

} // namespace

Result<std::vector<Document>> read_text(std::string_view text, std::string name) {
    auto source = std::make_shared<Source>();
    source->name = std::move(name);
    auto seeds = take_lines(text, *source);
    if (auto problem = refuse_bytes(*source, text)) return *problem;
    if (!seeds.empty()) return seeds;
    std::vector<Document> documents;
    Builder builder{source, documents};
    try {
        std::istringstream stream{std::string{text}};
        YAML::Parser parser{stream};
        while (parser.HandleNextDocument(builder)) {
        }
    } catch (const YAML::Exception& e) {
        builder.problems.push_back(syntax_problem(*source, e, builder.find_open_bracket()));
    } catch (const Error& error) {
        return error.problems();
    }
    if (!builder.problems.empty()) return builder.problems;
    return documents;
}

namespace {

// One byte more than allowed, so that read_text can tell.
std::string read_bounded(std::istream& stream) {
    std::string text(k_most_bytes + 1, '\0');
    stream.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(stream.gcount()));
    return text;
}

Problem unreadable(const std::filesystem::path& path, const std::string& why) {
    return {Kind::invalid_input, "manifest.no_file",
            fmt::format("cannot read {}: {}", printable(path.string(), 200), why), "check the path"};
}

Result<std::vector<Document>> read_file(const std::filesystem::path& path) {
    std::ifstream file{path, std::ios::binary};
    if (!file) return unreadable(path, std::strerror(errno));
    const auto text = read_bounded(file);
    if (file.bad()) return unreadable(path, std::strerror(errno));
    return read_text(text, path.string());
}

// Every manifest in a folder and those below it, in order; or the file itself.
std::vector<std::filesystem::path> find_files(const std::filesystem::path& path) {
    if (!std::filesystem::is_directory(path)) return {path};
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator{path}) {
        const auto extension = entry.path().extension();
        const bool is_project = entry.path().filename() == "passa.yaml"; // settings, not a manifest
        if (entry.is_regular_file() && !is_project && (extension == ".yaml" || extension == ".yml"))
            files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    return files;
}

} // namespace

std::vector<Document> read_path(const std::filesystem::path& path, Problems& problems) {
    std::vector<Document> all;
    const auto take = [&](Result<std::vector<Document>> documents) {
        if (documents)
            std::move(documents.value().begin(), documents.value().end(), std::back_inserter(all));
        else
            problems.insert(problems.end(), documents.problems().begin(), documents.problems().end());
    };
    try {
        if (path == "-")
            take(read_text(read_bounded(std::cin), "<stdin>"));
        else
            for (const auto& file : find_files(path)) take(read_file(file));
    } catch (const std::filesystem::filesystem_error& error) { // no right to look, a loop of links, a name too long
        problems.push_back(unreadable(path, error.code().message()));
    }
    return all;
}

} // namespace passa::manifest
