// What became of a transaction, read from its TransactionResult. Codes are the names of the .x files.
#pragma once
#include "lib/stellar/xdr/types_result.hpp"

namespace passa::stellar::tx {

struct ResultText {
    std::string code;             // "txSUCCESS", "txBAD_SEQ", "txFEE_BUMP_INNER_FAILED"
    std::int64_t fee_charged = 0; // stroops; on some rejections the fee that would be accepted
    std::vector<std::string>
        operations;                    // "PAYMENT_SUCCESS", "CHANGE_TRUST_LOW_RESERVE", "opBAD_AUTH"; of the inner one
    std::optional<Hash256> inner_hash; // of a fee bump that was applied
    std::string inner_code;            // "txSUCCESS", "txFAILED"; empty unless a fee bump

    [[nodiscard]] bool succeeded() const { return code == "txSUCCESS" || code == "txFEE_BUMP_INNER_SUCCESS"; }
};

ResultText read_result(const xdr::TransactionResult& result);

// "txFAILED [PAYMENT_SUCCESS,PAYMENT_NO_TRUST]", "txFEE_BUMP_INNER_FAILED/txBAD_AUTH"
std::string to_text(const ResultText& result);

} // namespace passa::stellar::tx
