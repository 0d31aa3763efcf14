// passa ledger export: the whole journal, for other programs.
#include "cli/context.hpp"
#include "lib/event/event.hpp"
#include "lib/ledger/plain_text.hpp"

#include <utility>

namespace passa::cli {

enum class ExportFormat : std::uint8_t { hledger, beancount, csv, jsonl };

template <>
struct Words<ExportFormat> {
    static constexpr std::pair<std::string_view, ExportFormat> k_all[] = {{"hledger", ExportFormat::hledger},
                                                                          {"beancount", ExportFormat::beancount},
                                                                          {"csv", ExportFormat::csv},
                                                                          {"jsonl", ExportFormat::jsonl}};
};

} // namespace passa::cli

namespace passa::cli::ledger_export {

constexpr std::int64_t k_page = 2000; // entries read at once

struct Args {
    std::optional<std::string> event;
    std::optional<ExportFormat> format;
};

out::Record record_of(const ledger::JournalLine& line) {
    return {{"entry", line.journal.text()},
            {"day", line.day},
            {"kind", line.kind},
            {"account", line.account.kind},
            {"event", line.account.event},
            {"party", line.account.party},
            {"treasury", line.account.treasury},
            {"amount", line.amount},
            {"effective_at", line.effective_at},
            {"posted_at", line.posted_at},
            {"note", line.note}};
}

class Export {
public:
    Export(Context& ctx, db::Transaction& tx, const Args& args) : m_ctx(ctx), m_tx(tx) {
        if (args.event) m_filter.event = event::get_event(tx, m_org, *args.event).id;
    }

    void as_text(ledger::Dialect dialect) {
        const ledger::PlainText writer{dialect, ledger::load_accounts(m_tx, m_org, m_filter.event)};
        m_ctx.text(writer.head());
        each_page([&](const auto& lines) { m_ctx.text(writer.entries(lines)); });
    }

    void as_pages(Format format) {
        bool is_first = true;
        each_page([&](const auto& lines) {
            out::Records records;
            for (const auto& line : lines) records.push_back(record_of(line));
            m_ctx.list_page(format, records, std::exchange(is_first, false));
        });
        if (is_first) m_ctx.list_page(format, {}, true);
    }

    void as_one_list() { // one JSON array: whole in memory
        out::Records records;
        each_page([&](const auto& lines) {
            for (const auto& line : lines) records.push_back(record_of(line));
        });
        m_ctx.list_as(Format::json, {}, records);
    }

private:
    template <typename F>
    void each_page(F&& write) {
        JournalId last;
        for (;;) {
            const auto lines = ledger::load_journal_after(m_tx, m_org, m_filter, last);
            if (lines.empty()) return;
            write(lines);
            last = lines.back().journal;
        }
    }

    Context& m_ctx;
    db::Transaction& m_tx;
    OrganizerId m_org = m_ctx.organizer();
    ledger::JournalFilter m_filter{std::nullopt, k_page};
};

ExitCode run(Context& ctx, const Args& args) {
    if (ctx.globals().json && args.format)
        throw Error{{Kind::usage, "cli.usage", "passa ledger export: --json and --format contradict each other",
                     "give one of them"}};
    ctx.read([&](db::Transaction& tx) {
        Export journal{ctx, tx, args};
        if (ctx.globals().json) return journal.as_one_list();
        switch (args.format.value_or(ExportFormat::hledger)) {
        case ExportFormat::hledger: return journal.as_text(ledger::Dialect::hledger);
        case ExportFormat::beancount: return journal.as_text(ledger::Dialect::beancount);
        case ExportFormat::csv: return journal.as_pages(Format::csv);
        case ExportFormat::jsonl: return journal.as_pages(Format::jsonl);
        }
    });
    return ExitCode::ok;
}

extern const Command k_command = {
    .path = "ledger export",
    .summary = "Write the journal for hledger, beancount, a spreadsheet or a script",
    .details =
        "The plain text forms name accounts Root:Kind:Event:Party and an issued asset by its code and the end of its "
        "issuer, which the head of the file spells out. Every entry carries its id, balances in each asset, and is "
        "dated in the organizer's zone; so hledger and beancount, which share no code with passa, find the balances of "
        "`passa ledger balance`. CSV, JSON lines and --json have one record a posting and name assets in full.",
    .options = {option("event", &Args::event, "NAME", "Only entries of this event"),
                short_form('o', option("format", &Args::format, "FORMAT",
                                       "hledger, beancount, csv or jsonl; default: hledger"))},
    .examples = {{"passa ledger export > passa.journal", "then: hledger -f passa.journal balance"},
                 {"passa ledger export --format beancount --event nairobi-live", "one event, for beancount"}},
    .run = runner(run),
};

} // namespace passa::cli::ledger_export
