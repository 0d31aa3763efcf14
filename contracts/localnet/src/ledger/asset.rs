//! Assets: which codes are allowed, who issues, and the names by which events call them.

use stellar_xdr::{
    AccountId, Asset, ChangeTrustAsset, ContractId, ContractIdPreimage, Hash, HashIdPreimage,
    HashIdPreimageContractId, LedgerKey, LedgerKeyTrustLine, TrustLineAsset,
};

use super::hashing;

/// Letters and digits, padded with zeros at the end only; the long form holds at least five.
pub fn is_valid(asset: &Asset) -> bool {
    match asset {
        Asset::Native => true,
        Asset::CreditAlphanum4(credit) => {
            code_length(&credit.asset_code.0).is_some_and(|length| length > 0)
        }
        Asset::CreditAlphanum12(credit) => {
            code_length(&credit.asset_code.0).is_some_and(|length| length > 4)
        }
    }
}

fn code_length(code: &[u8]) -> Option<usize> {
    let length = code
        .iter()
        .position(|byte| *byte == 0)
        .unwrap_or(code.len());
    let (text, padding) = code.split_at(length);
    let fits = text.iter().all(u8::is_ascii_alphanumeric) && padding.iter().all(|byte| *byte == 0);
    fits.then_some(length)
}

pub fn issuer(asset: &Asset) -> Option<&AccountId> {
    match asset {
        Asset::Native => None,
        Asset::CreditAlphanum4(credit) => Some(&credit.issuer),
        Asset::CreditAlphanum12(credit) => Some(&credit.issuer),
    }
}

/// None for pool shares, which are no asset that can be paid.
pub fn of_change_trust(line: &ChangeTrustAsset) -> Option<Asset> {
    match line {
        ChangeTrustAsset::Native => Some(Asset::Native),
        ChangeTrustAsset::CreditAlphanum4(credit) => Some(Asset::CreditAlphanum4(credit.clone())),
        ChangeTrustAsset::CreditAlphanum12(credit) => Some(Asset::CreditAlphanum12(credit.clone())),
        ChangeTrustAsset::PoolShare(_) => None,
    }
}

pub fn of_trust_line(asset: &Asset) -> TrustLineAsset {
    match asset {
        Asset::Native => TrustLineAsset::Native,
        Asset::CreditAlphanum4(credit) => TrustLineAsset::CreditAlphanum4(credit.clone()),
        Asset::CreditAlphanum12(credit) => TrustLineAsset::CreditAlphanum12(credit.clone()),
    }
}

pub fn trust_line_key(holder: &AccountId, asset: &Asset) -> LedgerKey {
    LedgerKey::Trustline(LedgerKeyTrustLine {
        account_id: holder.clone(),
        asset: of_trust_line(asset),
    })
}

/// The contract id reserved for the asset, deployed or not.
pub fn contract_id(asset: &Asset, network_id: &Hash) -> ContractId {
    let preimage = HashIdPreimage::ContractId(HashIdPreimageContractId {
        network_id: network_id.clone(),
        contract_id_preimage: ContractIdPreimage::Asset(asset.clone()),
    });
    ContractId(hashing::of_xdr(&preimage))
}

/// The name in SEP-11 form: "native" or CODE:ISSUER.
pub fn name(asset: &Asset) -> String {
    let (code, issuer) = match asset {
        Asset::Native => return "native".to_owned(),
        Asset::CreditAlphanum4(credit) => (&credit.asset_code.0[..], &credit.issuer),
        Asset::CreditAlphanum12(credit) => (&credit.asset_code.0[..], &credit.issuer),
    };
    let length = code
        .iter()
        .position(|byte| *byte == 0)
        .unwrap_or(code.len());
    format!("{}:{issuer}", String::from_utf8_lossy(&code[..length]))
}
