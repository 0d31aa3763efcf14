//! getTransaction: what became of a transaction, by its hash or that of the transaction inside a fee bump.

use stellar_xdr::Hash;

use super::details::{put_details, put_status, Fields};
use super::params::Params;
use super::{Answer, Facts, RpcError};
use crate::node::Node;

pub fn answer(node: &mut Node, params: &Params, _: &Facts) -> Answer {
    tell(node, params, true)
}

/// Says that it is in no ledger.
pub fn deny(node: &mut Node, params: &Params) -> Answer {
    tell(node, params, false)
}

fn tell(node: &mut Node, params: &Params, is_honest: bool) -> Answer {
    let format = params.format()?;
    let text = params.text("hash")?;
    let hash = read_hash(text)?;
    let range = node.range();
    let mut fields = Fields::new();
    fields.insert("latestLedger".into(), range.latest.into());
    fields.insert(
        "latestLedgerCloseTime".into(),
        range.latest_close_time.to_string().into(),
    );
    fields.insert("oldestLedger".into(), range.oldest.into());
    fields.insert(
        "oldestLedgerCloseTime".into(),
        range.oldest_close_time.to_string().into(),
    );
    let place = node.history.find(&hash).filter(|_| is_honest);
    let Some((ledger, order)) =
        place.and_then(|(seq, order)| Some((node.history.get(seq)?, order)))
    else {
        put_not_found(&mut fields, text);
        return Ok(fields.into());
    };
    let found = ledger.transaction(order)?;
    put_status(&mut fields, &found);
    fields.insert("txHash".into(), text.into());
    put_details(&mut fields, &found, format)?;
    fields.insert("ledger".into(), ledger.sequence.into());
    fields.insert("createdAt".into(), ledger.close_time.to_string().into());
    Ok(fields.into())
}

fn put_not_found(fields: &mut Fields, text: &str) {
    fields.insert("status".into(), "NOT_FOUND".into());
    fields.insert("txHash".into(), text.into());
    fields.insert("applicationOrder".into(), 0.into());
    fields.insert("feeBump".into(), false.into());
    fields.insert("events".into(), Fields::new().into());
    fields.insert("ledger".into(), 0.into());
    fields.insert("createdAt".into(), "0".into());
}

/// The reference server counts bytes before it looks at digits, and halves an odd count downwards.
fn read_hash(text: &str) -> Result<Hash, RpcError> {
    if text.len() / 2 != 32 {
        return Err(RpcError::params(format!(
            "unexpected hash length ({})",
            text.len()
        )));
    }
    let mut hash = [0; 32];
    for (byte, pair) in hash.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
        for &digit in pair {
            let value = char::from(digit)
                .to_digit(16)
                .ok_or_else(|| not_hex(digit))?;
            *byte = *byte << 4 | value as u8;
        }
    }
    match text.len() % 2 {
        0 => Ok(Hash(hash)),
        _ => Err(RpcError::params(
            "incorrect hash: encoding/hex: odd length hex string",
        )),
    }
}

fn not_hex(digit: u8) -> RpcError {
    let shown = match digit {
        b'!'..=b'~' => format!("U+{digit:04X} '{}'", char::from(digit)),
        _ => format!("U+{digit:04X}"),
    };
    RpcError::params(format!(
        "incorrect hash: encoding/hex: invalid byte: {shown}"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(text: &str) -> String {
        read_hash(text)
            .err()
            .map_or_else(String::new, |error| error.message)
    }

    #[test]
    fn a_hash_is_64_hexadecimal_digits() {
        let digits = "0123456789abcdefABCDEF0123456789".repeat(2);
        assert_eq!(read_hash(&digits).ok().map(|h| h.0[1]), Some(0x23));
        assert_eq!(refusal(&digits[1..]), "unexpected hash length (63)");
        assert_eq!(
            refusal(&"0".repeat(65)),
            "incorrect hash: encoding/hex: odd length hex string"
        );
        let wrong = digits.replace('f', "g");
        assert_eq!(
            refusal(&wrong),
            "incorrect hash: encoding/hex: invalid byte: U+0067 'g'"
        );
    }
}
