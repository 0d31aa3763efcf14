// Reading a checked spec: the field table has already refused what is missing or malformed, so this only converts.
#pragma once
#include "lib/base/id.hpp"
#include "lib/base/time.hpp"
#include "lib/db/database.hpp"
#include "lib/manifest/field.hpp"
#include "lib/money/rate.hpp"

#include <set>

namespace passa::catalog {

using Lost = std::set<std::pair<std::string, std::string>>; // kind and name

// What the stores of the kinds work with. Problems are collected; a store that added one simply returns.
struct Store {
    db::Transaction& tx;
    OrganizerId organizer;
    IdSource& ids;
    Instant now;
    Problems problems;
    Lost lost = {}; // declared, but with problems: what refers to them has none of its own
};

// The only way to one: takes the lock on the catalog, and reads the clock after it was got. A version made by whoever
// waited here is never older than what was booked meanwhile.
Store open_store(db::Transaction& tx, OrganizerId organizer, IdSource& ids, Clock& clock);

// The problem of an object that refers to a lost one: it counts, but is not shown.
inline Problem follows() { return {Kind::invalid_input, "", "", ""}; }

class Spec {
public:
    Spec(const manifest::Manifest& manifest, const manifest::Node& node) : m_manifest(manifest), m_node(node) {}
    explicit Spec(const manifest::Manifest& manifest) : Spec(manifest, manifest.spec()) {}

    [[nodiscard]] std::string text(std::string_view key) const { return get(key).text; }
    [[nodiscard]] std::optional<std::string> find_text(std::string_view key) const;
    [[nodiscard]] std::optional<std::int64_t> find_integer(std::string_view key) const;
    [[nodiscard]] Instant instant(std::string_view key) const { return parse_instant(text(key)).value_or_throw(); }
    [[nodiscard]] std::optional<Instant> find_instant(std::string_view key) const;
    [[nodiscard]] std::optional<Duration> find_duration(std::string_view key) const;
    [[nodiscard]] money::Rate rate(std::string_view key) const {
        return money::Rate::parse(text(key)).value_or_throw();
    }
    [[nodiscard]] std::optional<Spec> find_object(std::string_view key) const;
    [[nodiscard]] std::vector<Spec> objects(std::string_view key) const; // empty if absent
    [[nodiscard]] std::vector<std::string> texts(std::string_view key) const;
    // An amount whose asset the organizer has, or a known currency; else a problem at its place, and zero.
    money::Amount amount(Store& store, std::string_view key) const;
    std::optional<money::Amount> find_amount(Store& store, std::string_view key) const;

    // A problem at a field (or at the object itself when the field is absent).
    void refuse(Store& store, std::string_view key, Problem problem, std::string note = {}) const;

private:
    [[nodiscard]] const manifest::Node& get(std::string_view key) const;
    const manifest::Manifest& m_manifest;
    const manifest::Node& m_node;
};

// The asset of this id, created when it is a known currency. Error as a problem money.unknown_asset.
Result<money::Asset> ensure_asset(Store& store, std::string_view id);

} // namespace passa::catalog
