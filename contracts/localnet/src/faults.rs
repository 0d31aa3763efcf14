//! What goes wrong on demand: a plan of faults, each at certain calls of a method, counted since the plan was made.
//! Only a network with --control takes a plan; without one nothing here does anything.

use std::collections::BTreeMap;

/// The call may be carried out all the same: the worst answer is the one that is lost behind the deed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The answer as it leaves, or not; `carried_out`: the method was called before.
    Line { carried_out: bool, line: Line },
    /// Told to try again later, and not taken.
    TryAgainLater,
    /// Told that it waits already, and not taken.
    Duplicate,
    /// Told that it waits now, and not taken: it is never included.
    Ignored,
    /// In no ledger, whatever the ledgers say.
    NotFound,
    /// By a node that stands where this one stood when the plan was made, and hears of nothing since.
    Stale,
    /// By a server of another network.
    OtherNetwork,
    /// No fault: closes a ledger first. Who waits for a network that is driven by hand drives it himself.
    Close,
}

/// What becomes of an answer on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// The line is closed and nothing was said.
    Dropped,
    /// Nothing is said, and the line stays open for as long as the client waits.
    Silent,
    /// All headers, and half of the body.
    Half,
    /// HTTP 500.
    Failing,
    /// HTTP 503: the server's, or of whoever stands before it.
    Busy,
    /// The answer, as another type than JSON.
    WrongType,
    /// HTTP 200, and a page for people in place of the answer.
    Page,
}

const fn line(carried_out: bool, line: Line) -> Fault {
    Fault::Line { carried_out, line }
}

/// Every kind by its name, and the only method it fits, if it does not fit all.
const KINDS: &[(&str, Fault, Option<&str>)] = &[
    ("drop", line(false, Line::Dropped), None),
    ("drop_after", line(true, Line::Dropped), None),
    ("hang", line(false, Line::Silent), None),
    ("hang_after", line(true, Line::Silent), None),
    ("error", line(false, Line::Failing), None),
    ("error_after", line(true, Line::Failing), None),
    ("busy", line(false, Line::Busy), None),
    ("busy_after", line(true, Line::Busy), None),
    ("half_body", line(true, Line::Half), None),
    ("wrong_type", line(true, Line::WrongType), None),
    ("page", line(false, Line::Page), None),
    ("page_after", line(true, Line::Page), None),
    ("try_again_later", Fault::TryAgainLater, SEND),
    ("duplicate", Fault::Duplicate, SEND),
    ("ignored", Fault::Ignored, SEND),
    ("not_found", Fault::NotFound, Some("getTransaction")),
    ("stale", Fault::Stale, None),
    ("other_network", Fault::OtherNetwork, Some("getNetwork")),
    ("close", Fault::Close, None),
];
const SEND: Option<&str> = Some("sendTransaction");

/// A fault by its name, where it fits the method; else what would fit.
pub fn named(name: &str, method: &str) -> Result<Fault, String> {
    let fits = |only: &Option<&str>| only.is_none_or(|only| only == method);
    let known = KINDS.iter().filter(|(.., only)| fits(only));
    if let Some((_, fault, _)) = known.clone().find(|(known, ..)| *known == name) {
        return Ok(*fault);
    }
    let names: Vec<_> = known.map(|(name, ..)| *name).collect();
    Err(format!(
        "kind for {method} must be one of {}",
        names.join(", ")
    ))
}

/// One line of the plan: from the `nth` call on (from 1), `times` in a row.
#[derive(Clone, Debug)]
pub struct Planned {
    pub method: String,
    pub nth: u32,
    pub times: u32,
    pub fault: Fault,
    /// How often it happened.
    pub hits: u32,
}

#[derive(Default)]
pub struct Faults {
    plan: Vec<Planned>,
    calls: BTreeMap<String, u32>,
}

impl Faults {
    pub fn new(plan: Vec<Planned>) -> Faults {
        Faults {
            plan,
            calls: BTreeMap::new(),
        }
    }

    pub fn hits(&self) -> impl Iterator<Item = u32> + '_ {
        self.plan.iter().map(|planned| planned.hits)
    }

    /// What happens at this call; of several lines of the plan the first counts.
    pub fn strike(&mut self, method: &str) -> Option<Fault> {
        let at = |planned: &&mut Planned, nth: u32| {
            planned.method == method
                && nth >= planned.nth
                && u64::from(nth) < u64::from(planned.nth) + u64::from(planned.times)
        };
        if !self.plan.iter().any(|planned| planned.method == method) {
            return None;
        }
        let calls = self.calls.entry(method.to_owned()).or_default();
        *calls = calls.saturating_add(1);
        let nth = *calls;
        let planned = self.plan.iter_mut().find(|planned| at(planned, nth))?;
        planned.hits += 1;
        Some(planned.fault)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn planned(method: &str, nth: u32, times: u32, fault: Fault) -> Planned {
        Planned {
            method: method.into(),
            nth,
            times,
            fault,
            hits: 0,
        }
    }

    #[test]
    fn a_fault_strikes_at_its_calls_of_its_method_and_at_no_other() {
        let mut faults = Faults::new(vec![
            planned("a", 2, 2, Fault::NotFound),
            planned("a", 3, u32::MAX, Fault::Close),
        ]);
        let seen: Vec<_> = ["a", "b", "a", "a", "a", "a"]
            .map(|m| faults.strike(m))
            .into();
        let (lost, close) = (Some(Fault::NotFound), Some(Fault::Close));
        assert_eq!(seen, [None, None, lost, lost, close, close]);
        assert_eq!(faults.hits().collect::<Vec<_>>(), [2, 2]);
    }

    #[test]
    fn a_kind_fits_its_method_or_is_refused_with_those_that_do() {
        assert_eq!(named("stale", "getHealth"), Ok(Fault::Stale));
        let refusal = named("duplicate", "getHealth").err().unwrap_or_default();
        assert!(
            refusal.contains("hang_after") && !refusal.contains("duplicate"),
            "{refusal}"
        );
    }
}
