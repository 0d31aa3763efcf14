// Result codes by name. The names come from the same descriptions as the codec.
#include "lib/stellar/tx/result.hpp"

#include "lib/base/text.hpp"
#include "lib/stellar/xdr/shape.hpp"

namespace passa::stellar::tx {
namespace {

using xdr::OperationResultCode;
using xdr::TransactionResultCode;

template <typename Enum>
std::string x_name(Enum value) {
    const auto* const entry = shape_of(&value).find_name(static_cast<std::int32_t>(value));
    PASSA_ASSERT(entry != nullptr); // the decoder admits no other
    return entry->x_name;
}

std::string operation_code(const xdr::OperationResult& result) {
    const auto* inner = result.find<OperationResultCode::op_inner>();
    if (inner == nullptr) return x_name(result.type());
    // Every arm is the result union of one operation; its switch is the code.
    const auto& shape = shape_of(inner);
    void* const arm = shape.choice.arm(const_cast<xdr::OperationResultTr*>(inner));
    const auto& arm_shape = shape.find_case(static_cast<std::int32_t>(inner->type()))->shape();
    return arm_shape.switch_shape().find_name(arm_shape.choice.type(arm))->x_name;
}

std::vector<std::string> operation_codes(const auto& results) {
    std::vector<std::string> codes;
    for (const auto& result : results) codes.push_back(operation_code(result));
    return codes;
}

// `results` of a TransactionResult or of an inner one: present for txSUCCESS and txFAILED.
template <typename Outcome>
std::vector<std::string> codes_of(const Outcome& outcome) {
    if (const auto* applied = outcome.template find<TransactionResultCode::tx_success>())
        return operation_codes(*applied);
    if (const auto* failed = outcome.template find<TransactionResultCode::tx_failed>()) return operation_codes(*failed);
    return {};
}

void read_inner(const xdr::InnerTransactionResultPair& pair, ResultText& text) {
    text.inner_hash = pair.transaction_hash;
    text.inner_code = x_name(pair.result.result.type());
    text.operations = codes_of(pair.result.result);
}

} // namespace

ResultText read_result(const xdr::TransactionResult& result) {
    ResultText text{.code = x_name(result.result.type()), .fee_charged = result.fee_charged};
    text.operations = codes_of(result.result);
    if (const auto* pair = result.result.find<TransactionResultCode::tx_fee_bump_inner_success>())
        read_inner(*pair, text);
    if (const auto* pair = result.result.find<TransactionResultCode::tx_fee_bump_inner_failed>())
        read_inner(*pair, text);
    return text;
}

std::string to_text(const ResultText& result) {
    auto text = result.code;
    if (!result.inner_code.empty()) text += "/" + result.inner_code;
    if (!result.operations.empty()) text += fmt::format(" [{}]", join(result.operations, ","));
    return text;
}

} // namespace passa::stellar::tx
