// A walk of the document along the field table.
#include "lib/base/schedule.hpp"
#include "lib/base/text.hpp"
#include "lib/base/time.hpp"
#include "lib/manifest/field.hpp"
#include "lib/money/rate.hpp"

#include <algorithm>
#include <map>

namespace passa::manifest {

bool is_name(std::string_view text) {
    if (text.empty() || text.size() > 63 || text.front() == '-') return false;
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
}

namespace {

// No amount or rate in a manifest is below zero; what scale it may have, its asset knows.
bool is_decimal(std::string_view text) {
    const auto is_digits = [](std::string_view digits) {
        return !digits.empty() && std::all_of(digits.begin(), digits.end(), is_digit);
    };
    const auto point = text.find('.');
    return is_digits(text.substr(0, point)) && (point == std::string_view::npos || is_digits(text.substr(point + 1)));
}

bool looks_like_a_number(const Node& node) {
    return !node.quoted && !node.text.empty() && std::all_of(node.text.begin(), node.text.end(), [](char c) {
        return (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
    });
}

class Checker {
public:
    explicit Checker(const Document& document) : m_document(document) {}
    Problems problems;

    void object(const Node& node, const std::vector<Field>& fields, const std::string& path) {
        if (node.type != Node::Type::map)
            return add(node.mark, "manifest.type", fmt::format("{} must be a map of fields", path), "");
        for (const auto& entry : node.entries) {
            const auto field =
                std::find_if(fields.begin(), fields.end(), [&](const Field& f) { return f.name == entry.key; });
            if (field == fields.end())
                unknown(entry, fields, path);
            else
                value(entry.value, *field, path + "." + entry.key);
        }
        for (const auto& field : fields)
            if (field.required && node.find(field.name) == nullptr)
                add(node.mark, "manifest.missing", fmt::format("{}.{} is missing", path, field.name),
                    fmt::format("add {}: {}", field.name, field.doc));
    }

private:
    void add(Mark mark, std::string code, std::string message, std::string hint) {
        problems.push_back({Kind::invalid_input,
                            std::move(code),
                            std::move(message),
                            std::move(hint),
                            {},
                            {},
                            place_of(*m_document.source, mark, {})});
    }

    void unknown(const Node::Entry& entry, const std::vector<Field>& fields, const std::string& path) {
        std::vector<std::string> known;
        for (const auto& f : fields) known.push_back(f.name);
        const auto near = nearest_names(entry.key, known);
        add(entry.mark, "manifest.unknown_field", fmt::format("{} has no field {}", path, printable(entry.key, 60)),
            near.empty() ? fmt::format("it has: {}", join(known, ", "))
                         : fmt::format("did you mean {}?", near.front()));
    }

    void value(const Node& node, const Field& field, const std::string& path) {
        if (field.type == FieldType::object) return object(node, field.fields, path);
        if (field.type == FieldType::list) return list(node, field, path);
        if (field.type == FieldType::values && node.type == Node::Type::map) return;
        if (node.type != Node::Type::scalar || node.text.empty())
            return add(node.mark, "manifest.type", fmt::format("{} must be {}", path, type_name(field.type)),
                       field.doc);
        scalar(node, field, path);
    }

    void list(const Node& node, const Field& field, const std::string& path) {
        if (node.type != Node::Type::list)
            return add(node.mark, "manifest.type", fmt::format("{} must be a list", path), field.doc);
        for (std::size_t i = 0; i < node.items.size(); ++i) {
            const auto at = fmt::format("{}[{}]", path, i);
            if (!field.fields.empty())
                object(node.items[i], field.fields, at);
            else if (node.items[i].type != Node::Type::scalar)
                add(node.items[i].mark, "manifest.type", fmt::format("{} must be text", at), field.doc);
            else
                refuse_listed(node, i, at);
        }
    }

    // A list of texts is a set.
    void refuse_listed(const Node& list, std::size_t i, const std::string& at) {
        const auto& text = list.items[i].text;
        const auto end = list.items.begin() + static_cast<std::ptrdiff_t>(i);
        const auto first = std::find_if(list.items.begin(), end, [&](const Node& n) { return n.text == text; });
        if (first != end)
            add(list.items[i].mark, "manifest.listed_twice",
                fmt::format("{}: '{}' is in the list already", at, printable(text, 60)),
                fmt::format("it stands in line {}; keep one", first->mark.line));
    }

    void scalar(const Node& node, const Field& field, const std::string& path) {
        const bool money =
            field.type == FieldType::amount || field.type == FieldType::rate || field.type == FieldType::decimal;
        if (money && looks_like_a_number(node))
            return add(node.mark, "manifest.bare_number",
                       fmt::format("{} must be {}, not a bare number", path, type_name(field.type)),
                       field.type == FieldType::amount ? fmt::format("write \"{} KES\" with its asset", node.text)
                       : field.type == FieldType::rate ? fmt::format("write \"{}%\"", node.text)
                                                       : fmt::format("put it in quotes: \"{}\"", node.text));
        if (node.quoted && (field.type == FieldType::integer || field.type == FieldType::boolean))
            return add(node.mark, "manifest.quoted",
                       fmt::format("{} must be {}, not text in quotes", path, type_name(field.type)),
                       fmt::format("write {} without quotes", printable(node.text, 40)));
        if (auto problem = refuse(node.text, field)) {
            problem->kind = Kind::invalid_input;
            problem->message = fmt::format("{}: {}", path, problem->message);
            problem->place = place_of(*m_document.source, node.mark);
            problems.push_back(std::move(*problem));
        }
    }

    static std::optional<Problem> refuse(const std::string& text, const Field& field) {
        const auto wrong = [&](std::string hint) {
            return Problem{Kind::invalid_input, "manifest.value",
                           fmt::format("'{}' is not {}", printable(text, 60), type_name(field.type)), std::move(hint)};
        };
        const auto failed = [](const auto& result) {
            return result.ok() ? std::nullopt : std::optional{result.problem()};
        };
        switch (field.type) {
        case FieldType::name:
            return is_name(text) ? std::nullopt
                                 : std::optional{wrong("use lower-case letters, digits and dashes, at most 63")};
        case FieldType::amount: {
            const auto parts = money::split_amount_text(text);
            if (!parts) return parts.problem();
            return is_decimal(parts->number)
                       ? std::nullopt
                       : std::optional{wrong("write it like \"1500.00 KES\", without sign or separators")};
        }
        case FieldType::decimal:
            return is_decimal(text) ? std::nullopt
                                    : std::optional{wrong("write it like \"129.35\", without sign or separators")};
        case FieldType::rate: return failed(money::Rate::parse(text));
        case FieldType::instant: return failed(parse_instant(text));
        case FieldType::duration: {
            const auto parsed = parse_duration(text);
            return parsed && *parsed <= Duration{} ? std::optional{wrong("it must be more than nothing")}
                                                   : failed(parsed);
        }
        case FieldType::schedule: return failed(parse_schedule(text));
        case FieldType::boolean:
            return text == "true" || text == "false" ? std::nullopt : std::optional{wrong("write true or false")};
        case FieldType::integer:
            return text.size() <= 15 && std::all_of(text.begin(), text.end(), is_digit)
                       ? std::nullopt
                       : std::optional{wrong("write a whole number without separators")};
        case FieldType::choice: {
            if (std::find(field.choices.begin(), field.choices.end(), text) != field.choices.end()) return std::nullopt;
            const auto near = nearest_names(text, field.choices);
            return wrong(near.empty() ? fmt::format("choose one of: {}", join(field.choices, ", "))
                                      : fmt::format("did you mean {}?", near.front()));
        }
        default: return text.size() <= 4096 ? std::nullopt : std::optional{wrong("at most 4096 bytes")};
        }
    }

    const Document& m_document;
};

const std::vector<Field>& envelope_metadata() {
    static const std::vector<Field> fields{
        {"name", FieldType::name, true, "the object's name, unique within its kind"},
        {"organizer", FieldType::name, false,
         "whose it is; default: the organizer in the same files, the one chosen on the command line, or the only one"},
    };
    return fields;
}

const ObjectKind* find_kind(const Document& document, std::span<const ObjectKind> kinds, Problems& problems) {
    const auto& root = document.root;
    const auto refuse = [&](Mark mark, std::string code, std::string message, std::string hint) {
        problems.push_back({Kind::invalid_input,
                            std::move(code),
                            std::move(message),
                            std::move(hint),
                            {},
                            {},
                            place_of(*document.source, mark)});
        return nullptr;
    };
    if (root.type != Node::Type::map)
        return refuse(root.mark, "manifest.type", "a manifest is a map with apiVersion, kind, metadata and spec",
                      "is it the right file? Tables go to: passa sale import, passa payout create --file");
    const auto* version = root.find("apiVersion");
    if (version == nullptr || version->text != "passa/v1")
        return refuse(version == nullptr ? root.mark : version->mark, "manifest.version", "apiVersion must be passa/v1",
                      "write apiVersion: passa/v1");
    const auto* kind = root.find("kind");
    if (kind == nullptr)
        return refuse(root.mark, "manifest.missing", "kind is missing",
                      "write kind: Event, or another kind: passa manifest explain");
    const auto it = std::find_if(kinds.begin(), kinds.end(), [&](const ObjectKind& k) { return k.name == kind->text; });
    if (it != kinds.end()) return &*it;
    std::vector<std::string> names;
    for (const auto& k : kinds) names.push_back(k.name);
    const auto near = nearest_names(kind->text, names);
    return refuse(kind->mark, "manifest.unknown_kind", fmt::format("there is no kind {}", printable(kind->text, 40)),
                  near.empty() ? fmt::format("kinds are: {}", join(names, ", "))
                               : fmt::format("did you mean {}?", near.front()));
}

Declared declared(const Document& document) {
    const auto text = [](const Node* map, std::string_view key) {
        const auto* node = map == nullptr ? nullptr : map->find(key);
        return node == nullptr ? std::string{} : node->text;
    };
    const auto* metadata = document.root.find("metadata");
    return {text(&document.root, "kind"), text(metadata, "name"), text(metadata, "organizer")};
}

void refuse_twice(const std::vector<Manifest>& manifests, Problems& problems) {
    std::map<std::pair<std::string, std::string>, const Manifest*> seen;
    for (const auto& m : manifests) {
        const auto [it, fresh] = seen.try_emplace({m.kind->name, m.name}, &m);
        if (fresh) continue;
        const auto first = it->second->place(it->second->document.root.mark);
        problems.push_back({Kind::invalid_input,
                            "manifest.defined_twice",
                            fmt::format("{} {} is defined twice", m.kind->name, m.name),
                            fmt::format("the other one is at {}:{}", first.file, first.line),
                            {},
                            {},
                            m.place(m.document.root.mark)});
    }
}

} // namespace

std::string_view type_name(FieldType type) {
    switch (type) {
    case FieldType::name: return "a name";
    case FieldType::text: return "text";
    case FieldType::amount: return "an amount with its asset";
    case FieldType::rate: return "a rate in % or bps";
    case FieldType::decimal: return "a decimal in quotes";
    case FieldType::instant: return "a time with an offset";
    case FieldType::duration: return "a duration such as 24h or 7d";
    case FieldType::schedule: return "a schedule such as daily at 03:00";
    case FieldType::zone: return "a time zone such as Africa/Nairobi";
    case FieldType::integer: return "a whole number";
    case FieldType::boolean: return "true or false";
    case FieldType::choice: return "one of its choices";
    case FieldType::object: return "a map of fields";
    case FieldType::list: return "a list";
    case FieldType::values: return "a map of values";
    }
    return "a value";
}

Checked check_each(std::vector<Document> documents, std::span<const ObjectKind> kinds) {
    Checked checked;
    auto& [manifests, malformed, problems] = checked;
    for (auto& document : documents) {
        const auto* kind = find_kind(document, kinds, problems);
        if (kind == nullptr) {
            malformed.push_back(declared(document));
            continue;
        }
        Checker checker{document};
        checker.object(document.root,
                       {{"apiVersion", FieldType::text, true, ""},
                        {"kind", FieldType::text, true, ""},
                        {"metadata", FieldType::object, true, "name and organizer", {}, envelope_metadata()},
                        {"spec", FieldType::object, true, "what it is", {}, kind->spec}},
                       kind->name);
        problems.insert(problems.end(), checker.problems.begin(), checker.problems.end());
        if (!checker.problems.empty()) {
            malformed.push_back(declared(document));
            continue;
        }
        const auto* metadata = document.root.find("metadata");
        const auto* organizer = metadata->find("organizer");
        manifests.push_back(
            {kind, metadata->find("name")->text, organizer == nullptr ? "" : organizer->text, std::move(document)});
    }
    refuse_twice(manifests, problems);
    std::stable_sort(manifests.begin(), manifests.end(), [](const auto& a, const auto& b) {
        return std::pair{a.kind->rank, a.name} < std::pair{b.kind->rank, b.name};
    });
    return checked;
}

Result<std::vector<Manifest>> check(std::vector<Document> documents, std::span<const ObjectKind> kinds) {
    auto checked = check_each(std::move(documents), kinds);
    if (!checked.problems.empty()) return std::move(checked.problems);
    return std::move(checked.manifests);
}

} // namespace passa::manifest
