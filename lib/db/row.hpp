// Rows as they came, read by column name. NULL into a type that is not optional is an Error (db.null): libpqxx 6.4
// would build a string from a null pointer, so nothing outside this header asks it for a value.
#pragma once
#include "lib/db/value.hpp"

#include <memory>

namespace passa::db {

class Rows;
struct ResultSet; // the library's own result, behind the fence

// Keeps its result alive, so a row of a temporary is safe.
class Row {
public:
    template <typename T>
    [[nodiscard]] T get(std::string_view column) const {
        return Reader<T>::read(*this, column);
    }
    [[nodiscard]] bool is_null(std::string_view column) const { return !field(column); }
    // Of the columns asset_id and scale, before whose names `of` stands: "owed_" for owed_asset_id and owed_scale.
    [[nodiscard]] money::Asset asset(std::string_view of = "") const;
    [[nodiscard]] money::Amount amount(std::string_view minor, std::string_view of = "") const {
        return amount(minor, asset(of));
    }
    [[nodiscard]] money::Amount amount(std::string_view minor, const money::Asset& asset) const {
        return {get<money::Int128>(minor), asset};
    }

private:
    friend class Rows;
    Row(std::shared_ptr<const ResultSet> result, std::size_t index) : m_result(std::move(result)), m_index(index) {}
    [[nodiscard]] std::optional<std::string_view> field(std::string_view column) const;
    [[nodiscard]] std::string_view present(std::string_view column) const; // Error db.null

    template <typename T>
    struct Reader {
        static T read(const Row& row, std::string_view column) { return from_text<T>(row.present(column)); }
    };
    template <typename T>
    struct Reader<std::optional<T>> {
        static std::optional<T> read(const Row& row, std::string_view column) {
            const auto text = row.field(column);
            return text ? std::optional<T>{from_text<T>(*text)} : std::nullopt;
        }
    };
    template <typename Tag>
    struct Reader<Id<Tag>> {
        static Id<Tag> read(const Row& row, std::string_view column) {
            return Id<Tag>{from_text<IdBytes>(row.present(column))};
        }
    };
    template <typename Tag>
    struct Reader<std::optional<Id<Tag>>> {
        static std::optional<Id<Tag>> read(const Row& row, std::string_view column) {
            const auto text = row.field(column);
            return text ? std::optional{Id<Tag>{from_text<IdBytes>(*text)}} : std::nullopt;
        }
    };

    std::shared_ptr<const ResultSet> m_result;
    std::size_t m_index;
};

class Rows {
public:
    explicit Rows(std::shared_ptr<const ResultSet> result) : m_result(std::move(result)) {}

    class Iterator {
    public:
        using value_type = Row;
        using difference_type = std::ptrdiff_t;
        Iterator(std::shared_ptr<const ResultSet> result, std::size_t index)
            : m_result(std::move(result)), m_index(index) {}
        Row operator*() const { return {m_result, m_index}; }
        Iterator& operator++() { return ++m_index, *this; }
        bool operator==(const Iterator& other) const { return m_index == other.m_index; }

    private:
        std::shared_ptr<const ResultSet> m_result;
        std::size_t m_index;
    };
    [[nodiscard]] Iterator begin() const { return {m_result, 0}; }
    [[nodiscard]] Iterator end() const { return {m_result, size()}; }
    [[nodiscard]] std::size_t size() const;
    [[nodiscard]] bool empty() const { return size() == 0; }
    [[nodiscard]] Row operator[](std::size_t index) const { return {m_result, index}; }
    [[nodiscard]] Row one() const;                 // exactly one, else Error db.not_one
    [[nodiscard]] std::optional<Row> find() const; // none or one
    [[nodiscard]] std::int64_t affected() const;

private:
    std::shared_ptr<const ResultSet> m_result;
};

} // namespace passa::db
