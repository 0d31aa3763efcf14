// The story of an import, in its order.
#include "lib/sale/import.hpp"

#include "lib/base/fault.hpp"
#include "lib/base/text.hpp"
#include "lib/sale/apply.hpp"
#include "lib/sale/lease.hpp"
#include "lib/sale/rejects.hpp"
#include "lib/sale/survey.hpp"
#include "lib/table/workbook.hpp"
#include "sale_sql.hpp"

#include <algorithm>

namespace passa::sale {
namespace {

constexpr std::int64_t k_many_lines =
    1'000; // from here on the planner must know: joins of them as if they were few are quadratic
constexpr std::size_t k_most_files = 100;
constexpr std::size_t k_kept_codes = 20;

// The same bytes twice would count what has no reference of its own twice.
void require_different(const std::vector<Input>& inputs) {
    for (auto a = inputs.begin(); a != inputs.end(); ++a)
        for (auto b = inputs.begin(); b != a; ++b)
            if (a->sha256 == b->sha256)
                throw Error{{Kind::usage, "sale.same_file",
                             fmt::format("{} and {} are the same file", printable(b->path.string()),
                                         printable(a->path.string())),
                             "name each file of the export once"}};
}

// A workbook is all its sheets, as many files of one export.
std::vector<std::filesystem::path> paths_of(const std::vector<std::filesystem::path>& files) {
    std::vector<std::filesystem::path> paths;
    for (const auto& file : files)
        for (auto& path : table::sheets_of(file)) paths.push_back(std::move(path));
    return paths;
}

std::vector<Input> open_inputs(const ImportOrder& order, const Catalog& catalog) {
    if (order.files.size() > k_most_files)
        throw Error{
            {Kind::usage, "sale.too_many_files", fmt::format("one import takes at most {} files", k_most_files), ""}};
    std::vector<Input> inputs;
    bool has_lines = false;
    for (const auto& path : paths_of(order.files)) {
        table::TextFile file{path};
        auto layout = recognise(file, order.profile);
        auto found = survey(file, layout, order.profile);
        layout.dialect = found.dialect;
        require_balances(file, layout, order.profile, catalog.event.currency);
        inputs.push_back({path, std::move(layout), file.size(), table::sha256_of(path), std::move(found.zones)});
        has_lines = has_lines || inputs.back().layout.shape->rows == FileShape::Rows::lines;
    }
    require_different(inputs);
    if (has_lines) return inputs;
    std::string found;
    for (const auto& input : inputs)
        found += fmt::format("{}{} ({})", found.empty() ? "" : ", ", input.path.filename().string(),
                             input.layout.shape->name);
    throw Error{{Kind::invalid_input, "sale.no_lines",
                 fmt::format("none of the files says which tickets were sold: {}", printable(found, 300)),
                 fmt::format("add the file of the export that lists tickets; see: passa sale profiles --show {}",
                             order.profile.name)}};
}

// Over the hashes of the files, whatever their order; one file's is its own.
Hash256 hash_of(const std::vector<Input>& inputs) {
    if (inputs.size() == 1) return inputs.front().sha256;
    std::vector<Hash256> hashes;
    for (const auto& input : inputs) hashes.push_back(input.sha256);
    std::sort(hashes.begin(), hashes.end());
    crypto::Sha256 all;
    for (const auto& hash : hashes) all.update(hash);
    return all.finish();
}

std::string names_of(const std::vector<Input>& inputs) {
    std::string names;
    for (const auto& input : inputs) (names += names.empty() ? "" : ", ") += input.path.filename().string();
    return names.substr(0, 1000);
}

// The tickets tell prices, and the orders report, which tells what was paid for them, is not there.
bool lack_totals(const std::vector<Input>& inputs, const Profile& profile) {
    const auto has_totals = [](const FileShape& shape) {
        return shape.rows == FileShape::Rows::orders && !shape.of(Column::gross).empty();
    };
    const auto is_priced = [](const Input& input) {
        return input.layout.shape->rows == FileShape::Rows::lines && input.layout.of(Column::gross) < 0;
    };
    return std::any_of(profile.files.begin(), profile.files.end(), has_totals) &&
           std::any_of(inputs.begin(), inputs.end(), is_priced) &&
           std::none_of(inputs.begin(), inputs.end(), [&](const Input& i) { return has_totals(*i.layout.shape); });
}

void require_unchanged(const std::vector<Input>& inputs) {
    for (const auto& input : inputs)
        if (table::sha256_of(input.path) != input.sha256)
            throw Error{{Kind::conflict, "sale.file_changed",
                         fmt::format("{} was changed while it was read", printable(input.path.string())),
                         "run the import again"}};
}

void require_rows(const std::vector<Input>& inputs, const Seen& seen) {
    if (seen.line_rows > 0) return;
    const auto it = std::find_if(inputs.begin(), inputs.end(),
                                 [](const Input& i) { return i.layout.shape->rows == FileShape::Rows::lines; });
    throw Error{{Kind::invalid_input,
                 "sale.no_rows",
                 fmt::format("{} has a header but no rows", printable(it->path.string())),
                 "check the filter of the export",
                 {},
                 {},
                 Place{it->path.string(), static_cast<int>(it->layout.header_line) + 1, 1, "", ""}}};
}

// Where a shop counts its orders per event, the files name it: another event's money must not come in with this one's.
void require_one_event(const Job& job) {
    const auto& prefixes = job.seen.prefixes;
    if (prefixes.size() < 2) return;
    std::vector<std::string> names;
    for (const auto& prefix : prefixes) names.push_back(printable(prefix, 60));
    throw Error{
        {Kind::invalid_input, "sale.several_events",
         fmt::format("the files hold orders of several events: {}", join(names, ", ")),
         fmt::format("export the one event that is {} here, or keep only its rows; import each event on its own",
                     job.catalog.event.name)}};
}

// Two reports of one shop may both tell the fees, each for itself: added up they would be taken twice.
void require_fees_once(const std::vector<Input>& inputs) {
    const auto telling = [&](FileShape::Rows rows) {
        return std::find_if(inputs.begin(), inputs.end(), [&](const Input& input) {
            return input.layout.shape->rows == rows &&
                   (input.layout.of(Column::fee_platform) >= 0 || input.layout.of(Column::fee_payment) >= 0);
        });
    };
    const auto lines = telling(FileShape::Rows::lines), orders = telling(FileShape::Rows::orders);
    if (lines == inputs.end() || orders == inputs.end()) return;
    throw Error{{Kind::invalid_input, "sale.fees_twice",
                 fmt::format("{} and {} both tell the fees of the same sales",
                             printable(lines->path.filename().string()), printable(orders->path.filename().string())),
                 fmt::format("import {} alone", printable(lines->path.filename().string()))}};
}

class Import {
public:
    Import(const Desk& desk, const ImportOrder& order, const Progress& progress)
        : m_desk(desk), m_order(order), m_progress(progress),
          m_catalog(db::transact(desk.db, {desk.organizer},
                                 [&](db::Transaction& tx) { return load_catalog(tx, desk.organizer, order.event); })),
          m_inputs(open_inputs(order, m_catalog)),
          m_hash(hash_of(m_inputs)), m_job{desk, order.profile, m_catalog, 1, m_inputs, {}} {
        std::int64_t bytes = 0;
        for (const auto& input : m_inputs) bytes += input.bytes;
        m_job.blocks = blocks_for(bytes);
    }

    ImportOutcome run() {
        require_zone();
        if (m_order.rejects) require_rejects_place(m_inputs, *m_order.rejects);
        if (find_known()) return m_outcome;
        if (m_order.dry_run) {
            first_pass();
            rehearse();
            return m_outcome;
        }
        Lease lease{m_desk, m_catalog.event.id, m_progress};
        reload_catalog();
        first_pass();
        second_pass(lease);
        finish(lease);
        return m_outcome;
    }

private:
    template <typename F>
    auto write(F&& fn) {
        return db::transact(m_desk.db, {m_desk.organizer}, std::forward<F>(fn));
    }

    bool is_zone(const std::string& name) {
        return !write([&](db::Transaction& tx) { return tx.run(sql::find_zone, name); }).empty();
    }

    void require_zone() {
        for (const auto& input : m_inputs)
            for (const auto& name : input.zones)
                if (!is_zone(name))
                    throw Error{
                        {Kind::invalid_input, "sale.zone",
                         fmt::format("{} has times in the zone '{}', which is not a time zone",
                                     printable(input.path.string()), printable(name, 60)),
                         "say its offset under zones in a profile of your own: passa sale profiles --yaml NAME"}};
        const auto& zone = m_order.profile.zone;
        if (!zone || is_zone(*zone)) return;
        throw Error{{Kind::invalid_input, "sale.profile",
                     fmt::format("the profile {} has the zone '{}', which is not a time zone", m_order.profile.name,
                                 printable(*zone, 60)),
                     "write one such as Africa/Nairobi"}};
    }

    bool find_known() {
        const auto row = write([&](db::Transaction& tx) {
            return tx
                .run(sql::find_done_import, m_desk.organizer, m_catalog.event.id, m_hash, m_order.profile.hash,
                     m_order.profile.accept_corrections)
                .find();
        });
        if (!row) return false;
        m_outcome.id = row->get<ImportId>("id");
        return m_outcome.was_known = true;
    }

    // What was loaded before the lease may be what another import has just changed.
    void reload_catalog() {
        m_catalog = write([&](db::Transaction& tx) { return load_catalog(tx, m_desk.organizer, m_order.event); });
    }

    void first_pass() {
        m_job.seen = write([&](db::Transaction& tx) {
            return stage(tx, {m_order.profile, m_catalog, m_inputs, m_job.blocks, m_progress, m_desk.clock.now()});
        });
        require_rows(m_inputs, m_job.seen);
        require_one_event(m_job);
        require_fees_once(m_inputs);
        require_unchanged(m_inputs);
        m_outcome.has_prices_alone = lack_totals(m_inputs, m_order.profile);
        write([&](db::Transaction& tx) {
            const auto checked = check(tx, m_job, m_progress);
            m_outcome.refused = checked.refused;
            m_repeated = checked.repeated;
            if (m_outcome.refused > 0) m_outcome.refusals = load_refusals(tx, m_inputs);
            if (m_catalog.has_windows)
                m_outcome.outside_window = tx.run(sql::count_outside_window, m_desk.organizer, m_catalog.event.id)
                                               .one()
                                               .get<std::int64_t>("sales");
            for (const auto& row : tx.run(sql::load_unknown_codes, m_desk.organizer, m_catalog.event.id)) {
                m_outcome.uncredited += row.get<std::int64_t>("sales");
                if (m_outcome.unknown_codes.size() < k_kept_codes)
                    m_outcome.unknown_codes.push_back(row.get<std::string>("code"));
            }
        });
        m_outcome.rows = m_job.seen.rows;
        write([&](db::Transaction& tx) { m_outcome.differences = find_differences(tx, m_job, m_outcome.differing); });
        if (m_outcome.refused > 0 && m_order.rejects)
            m_outcome.rejects = write_rejects(m_desk, m_inputs, *m_order.rejects);
        require_few_refused();
    }

    // Another file than was meant, or a tier that nobody added: a person looks before a part of it is booked.
    void require_few_refused() const {
        if (!m_order.max_refused || m_outcome.refused <= *m_order.max_refused) return;
        const auto& first = m_outcome.refusals.front();
        throw Error{{Kind::invalid_input, "sale.too_many_refused",
                     fmt::format("{} of {} rows were refused with their orders and {} may be, so nothing is booked; "
                                 "first line {}: {}",
                                 m_outcome.refused, m_outcome.rows, *m_order.max_refused, first.row, first.reason),
                     "mend the reason and import it again, or allow more: --max-refused, in a Job maxRefused"}};
    }

    void count_accepted(db::Transaction& tx) {
        m_accepted = m_job.seen.sales;
        m_outcome.ignored = m_job.seen.ignored;
        const auto& seen = m_job.seen;
        if (m_outcome.refused + m_repeated + seen.lone_undos + seen.fees == 0) return; // else the count is another
        const auto row = tx.run(sql::count_accepted, m_desk.organizer, m_catalog.event.id).one();
        m_accepted = row.get<std::int64_t>("sales");
        m_outcome.ignored += row.get<std::int64_t>("idle") - row.get<std::int64_t>("refused_idle");
    }

    void count_changed(db::Transaction& tx, ImportId import) {
        if (!m_catalog.has_lines) return;
        m_outcome.changed =
            tx.run(sql::count_changed, m_desk.organizer, m_catalog.event.id, import).one().get<std::int64_t>("sales");
    }

    void count_joined() {
        auto& o = m_outcome;
        o.joined = o.rows - o.sold - o.changed - o.unchanged - o.ignored - o.refused;
    }

    // All blocks in one transaction that is rolled back: what it shows is what would happen.
    void rehearse() {
        auto& connection = m_desk.db.connection();
        connection.begin({m_desk.organizer});
        try {
            db::Transaction tx{connection};
            const Run run{m_desk.ids.make<ImportTag>(), m_desk.clock.now(), 1};
            count_accepted(tx);
            for (int block = 0; block < m_job.blocks; ++block) {
                const auto applied = apply_block(tx, m_job, run, block);
                m_outcome.sold += applied.sold;
                m_outcome.undone += applied.undone;
            }
            count_changed(tx, run.id);
            m_outcome.unchanged = m_accepted - m_outcome.sold - m_outcome.changed;
            count_joined();
        } catch (...) { // rethrown: only the transaction must not stay open
            connection.rollback();
            throw;
        }
        connection.rollback();
    }

    Run open_run(db::Transaction& tx) {
        const auto org = m_desk.organizer;
        const auto event = m_catalog.event.id;
        if (const auto row = tx.run(sql::find_running_import, org, event, m_hash, m_order.profile.hash).find()) {
            m_outcome.was_resumed = true;
            const auto id = row->get<ImportId>("id");
            const auto attempt = tx.run(sql::take_up_import, org, event, id).one().get<int>("attempts");
            return {id, row->get<Instant>("started_at"), attempt};
        }
        m_outcome.was_resumed = false;
        const Run run{m_desk.ids.make<ImportTag>(), m_desk.clock.now(), 1};
        tx.run(sql::insert_import, org, event, run.id, m_hash, names_of(m_inputs), m_order.profile.name,
               m_order.profile.hash, m_desk.actor, run.started_at);
        int number = 0;
        for (const auto& input : m_inputs)
            tx.run(sql::insert_import_file, org, event, run.id, ++number, input.path.filename().string(),
                   input.layout.shape->name, input.bytes, input.sha256);
        return run;
    }

    void second_pass(Lease& lease) {
        m_run = write([&](db::Transaction& tx) {
            lease.hold(tx);
            count_accepted(tx);
            return open_run(tx);
        });
        m_outcome.id = m_run.id;
        for (int block = 0; block < m_job.blocks; ++block) {
            fault_point("sale.import.block");
            write([&](db::Transaction& tx) {
                tx.run(sql::hold_sales, m_desk.organizer, m_catalog.event.id); // first: it may wait long
                lease.hold(tx);
                require_same_catalog(tx, m_desk.organizer, m_catalog);
                const auto applied = apply_block(tx, m_job, m_run, block);
                tx.run(sql::add_import_lines, m_desk.organizer, m_catalog.event.id, m_run.id, applied.sold,
                       applied.undone);
                fault_point("sale.import.commit");
            });
            m_progress("apply", block + 1, m_job.blocks);
        }
    }

    void finish(Lease& lease) {
        fault_point("sale.import.finish");
        write([&](db::Transaction& tx) {
            lease.hold(tx);
            count_changed(tx, m_run.id);
            const auto row =
                tx.run(sql::finish_import, m_desk.organizer, m_catalog.event.id, m_run.id, m_outcome.rows,
                       m_accepted - m_outcome.changed, m_outcome.ignored, m_outcome.refused, m_desk.clock.now())
                    .one();
            m_outcome.sold = row.get<std::int64_t>("lines_sold");
            m_outcome.undone = row.get<std::int64_t>("lines_refunded");
            m_outcome.unchanged = row.get<std::int64_t>("lines_unchanged");
            count_joined();
            if (m_catalog.event.record_oversell && m_outcome.sold + m_outcome.undone > 0)
                tx.run(sql::insert_oversell_audit, m_desk.organizer, m_catalog.event.id, m_run.id, m_desk.clock.now());
            if (m_outcome.sold + m_outcome.undone >= k_many_lines) tx.run(sql::analyze_lines);
        });
    }

    const Desk& m_desk;
    const ImportOrder& m_order;
    const Progress& m_progress;
    Catalog m_catalog;
    std::vector<Input> m_inputs;
    Hash256 m_hash;
    Job m_job;
    Run m_run;
    std::int64_t m_accepted = 0;
    std::int64_t m_repeated = 0;
    ImportOutcome m_outcome;
};

} // namespace

ImportOutcome import_sales(const Desk& desk, const ImportOrder& order, const Progress& progress) {
    return Import{desk, order, progress}.run();
}

} // namespace passa::sale
