//! Room in a ledger. Transactions compete for it in two lanes that never meet: classic ones for operations, those that call
//! contracts for seven resources, each with its own end (CAP-46-07).

use super::frame::Frame;
use super::soroban::{Declared, LedgerLimits};

/// Which transactions a transaction competes with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    Classic,
    Contracts,
}

impl Lane {
    pub fn of(frame: &Frame) -> Lane {
        match frame.is_soroban() {
            true => Lane::Contracts,
            false => Lane::Classic,
        }
    }
}

/// What there is of each resource, or what one transaction takes of it. The first counts operations.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Room([i64; 7]);

impl Room {
    pub fn classic(operations: u32) -> Room {
        Room([operations.into(), 0, 0, 0, 0, 0, 0])
    }

    pub fn contracts(limits: &LedgerLimits) -> Room {
        Room([
            limits.transactions.into(),
            limits.instructions,
            limits.size.into(),
            limits.disk_read_bytes.into(),
            limits.write_bytes.into(),
            limits.disk_read_entries.into(),
            limits.write_entries.into(),
        ])
    }

    pub fn taken_by(frame: &Frame) -> Room {
        let Some(declared) = Declared::of(frame).filter(|_| frame.is_soroban()) else {
            return Room([frame.fee_ops(), 0, 0, 0, 0, 0, 0]);
        };
        let resources = declared.resources();
        Room([
            frame.fee_ops(),
            resources.instructions.into(),
            declared.size.into(),
            resources.disk_read_bytes.into(),
            resources.write_bytes.into(),
            declared.disk_reads().into(),
            i64::try_from(resources.footprint.read_write.len()).unwrap_or(i64::MAX),
        ])
    }

    pub fn times(self, times: i64) -> Room {
        Room(self.0.map(|one| one.saturating_mul(times)))
    }

    pub fn plus(self, other: Room) -> Room {
        self.with(other, i64::saturating_add)
    }

    /// What is left of it, nothing where the other is larger.
    pub fn without(self, other: Room) -> Room {
        self.with(other, |all, part| all.saturating_sub(part).max(0))
    }

    pub fn holds(self, other: Room) -> bool {
        self.0.iter().zip(other.0).all(|(all, part)| part <= *all)
    }

    pub fn is_nothing(self) -> bool {
        self == Room::default()
    }

    fn with(self, other: Room, join: impl Fn(i64, i64) -> i64) -> Room {
        Room(std::array::from_fn(|place| {
            join(self.0[place], other.0[place])
        }))
    }
}
