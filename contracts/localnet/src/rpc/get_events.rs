//! getEvents: what contracts and the network itself told, in the order in which it happened, filtered and page by page.
//! A call looks through a stretch of ledgers at most: an empty page with a cursor is an answer like every other.

use serde_json::{json, Map, Value};
use stellar_xdr::{ContractEvent, ContractEventBody, TransactionEventStage, TransactionMeta};

use super::event_filter::Filter;
use super::format::Format;
use super::params::Params;
use super::{Answer, Facts, RpcError};
use crate::history::{ClosedRecord, Included};
use crate::node::Node;
use crate::snapshot::hex;

const MOST_LEDGERS: u32 = 10_000;
const DEFAULT_LIMIT: u64 = 100;
const MAX_LIMIT: u64 = 10_000;

/// Where an event stands: SEP-35's id of the operation, and its number there. The network's own stand before all
/// transactions and after them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    ledger: u32,
    tx: u32,
    op: u32,
    event: u32,
}

const LAST_TX: u32 = 0xF_FFFF;
const LAST_OP: u32 = 0xFFF;

impl Place {
    fn first_of(ledger: u32) -> Place {
        Place {
            ledger,
            tx: 0,
            op: 0,
            event: 0,
        }
    }

    fn last_of(ledger: u32) -> Place {
        Place {
            ledger,
            tx: LAST_TX,
            op: LAST_OP,
            event: u32::MAX,
        }
    }

    fn text(self) -> String {
        let id = u64::from(self.ledger) << 32 | u64::from(self.tx) << 12 | u64::from(self.op);
        format!("{id:019}-{:010}", self.event)
    }

    fn read(text: &str) -> Option<Place> {
        let (id, event) = text.split_once('-')?;
        let (id, event) = (id.parse::<u64>().ok()?, event.parse().ok()?);
        Some(Place {
            ledger: u32::try_from(id >> 32).ok()?,
            tx: (id >> 12) as u32 & LAST_TX,
            op: id as u32 & LAST_OP,
            event,
        })
    }
}

struct Found {
    place: Place,
    event: ContractEvent,
    successful: bool,
    tx_hash: String,
    close_time: u64,
}

struct Request {
    start: Place,
    /// The first ledger behind the last one that is looked at.
    end: u32,
    limit: usize,
    filters: Vec<Filter>,
    format: Format,
}

pub fn answer(node: &mut Node, params: &Params, _: &Facts) -> Answer {
    let range = node.range();
    let request = read(params, range.latest)?;
    if !(range.oldest..=range.latest).contains(&request.start.ledger) {
        let (oldest, latest) = (range.oldest, range.latest);
        return Err(RpcError::request(format!(
            "startLedger must be within the ledger range: {oldest} - {latest}"
        )));
    }
    let mut found = Vec::new();
    for record in
        (request.start.ledger..request.end).filter_map(|sequence| node.history.get(sequence))
    {
        let told = events_of(record)?.into_iter();
        found.extend(
            told.filter(|event| event.place >= request.start && request.wants(&event.event)),
        );
        if found.len() >= request.limit {
            found.truncate(request.limit);
            break;
        }
    }
    let cursor = match found.last().filter(|_| found.len() == request.limit) {
        Some(last) => last.place,
        None => Place::last_of(request.end.saturating_sub(1)),
    };
    let events: Vec<_> = found
        .iter()
        .map(|event| show(event, request.format))
        .collect::<Result<_, _>>()?;
    Ok(json!({
        "events": events,
        "cursor": cursor.text(),
        "latestLedger": range.latest,
        "oldestLedger": range.oldest,
        "latestLedgerCloseTime": range.latest_close_time.to_string(),
        "oldestLedgerCloseTime": range.oldest_close_time.to_string(),
    }))
}

impl Request {
    fn wants(&self, event: &ContractEvent) -> bool {
        self.filters.is_empty() || self.filters.iter().any(|filter| filter.takes(event))
    }
}

fn read(params: &Params, latest: u32) -> Result<Request, RpcError> {
    let format = params.format()?;
    let first = params.small_number("startLedger")?.unwrap_or(0);
    let last = params.small_number("endLedger")?.unwrap_or(0);
    let paging = params.pagination()?;
    let cursor = paging.text("cursor")?;
    let limit = paging.number("limit")?.unwrap_or(0);
    let start = match cursor {
        "" if first == 0 => return Err(RpcError::params("startLedger must be positive")),
        "" => Place::first_of(first),
        _ if first != 0 || last != 0 => {
            return Err(RpcError::params(
                "ledger ranges and cursor cannot both be set",
            ))
        }
        text => {
            let place = Place::read(text)
                .ok_or_else(|| RpcError::params(format!("invalid cursor: {text}")))?;
            Place {
                event: place.event.saturating_add(1),
                ..place
            }
        }
    };
    if limit > MAX_LIMIT {
        return Err(RpcError::params(format!(
            "limit must not exceed {MAX_LIMIT}"
        )));
    }
    let end = start
        .ledger
        .saturating_add(MOST_LEDGERS)
        .min(latest.saturating_add(1));
    Ok(Request {
        start,
        end: if last == 0 { end } else { end.min(last) },
        limit: usize::try_from(if limit == 0 { DEFAULT_LIMIT } else { limit })
            .unwrap_or(usize::MAX),
        filters: Filter::read_all(params.list("filters")?)?,
        format,
    })
}

fn events_of(record: &ClosedRecord) -> Result<Vec<Found>, RpcError> {
    let mut all = Vec::new();
    let (mut before, mut after) = (0, 0);
    for order in 1..=record.count() {
        let transaction = record.transaction(order)?;
        let TransactionMeta::V4(meta) = &transaction.meta else {
            continue;
        };
        let at = |tx, op, event| Place {
            ledger: record.sequence,
            tx,
            op,
            event,
        };
        let mut behind = 0;
        for told in meta.events.iter() {
            let place = match told.stage {
                TransactionEventStage::BeforeAllTxs => at(0, 0, next(&mut before)),
                TransactionEventStage::AfterTx => at(order, LAST_OP, next(&mut behind)),
                TransactionEventStage::AfterAllTxs => at(LAST_TX, 0, next(&mut after)),
            };
            all.push(found(place, &told.event, &transaction, record));
        }
        for (op, operation) in (0..).zip(meta.operations.iter()) {
            for (number, event) in (0..).zip(operation.events.iter()) {
                all.push(found(at(order, op, number), event, &transaction, record));
            }
        }
    }
    all.sort_by_key(|event| event.place);
    Ok(all)
}

fn next(count: &mut u32) -> u32 {
    let number = *count;
    *count += 1;
    number
}

fn found(
    place: Place,
    event: &ContractEvent,
    transaction: &Included,
    record: &ClosedRecord,
) -> Found {
    Found {
        place,
        event: event.clone(),
        successful: transaction.is_successful(),
        tx_hash: hex(&transaction.hash.0),
        close_time: record.close_time,
    }
}

fn show(found: &Found, format: Format) -> Answer {
    let ContractEventBody::V0(body) = &found.event.body;
    let mut fields = Map::new();
    fields.insert(
        "type".into(),
        super::event_filter::kind_name(found.event.type_).into(),
    );
    fields.insert("ledger".into(), found.place.ledger.into());
    fields.insert(
        "ledgerClosedAt".into(),
        super::format::time(found.close_time).into(),
    );
    let contract = found.event.contract_id.as_ref().map(ToString::to_string);
    fields.insert("contractId".into(), contract.unwrap_or_default().into());
    fields.insert("id".into(), found.place.text().into());
    fields.insert("operationIndex".into(), found.place.op.into());
    fields.insert("transactionIndex".into(), found.place.tx.into());
    fields.insert("txHash".into(), found.tx_hash.clone().into());
    fields.insert("inSuccessfulContractCall".into(), found.successful.into());
    fields.insert(format.suffixed("topic"), format.show_all(&body.topics)?);
    let value: Value = format.show(&body.data)?;
    fields.insert(format.suffixed("value"), value);
    Ok(fields.into())
}
