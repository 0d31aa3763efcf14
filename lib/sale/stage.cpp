// Rows are written as COPY text by hand: this is the hot path of a million rows.
#include "lib/sale/stage.hpp"

#include "lib/base/fault.hpp"
#include "lib/sale/map_row.hpp"
#include "sale_sql.hpp"

#include <algorithm>
#include <charconv>

namespace passa::sale {
namespace {

constexpr std::int64_t k_bytes_per_block = 12 << 20;
constexpr int k_most_blocks = 256;
constexpr std::size_t k_most_prefixes = 4; // more than one is refused anyway
constexpr std::int64_t k_rows_per_report = 1 << 16;
constexpr auto k_most_offset = std::chrono::hours{16}; // of local time from UTC

// Local times after it, as Moment writes them, may be still to come.
std::string first_late(Instant now) {
    auto text = to_text(now + k_clock_skew - k_most_offset).substr(0, 19);
    std::replace(text.begin(), text.end(), 'T', ' ');
    return text;
}

const std::vector<std::string> k_staging_columns{
    "block",   "role",        "file_no", "file_row", "id",         "source",       "order_ref",   "line_ref",
    "tier_id", "quantity",    "gross",   "discount", "tax",        "fee_platform", "fee_payment", "at",
    "code",    "payment_ref", "undo",    "whole",    "bad_column", "bad_code",     "bad_reason"};

// One line of COPY text, field by field.
class CopyLine {
public:
    explicit CopyLine(db::CopyIn& copy) : m_copy(copy) {}
    CopyLine& text(std::string_view value) {
        next();
        if (value.empty())
            m_line += "\\N";
        else
            db::append_copy_text(m_line, value);
        return *this;
    }
    CopyLine& raw(std::string_view value) { return next(), m_line += value, *this; }
    CopyLine& null() { return raw("\\N"); }
    CopyLine& number(std::int64_t value) {
        std::array<char, 24> digits{};
        const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
        return raw({digits.data(), static_cast<std::size_t>(end - digits.data())});
    }
    CopyLine& number(money::Int128 value) {
        if (value >= INT64_MIN && value <= INT64_MAX) return number(static_cast<std::int64_t>(value));
        return raw(money::to_text(value));
    }
    CopyLine& id(const IdBytes& id) {
        constexpr std::string_view digits = "0123456789abcdef";
        next();
        for (const auto byte : id) (m_line += digits[byte >> 4]) += digits[byte & 15];
        return *this;
    }
    CopyLine& amounts(const Amounts& a) {
        return number(a.gross).number(a.discount).number(a.tax).number(a.fee_platform).number(a.fee_payment);
    }
    void send() {
        m_copy.line(m_line);
        m_line.clear();
        m_first = true;
    }

private:
    void next() {
        if (!m_first) m_line += '\t';
        m_first = false;
    }
    db::CopyIn& m_copy;
    std::string m_line;
    bool m_first = true;
};

class Stager {
public:
    Stager(db::CopyIn& copy, const StagePlan& plan)
        : m_line(copy), m_plan(plan), m_ids(plan.catalog.event.id.bytes()), m_first_late(first_late(plan.now)) {
        seen.tickets.resize(plan.catalog.tiers.size());
    }
    Seen seen;

    void file(const Input& input, int number) {
        table::TextFile file{input.path};
        const RowMapper mapper{m_plan.profile, input.layout, m_plan.catalog};
        const auto reader = open_rows(file, input.layout);
        const bool holds_lines = input.layout.shape->rows == FileShape::Rows::lines;
        m_file_no = number;
        table::Record record;
        Staged row;
        while (reader->next(record)) {
            ++seen.rows;
            if (holds_lines) ++seen.line_rows;
            const bool counts = mapper.map(record, row);
            if (row.bad_code == k_other_date_order) refuse_dates(input, row);
            if (counts)
                write(row);
            else
                ++seen.ignored;
            note_prefix(row.prefix);
            if ((seen.rows & (k_rows_per_report - 1)) == 0) {
                fault_point("sale.import.stage");
                m_plan.progress("read", seen.rows, 0);
            }
        }
    }

private:
    [[noreturn]] static void refuse_dates(const Input& input, const Staged& row) {
        const auto name = input.path.string();
        throw Error{{Kind::invalid_input,
                     row.bad_code,
                     fmt::format("{}, line {}: {}; so no date of this file can be trusted", printable(name),
                                 row.file_row, row.bad_reason),
                     "take a profile with the other order, or a copy of this one: dates: day-first (or month-first)",
                     {},
                     {},
                     Place{name, static_cast<int>(row.file_row), 1, "", ""}}};
    }

    void note_prefix(const std::string& prefix) {
        if (prefix.empty() || (!seen.prefixes.empty() && seen.prefixes.back() == prefix)) return;
        if (std::find(seen.prefixes.begin(), seen.prefixes.end(), prefix) == seen.prefixes.end() &&
            seen.prefixes.size() < k_most_prefixes)
            seen.prefixes.push_back(prefix);
    }

    void write(const Staged& row) {
        const auto half = m_ids.order_half(row.source, row.order_ref);
        m_block = block_of(half, m_plan.blocks);
        if (row.bad_code != nullptr) return write_bad(row);
        if (row.at >= m_first_late || row.undone_at >= m_first_late) ++seen.late;
        if (row.is_order) return write_facts(row);
        if (row.is_idle) return write_idle(row);
        if (!row.fee.empty()) return write_fee(row);
        const bool remaining = row.undo == "remaining";
        if (row.is_sale) {
            ++seen.sales;
            if (row.undo.empty() || !row.undo_is_whole || remaining)
                seen.tickets[m_plan.catalog.index_of(*row.tier)] += row.quantity;
            if (row.line_ref.empty()) ++seen.unnumbered;
            begin('s', row);
            m_line.amounts(row.amounts).raw(row.at).text(row.code).text(row.payment_ref);
            (remaining ? m_line.raw(row.undo) : m_line.null()).null();
            end();
        }
        if (row.undo.empty()) return;
        ++seen.undos;
        if (!row.is_sale) ++seen.lone_undos;
        if (!row.is_sale && !row.undo_is_row && row.line_ref.empty()) ++seen.unnumbered;
        if (remaining) return;
        if (row.undo_is_row) ++seen.refund_rows;
        begin(row.undo_is_row ? 'r' : 'u', row);
        m_line.amounts(row.undo_is_whole ? row.amounts : row.undone).text(row.undone_at);
        if (row.undo_is_row)
            m_line.text(row.refund_ref).text(row.payment_ref);
        else
            m_line.null().null();
        m_line.raw(row.undo).raw(row.undo_is_whole ? "t" : "f");
        end();
    }

    void begin(char role, const Staged& row) {
        m_line.number(std::int64_t{m_block}).raw({&role, 1}).number(std::int64_t{m_file_no}).number(row.file_row);
        if (row.line_ref.empty())
            m_line.null();
        else
            m_line.id(m_ids.line(row.source, row.order_ref, row.line_ref));
        m_line.text(row.source).text(row.order_ref).text(row.line_ref);
        if (row.tier == nullptr)
            m_line.null();
        else
            m_line.raw(row.tier->uuid);
        m_line.number(row.quantity);
    }
    void end() { m_line.null().null().null().send(); }

    void write_bad(const Staged& row) {
        ++seen.bad;
        m_line.number(std::int64_t{m_block}).raw("x").number(std::int64_t{m_file_no}).number(row.file_row).null();
        m_line.text(row.source).text(row.order_ref);
        for (int i = 0; i < 13; ++i) m_line.null();
        m_line.text(row.bad_column).raw(row.bad_code).text(row.bad_reason).send();
    }

    void write_idle(const Staged& row) {
        ++seen.ignored;
        if (row.is_unpaid) ++seen.unpaid;
        begin('p', row);
        for (int i = 0; i < 8; ++i) m_line.null();
        m_line.text(row.is_unpaid ? "pending" : "").null();
        end();
    }

    void write_facts(const Staged& row) {
        ++seen.orders;
        if (!row.undo.empty()) ++seen.undone_orders, ++seen.undos;
        begin('o', row);
        if (row.order_has_total)
            m_line.amounts(row.amounts);
        else
            for (int i = 0; i < 5; ++i) m_line.null();
        m_line.null().text(row.code).null().text(row.undo).null();
        end();
        write_fee_of_order(row, row.amounts.fee_platform, "platform");
        write_fee_of_order(row, row.amounts.fee_payment, "payment");
    }

    void write_fee_of_order(const Staged& row, money::Int128 fee, std::string_view kind) {
        if (fee == 0) return;
        ++seen.fees;
        begin('f', row);
        Amounts amounts;
        amounts.gross = fee;
        m_line.amounts(amounts).null().null().null().raw(kind).raw("f");
        end();
    }

    void write_fee(const Staged& row) {
        const char role = row.fee_is_gone ? 'c' : row.fee == "ignored" ? 'i' : 'f';
        ++(role == 'f' ? seen.fees : seen.ignored);
        if (role == 'c') ++seen.gone_fees;
        begin(role, row);
        m_line.amounts(row.amounts).text(row.at).null().null().raw(row.fee).raw(row.fee_is_line ? "t" : "f");
        end();
    }

    CopyLine m_line;
    const StagePlan& m_plan;
    LineIds m_ids;
    std::string m_first_late;
    int m_file_no = 1;
    int m_block = 0;
};

} // namespace

int blocks_for(std::int64_t bytes) {
    return static_cast<int>(std::clamp<std::int64_t>(bytes / k_bytes_per_block + 1, 1, k_most_blocks));
}

Seen stage(db::Transaction& tx, const StagePlan& plan) {
    tx.run(sql::make_staging, plan.blocks);
    tx.run(sql::use_zone, plan.profile.zone.value_or(plan.catalog.event.zone));
    tx.run(sql::use_time);
    auto copy = tx.copy_in("sale_staging", k_staging_columns);
    Stager stager{copy, plan};
    int number = 0;
    for (const auto& input : plan.inputs) stager.file(input, ++number);
    copy.finish();
    return std::move(stager.seen);
}

} // namespace passa::sale
