// How results, notes and questions leave a command.
#include "cli/context.hpp"

#include "cli/out/shape.hpp"
#include "cli/out/wrap.hpp"
#include "cli/spec/fields.hpp"
#include "lib/base/text.hpp"

#include <algorithm>

namespace passa::cli {
namespace {

constexpr std::size_t k_longest_note = 2000;

void write_line(std::string_view text, const out::Terminal& terminal) {
    const auto line = printable(text, k_longest_note);
    out::write_stderr((terminal.stderr_is_tty ? out::wrap(line, 0, terminal.width) : line) + "\n");
}

out::Records only(const out::Record& record) { return {record}; }

// Test builds compare what is shown with what cli/*/json.md promises; a release shows it without looking.
void check_declared([[maybe_unused]] const Command& command, [[maybe_unused]] const out::Record& record) {
#ifdef PASSA_FAULTS
    if (command.hidden) return;
    const auto fields = json_fields(command.path);
    const auto wrong = find_mismatch(fields, out::shape_of(record));
    const bool one_of_a_list = !find_mismatch(fields, out::shape_of({{"items", out::Records{record}}})); // for people
    if (wrong && !one_of_a_list)
        throw Error{{Kind::internal, "internal.undeclared", fmt::format("passa {}: {}", command.path, *wrong),
                     "mend cli/*/json.md or the command"}};
#endif
}

// A list in one document, a page at a time: what stands around the records is written once.
void write_json(const Command& command, bool pretty, const std::function<out::Records()>& next) {
    bool is_first = true;
    for (auto page = next(); is_first || !page.empty();) {
        check_declared(command, {{"items", page}});
        const auto text = out::to_json(schema_name(command.path), {{"items", page}}, pretty) + "\n";
        page = page.empty() ? page : next();
        const auto begin = is_first ? 0 : text.find('[') + 1;
        const auto end = page.empty() ? text.size() : text.find_last_not_of(" \n", text.rfind(']') - 1) + 1;
        out::write_stdout(text.substr(begin, end - begin) + (page.empty() ? "" : ","));
        is_first = false;
    }
}

} // namespace

std::string Context::schema() const { return schema_name(m_command.path); }

Format Context::format() const {
    return m_globals.format.value_or(m_terminal.stdout_is_tty ? Format::table : Format::plain);
}

void Context::show(const out::Record& record) {
    check_declared(m_command, record);
    auto terminal = m_terminal;
    terminal.stdout_is_tty = format() == Format::table;
    switch (format()) {
    case Format::json: return out::write_stdout(out::to_json(schema(), record, m_terminal.stdout_is_tty) + "\n");
    case Format::jsonl: return out::write_stdout(out::to_json(schema(), record, false) + "\n");
    case Format::csv: return out::write_stdout(out::csv({}, only(record)));
    case Format::table:
    case Format::plain: return out::write_stdout(out::fields(record, terminal));
    }
}

void Context::list(const std::vector<out::Column>& columns, const out::Records& records) {
    list_as(format(), columns, records);
}

void Context::list_as(Format format, const std::vector<out::Column>& columns, const out::Records& records) {
    check_declared(m_command, {{"items", records}});
    auto terminal = m_terminal;
    terminal.stdout_is_tty = format == Format::table;
    switch (format) {
    case Format::json:
        return out::write_stdout(out::to_json(schema(), {{"items", records}}, m_terminal.stdout_is_tty) + "\n");
    case Format::jsonl:
        for (const auto& record : records) out::write_stdout(out::to_json(schema(), record, false) + "\n");
        return;
    case Format::csv: return out::write_stdout(out::csv(columns, records));
    case Format::table:
        if (records.empty()) return note("nothing to show");
        [[fallthrough]];
    case Format::plain: return out::write_stdout(out::table(columns, records, terminal));
    }
}

void Context::list_page(Format format, const out::Records& records, bool is_first,
                        const std::vector<out::Column>& columns) {
    if (format != Format::csv || is_first) return list_as(format, columns, records);
    check_declared(m_command, {{"items", records}});
    const auto page = out::csv({}, records);
    out::write_stdout(page.substr(page.find('\n') + 1)); // the head stands above the first
}

// More than memory holds, but for a table: its columns are as wide as all of it. The same text as of one list.
void Context::list_pages(const std::vector<out::Column>& columns, const std::function<out::Records()>& next) {
    if (format() == Format::json) return write_json(m_command, m_terminal.stdout_is_tty, next);
    auto page = next();
    if (format() == Format::table)
        for (auto more = next(); !more.empty(); more = next())
            page.insert(page.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
    list_as(format(), columns, page);
    if (format() == Format::table || page.empty()) return;
    for (page = next(); !page.empty(); page = next())
        if (format() == Format::csv)
            list_page(Format::csv, page, false);
        else
            list_as(format(), columns, page);
}

void Context::document(const std::string& key, const std::string& text) {
    if (is_json()) return show({{key, text}});
    if (format() == Format::csv)
        throw Error{{Kind::usage, "cli.usage", fmt::format("passa {} prints a text, which is no table", m_command.path),
                     "leave out -o csv, or write --json"}};
    out::write_stdout(text);
}

void Context::text(std::string_view text) { out::write_stdout(text); }

void Context::note(std::string_view text) {
    if (!m_globals.quiet) write_line(text, m_terminal);
}

bool Context::may_move(const out::Plan& plan) {
    if (m_globals.dry_run && is_for_tools()) { // then the plan is the result
        auto record = plan.shown;
        record.insert(record.begin(), {"network", plan.network});
        show(record);
        return note("dry run: nothing was done"), false;
    }
    const bool may_ask = m_terminal.stdin_is_tty && m_terminal.stderr_is_tty && !m_globals.no_input;
    if (may_ask || !is_for_tools()) { // a tool reads what fails as JSON there: no text stands before it
        auto terminal = m_terminal;
        terminal.stdout_is_tty = m_terminal.stderr_is_tty; // the plan goes there
        out::write_stderr(out::echo(plan, terminal));
    }
    if (m_globals.dry_run) return note("dry run: nothing was done"), false;
    if (out::find_consent(plan, {m_globals.yes, may_ask}) == out::Consent::must_ask) out::ask_consent(plan);
    return true;
}

Stop& Context::stop() {
    if (!m_stop) m_stop.emplace();
    return *m_stop;
}

} // namespace passa::cli
