// From a checked manifest to a Profile, and where profiles are found.
#include "lib/sale/profile.hpp"

#include "import_profiles.hpp"
#include "lib/base/text.hpp"
#include "lib/crypto/hash.hpp"
#include "lib/manifest/read.hpp"
#include "lib/sale/profile_fields.hpp"

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>

namespace passa::sale {

namespace fs = std::filesystem;
using manifest::Node;

namespace {

constexpr std::size_t k_most_profile_bytes = std::size_t{256} * 1024;

std::string text_of(const Node& spec, std::string_view key, std::string_view otherwise = {}) {
    const auto* node = spec.find(key);
    return std::string{node == nullptr ? otherwise : node->text};
}

std::vector<std::string> texts_of(const Node& spec, std::string_view key) {
    std::vector<std::string> texts;
    if (const auto* list = spec.find(key))
        for (const auto& item : list->items) texts.emplace_back(trim(item.text));
    return texts;
}

RowKind kind_of(std::string_view text) {
    if (text == "refund") return RowKind::refund;
    if (text == "income") return RowKind::income;
    if (text == "platform-fee") return RowKind::platform_fee;
    if (text == "payment-fee") return RowKind::payment_fee;
    return text == "ignore" ? RowKind::ignore : RowKind::sale;
}

Status status_of(std::string_view text) {
    if (text == "pending") return Status::pending;
    if (text == "refunded") return Status::refunded;
    if (text == "fees-only") return Status::fees_only;
    if (text == "partially-refunded") return Status::partially_refunded;
    if (text == "cancelled") return Status::cancelled;
    if (text == "chargeback") return Status::chargeback;
    return text == "ignore" ? Status::ignore : Status::paid;
}

// "Order #" is "order #": blanks around it and case do not tell headers apart.
std::vector<std::string> headers_of(const Node& columns, std::string_view key) {
    auto headers = texts_of(columns, key);
    for (auto& header : headers) header = to_lower(header);
    return headers;
}

class ProfileReader {
public:
    explicit ProfileReader(const manifest::Manifest& manifest) : m_manifest(manifest) {}
    Problems problems;

    Profile read() {
        const auto& spec = m_manifest.spec();
        Profile p;
        p.name = m_manifest.name;
        p.title = text_of(spec, "title");
        p.source = text_of(spec, "source");
        if (const auto* zone = spec.find("zone")) p.zone = zone->text;
        read_dialect(spec, p);
        if (const auto* words = spec.find("status")) read_status(*words, p);
        if (const auto* words = spec.find("kinds"))
            for (const auto& entry : words->entries)
                for (const auto& word : texts_of(*words, entry.key))
                    add_word(p.kind_words, word, kind_of(entry.key), entry);
        p.keep_order_fees = text_of(spec, "order-fees") == "lines";
        p.fees_by_total = text_of(spec, "order-fees-paid-by") == "either";
        p.fees_on_top = !p.fees_by_total && text_of(spec, "order-fees-paid-by") != "seller";
        p.refunds_keep_fees = text_of(spec, "refunded-fees") == "kept";
        p.accept_corrections = text_of(spec, "corrections") == "accept";
        const auto missing = text_of(spec, "missing");
        p.missing = missing == "ignore"      ? Missing::ignore
                    : missing == "cancelled" ? Missing::cancelled
                                             : Missing::refuse;
        for (const auto& file : spec.find("files")->items) p.files.push_back(read_file(file));
        if (p.files.empty()) refuse(spec.find("files")->mark, "a profile needs at least one file");
        return p;
    }

private:
    void refuse(manifest::Mark mark, std::string message) {
        problems.push_back(
            {Kind::invalid_input, "sale.profile", std::move(message), "", {}, {}, m_manifest.place(mark)});
    }

    template <typename T>
    void add_word(std::map<std::string, T>& words, const std::string& word, T meaning, const Node::Entry& entry) {
        if (!words.try_emplace(to_lower(word), meaning).second)
            refuse(entry.mark, fmt::format("'{}' is listed twice", printable(word, 40)));
    }

    void read_dialect(const Node& spec, Profile& p) {
        static const std::map<std::string, char> signs{{"comma", ','},      {"semicolon", ';'}, {"tab", '\t'},
                                                       {"pipe", '|'},       {"point", '.'},     {"space", ' '},
                                                       {"apostrophe", '\''}};
        if (const auto* d = spec.find("delimiter")) p.delimiter = signs.at(d->text);
        p.decimal = signs.at(text_of(spec, "decimal", "point"));
        if (const auto* t = spec.find("thousands"); t != nullptr && t->text != "none") p.thousands = signs.at(t->text);
        if (p.thousands == p.decimal) refuse(spec.find("thousands")->mark, "decimal and thousands sign are the same");
        p.bracket_negatives = text_of(spec, "negatives") == "brackets";
        p.preamble = std::stoi(text_of(spec, "preamble", "0").substr(0, 6));
        if (p.preamble > k_most_preamble)
            refuse(spec.find("preamble")->mark, fmt::format("a preamble has at most {} lines", k_most_preamble));
        const auto dates = text_of(spec, "dates", "year-first");
        p.dates = dates == "month-first" ? DateOrder::month_first
                  : dates == "day-first" ? DateOrder::day_first
                                         : DateOrder::year_first;
        if (const auto* list = spec.find("signs"))
            for (const auto& item : list->items) p.signs[item.find("sign")->text] = item.find("currency")->text;
    }

    void read_status(const Node& words, Profile& p) {
        for (const auto& entry : words.entries) {
            if (entry.key == "otherwise")
                p.status_otherwise = status_of(entry.value.text);
            else
                for (const auto& word : texts_of(words, entry.key))
                    add_word(p.status_words, word, status_of(entry.key), entry);
        }
    }

    FileShape read_file(const Node& node) {
        FileShape file;
        file.name = text_of(node, "name");
        const auto rows = text_of(node, "rows", "lines");
        file.rows = rows == "fees"     ? FileShape::Rows::fees
                    : rows == "orders" ? FileShape::Rows::orders
                                       : FileShape::Rows::lines;
        file.is_json = text_of(node, "format") == "json-lines";
        file.minor_units = text_of(node, "amounts") == "minor";
        file.needs = headers_of(node, "needs");
        file.without = headers_of(node, "without");
        file.kind_otherwise =
            kind_of(text_of(node, "kind-otherwise", file.rows == FileShape::Rows::fees ? "platform-fee" : "sale"));
        const auto& columns = *node.find("columns");
        for (const auto& doc : k_column_docs)
            file.headers[static_cast<std::size_t>(doc.column)] = headers_of(columns, doc.name);
        require_columns(file, columns.mark);
        return file;
    }

    void require_columns(const FileShape& file, manifest::Mark mark) {
        const auto need = [&](bool there, std::string_view what) {
            if (!there) refuse(mark, fmt::format("file {} maps no column to {}", file.name, what));
        };
        need(!file.of(Column::order).empty(), "order");
        if (file.rows == FileShape::Rows::orders) return;
        need(!file.of(Column::gross).empty() || !file.of(Column::unit_price).empty(), "gross or unit-price");
        if (file.rows == FileShape::Rows::fees) return;
        need(!file.of(Column::tier).empty(), "tier");
        need(!file.of(Column::at).empty(), "at");
    }

    const manifest::Manifest& m_manifest;
};

std::string read_whole(const fs::path& path) {
    errno = 0; // the stream has no words for why
    std::ifstream in{path, std::ios::binary};
    if (!in.is_open())
        throw Error{{Kind::invalid_input, "sale.profile_unreadable",
                     fmt::format("cannot read the profile {}: {}", printable(path.string()), std::strerror(errno)),
                     "name a profile file that you may read, or a profile by its name (they are listed by: passa sale "
                     "profiles); a first one of your own: passa sale profiles --yaml passa > mine.yaml"}};
    std::string text(k_most_profile_bytes + 1, '\0');
    in.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(in.gcount()));
    std::error_code odd; // a name too long, a loop of links: not a file either
    if (in.bad() || !fs::is_regular_file(path, odd) || text.size() > k_most_profile_bytes)
        throw Error{{Kind::invalid_input, "sale.profile_unreadable",
                     fmt::format("cannot read the profile {}", printable(path.string())),
                     fmt::format("a profile is a YAML file of at most {} KiB", k_most_profile_bytes / 1024)}};
    return text;
}

Result<Profile> read_profile(const fs::path& path) try {
    return parse_profile(read_whole(path), path.string());
} catch (const Error& unreadable) {
    return unreadable.problems();
}

bool is_yaml(const fs::path& path) { return path.extension() == ".yaml" || path.extension() == ".yml"; }

std::vector<fs::path> yaml_files_of(const fs::path& folder) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator{folder})
        if (is_yaml(entry.path())) files.push_back(entry.path());
    std::sort(files.begin(), files.end()); // the same profile wins everywhere
    return files;
}

} // namespace

bool Profile::has_order_fees() const {
    return std::any_of(files.begin(), files.end(),
                       [](const FileShape& f) {
                           return f.rows == FileShape::Rows::fees ||
                                  (f.rows == FileShape::Rows::orders &&
                                   (!f.of(Column::fee_platform).empty() || !f.of(Column::fee_payment).empty()));
                       }) ||
           std::any_of(kind_words.begin(), kind_words.end(), [](const auto& word) {
               return word.second == RowKind::platform_fee || word.second == RowKind::payment_fee ||
                      word.second == RowKind::income;
           });
}

Result<Profile> parse_profile(std::string_view yaml, std::string origin) {
    auto documents = manifest::read_text(yaml, origin);
    if (!documents) return documents.problems();
    const std::vector<manifest::ObjectKind> kinds{import_profile_kind()};
    const auto manifests = manifest::check(*std::move(documents), kinds);
    if (!manifests) return manifests.problems();
    if (manifests->size() != 1)
        return Problem{Kind::invalid_input, "sale.profile", fmt::format("{} must hold exactly one profile", origin),
                       "look at one with: passa sale profiles --show passa"};
    ProfileReader reader{manifests->front()};
    auto profile = reader.read();
    if (!reader.problems.empty()) return reader.problems;
    profile.origin = std::move(origin);
    profile.text = yaml;
    profile.hash = crypto::sha256(as_bytes(yaml));
    return profile;
}

ProfileShelf load_profiles(const fs::path& folder) {
    std::map<std::string, Profile> found;
    ProfileShelf shelf;
    for (const auto& [file, text] : profile_files::k_files) {
        auto profile = parse_profile(text, fmt::format("built-in {}", file)).value_or_throw();
        found.insert_or_assign(profile.name, std::move(profile));
    }
    if (fs::is_directory(folder))
        for (const auto& path : yaml_files_of(folder)) {
            auto profile = read_profile(path);
            if (profile)
                found.insert_or_assign(profile->name, std::move(profile.value()));
            else
                shelf.broken.push_back({path.stem().string(), path.string(), profile.problems()});
        }
    for (auto& entry : found) shelf.profiles.push_back(std::move(entry.second));
    return shelf;
}

namespace {

bool has_word(std::string_view text, std::string_view word) {
    const auto goes_on = [&](std::size_t at) {
        return at < text.size() && (std::isalnum(static_cast<unsigned char>(text[at])) != 0 || text[at] == '-');
    };
    for (auto at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1))
        if (!goes_on(at + word.size()) && (at == 0 || !goes_on(at - 1))) return true;
    return false;
}

// Its file has that name, or has it in it, or keeps its own to itself.
bool may_be_called(const ProfileShelf::Broken& broken, const std::string& name) {
    try {
        return broken.name == name || has_word(read_whole(broken.file), name);
    } catch (const Error&) { // not to hide: what is wrong with the file is among its problems
        return true;
    }
}

} // namespace

Profile get_profile(const std::string& name, const fs::path& folder) {
    if (is_yaml(name)) return parse_profile(read_whole(name), name).value_or_throw();
    std::vector<std::string> known;
    auto shelf = load_profiles(folder);
    for (auto& broken : shelf.broken) // it may be meant to stand in for a built-in one
        if (may_be_called(broken, name)) throw Error{std::move(broken.problems)};
    for (auto& profile : shelf.profiles) {
        if (profile.name == name) return profile;
        known.push_back(profile.name);
    }
    if (!shelf.broken.empty()) // it may be the one
        throw Error{{Kind::not_found, "sale.unknown_profile",
                     fmt::format("there is no import profile {} that can be read; broken is {}", printable(name, 60),
                                 printable(shelf.broken.front().file)),
                     "see what is wrong with it: passa sale profiles"}};
    const auto near = nearest_names(name, known);
    throw Error{{Kind::not_found, "sale.unknown_profile",
                 fmt::format("there is no import profile {}", printable(name, 60)),
                 near.empty() ? fmt::format("there are: {}; or name a file: --profile ./mine.yaml", join(known, ", "))
                              : fmt::format("did you mean {}?", near.front())}};
}

std::string_view name(Status status) {
    constexpr std::string_view names[] = {"paid",      "pending",   "refunded",   "partially_refunded",
                                          "cancelled", "fees_only", "chargeback", "ignore"};
    return names[static_cast<std::size_t>(status)];
}

std::string_view name(FileShape::Rows rows) {
    return rows == FileShape::Rows::lines ? "lines" : rows == FileShape::Rows::fees ? "fees" : "orders";
}

} // namespace passa::sale
