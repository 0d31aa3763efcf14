//! Which events somebody wants to hear of: by kind, by contract, and by their first words.

use serde_json::Value;
use stellar_xdr::{
    ContractEvent, ContractEventBody, ContractEventType, ContractId, Limits, ReadXdr, ScVal,
};

use super::RpcError;

const MOST_FILTERS: usize = 5;
const MOST_CONTRACTS: usize = 5;
const MOST_TOPICS: usize = 5;
const MOST_SEGMENTS: usize = 4;
/// What one segment may take when decoded: bytes, and levels of nesting.
const SEGMENT_LIMITS: Limits = Limits {
    depth: 500,
    len: 64 * 1024,
};

#[derive(Debug)]
pub struct Filter {
    kinds: Vec<ContractEventType>,
    contracts: Vec<ContractId>,
    topics: Vec<Topic>,
}

/// Segment by segment; None is whatever stands there. `open`: more may follow.
#[derive(Debug)]
struct Topic {
    segments: Vec<Option<ScVal>>,
    open: bool,
}

pub fn kind_name(kind: ContractEventType) -> &'static str {
    match kind {
        ContractEventType::System => "system",
        ContractEventType::Contract => "contract",
        ContractEventType::Diagnostic => "diagnostic",
    }
}

impl Filter {
    pub fn read_all(list: &[Value]) -> Result<Vec<Filter>, RpcError> {
        if list.len() > MOST_FILTERS {
            return Err(RpcError::params(format!(
                "maximum {MOST_FILTERS} filters per request"
            )));
        }
        let numbered = list.iter().zip(1..);
        let read = |(filter, number)| {
            read(filter).map_err(|why| RpcError::params(format!("filter {number} invalid: {why}")))
        };
        numbered.map(read).collect()
    }

    pub fn takes(&self, event: &ContractEvent) -> bool {
        let ContractEventBody::V0(body) = &event.body;
        (self.kinds.is_empty() || self.kinds.contains(&event.type_))
            && (self.contracts.is_empty()
                || event
                    .contract_id
                    .as_ref()
                    .is_some_and(|id| self.contracts.contains(id)))
            && (self.topics.is_empty() || self.topics.iter().any(|topic| topic.takes(&body.topics)))
    }
}

impl Topic {
    fn takes(&self, topics: &[ScVal]) -> bool {
        let has_room = if self.open {
            topics.len() >= self.segments.len()
        } else {
            topics.len() == self.segments.len()
        };
        let fits = |(wanted, got): (&Option<ScVal>, &ScVal)| {
            wanted.as_ref().is_none_or(|wanted| wanted == got)
        };
        has_room && self.segments.iter().zip(topics).all(fits)
    }
}

fn read(filter: &Value) -> Result<Filter, String> {
    let kinds = filter["type"].as_str().unwrap_or_default();
    let contracts = texts(&filter["contractIds"])?;
    let topics = filter["topics"].as_array().map_or(&[][..], Vec::as_slice);
    if contracts.len() > MOST_CONTRACTS {
        return Err(format!("maximum {MOST_CONTRACTS} contract IDs per filter"));
    }
    if topics.len() > MOST_TOPICS {
        return Err(format!("maximum {MOST_TOPICS} topics per filter"));
    }
    let contract = |(id, number): (&str, usize)| {
        id.parse()
            .map_err(|_| format!("contract ID {number} invalid"))
    };
    let topic = |(topic, number): (&Value, usize)| {
        read_topic(topic).map_err(|why| format!("topic {number} invalid: {why}"))
    };
    Ok(Filter {
        kinds: kinds
            .split(',')
            .filter(|kind| !kind.is_empty())
            .map(read_kind)
            .collect::<Result<_, _>>()?,
        contracts: contracts
            .into_iter()
            .zip(1..)
            .map(contract)
            .collect::<Result<_, _>>()?,
        topics: topics
            .iter()
            .zip(1..)
            .map(topic)
            .collect::<Result<_, _>>()?,
    })
}

fn read_kind(name: &str) -> Result<ContractEventType, String> {
    match name {
        "contract" => Ok(ContractEventType::Contract),
        "system" => Ok(ContractEventType::System),
        _ => Err("filter type invalid: if set, type must be either 'system' or 'contract'".into()),
    }
}

fn texts(list: &Value) -> Result<Vec<&str>, String> {
    let items = list.as_array().map_or(&[][..], Vec::as_slice);
    items
        .iter()
        .map(|item| {
            item.as_str()
                .ok_or_else(|| "not a list of texts".to_owned())
        })
        .collect()
}

fn read_topic(topic: &Value) -> Result<Topic, String> {
    let mut words = texts(topic)?;
    let open = words.last() == Some(&"**");
    if open {
        words.pop();
    }
    if words.is_empty() && !open {
        return Err("topic must have at least one segment".into());
    }
    if words.len() > MOST_SEGMENTS {
        return Err(format!(
            "topic cannot have more than {MOST_SEGMENTS} segments"
        ));
    }
    let read = |(word, number): (&str, usize)| match word {
        "*" => Ok(None),
        "**" => Err(format!(
            "segment {number} invalid: wildcard '**' is only allowed as the last segment"
        )),
        text => ScVal::from_xdr_base64(text, SEGMENT_LIMITS)
            .map(Some)
            .map_err(|_| format!("segment {number} invalid")),
    };
    let segments = words
        .into_iter()
        .zip(1..)
        .map(read)
        .collect::<Result<_, _>>()?;
    Ok(Topic { segments, open })
}
