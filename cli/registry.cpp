// A new command is one line in each of the two lists below; help, completion, man pages and the README follow.
#include "cli/registry.hpp"

namespace passa::cli {

namespace apply_manifests {
extern const Command k_command;
}
namespace diff_manifests {
extern const Command k_command;
}
namespace get_object {
extern const Command k_command;
}
namespace manifest_check {
extern const Command k_command;
}
namespace manifest_explain {
extern const Command k_command;
}
namespace manifest_schema {
extern const Command k_command;
}
namespace completion_print {
extern const Command k_command;
}
namespace db_migrate {
extern const Command k_command;
}
namespace db_psql {
extern const Command k_command;
}
namespace db_status {
extern const Command k_command;
}
namespace db_stop {
extern const Command k_command;
}
namespace doctor {
extern const Command k_command;
}
namespace init_project {
extern const Command k_command;
}
namespace dump {
extern const Command k_command;
}
namespace event_list {
extern const Command k_command;
}
namespace explain_settlement {
extern const Command k_command;
}
namespace ledger_balance {
extern const Command k_command;
}
namespace ledger_check {
extern const Command k_command;
}
namespace ledger_journal {
extern const Command k_command;
}
namespace sale_import {
extern const Command k_command;
}
namespace sale_list {
extern const Command k_command;
}
namespace sale_profiles {
extern const Command k_command;
}
namespace sale_show {
extern const Command k_command;
}
namespace settle_event {
extern const Command k_command;
}
namespace settlement_list {
extern const Command k_command;
}
namespace settlement_show {
extern const Command k_command;
}

namespace key_import {
extern const Command k_command;
}
namespace key_list {
extern const Command k_command;
}
namespace key_new {
extern const Command k_command;
}
namespace key_show {
extern const Command k_command;
}
namespace tx_decode {
extern const Command k_command;
}

const std::vector<const Command*>& commands() {
    static const std::vector<const Command*> all{
        &init_project::k_command,
        &apply_manifests::k_command,
        &diff_manifests::k_command,
        &get_object::k_command,
        &manifest_check::k_command,
        &manifest_explain::k_command,
        &manifest_schema::k_command,
        &event_list::k_command,
        &sale_import::k_command,
        &sale_list::k_command,
        &sale_show::k_command,
        &sale_profiles::k_command,
        &settle_event::k_command,
        &settlement_list::k_command,
        &settlement_show::k_command,
        &explain_settlement::k_command,
        &ledger_balance::k_command,
        &ledger_journal::k_command,
        &ledger_check::k_command,
        &key_new::k_command,
        &key_import::k_command,
        &key_list::k_command,
        &key_show::k_command,
        &tx_decode::k_command,
        &db_status::k_command,
        &db_migrate::k_command,
        &db_stop::k_command,
        &db_psql::k_command,
        &doctor::k_command,
        &completion_print::k_command,
        &dump::k_command,
    };
    return all;
}

} // namespace passa::cli
