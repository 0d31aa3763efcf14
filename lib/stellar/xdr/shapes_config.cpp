// Shapes of the types in types_config_cost.hpp, types_config.hpp.
#include "lib/stellar/xdr/make_shape.hpp"
#include "lib/stellar/xdr/text_forms.hpp"
#include "lib/stellar/xdr/topics.hpp"
#include "lib/stellar/xdr/types_config.hpp"
#include "lib/stellar/xdr/types_config_cost.hpp"

namespace passa::stellar::xdr {

PASSA_XDR_SHAPES(config, ConfigSettingId, ContractCostType, ContractCostParamEntry, ConfigSettingContractComputeV0,
                 ConfigSettingContractParallelComputeV0, ConfigSettingContractLedgerCostV0,
                 ConfigSettingContractLedgerCostExtV0, ConfigSettingContractHistoricalDataV0,
                 ConfigSettingContractEventsV0, ConfigSettingContractBandwidthV0, StateArchivalSettings,
                 ConfigSettingContractExecutionLanesV0, EvictionIterator, ConfigSettingScpTiming, FrozenLedgerKeys,
                 FrozenLedgerKeysDelta, FreezeBypassTxs, FreezeBypassTxsDelta, ConfigSettingEntry, ConfigUpgradeSet);

} // namespace passa::stellar::xdr
