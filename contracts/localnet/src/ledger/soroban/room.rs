//! The room that one ledger has for contract calls: every kind of resource has its own end.

use super::network::LedgerLimits;
use super::resources::{count, Declared};
use crate::ledger::frame::Frame;

/// What is left of each.
#[derive(Debug)]
pub struct Room {
    left: [i64; 7],
}

impl Room {
    pub fn of(limits: &LedgerLimits) -> Room {
        Room {
            left: [
                limits.instructions,
                limits.disk_read_entries.into(),
                limits.disk_read_bytes.into(),
                limits.write_entries.into(),
                limits.write_bytes.into(),
                limits.size.into(),
                limits.transactions.into(),
            ],
        }
    }

    /// True if it fits, and has its room then.
    pub fn take(&mut self, frame: &Frame) -> bool {
        let Some(declared) = Declared::of(frame) else {
            return false;
        };
        let resources = declared.resources();
        let wanted: [i64; 7] = [
            resources.instructions.into(),
            declared.disk_reads().into(),
            resources.disk_read_bytes.into(),
            count(resources.footprint.read_write.len()).into(),
            resources.write_bytes.into(),
            declared.size.into(),
            1,
        ];
        let fits = self
            .left
            .iter()
            .zip(wanted)
            .all(|(left, wanted)| wanted <= *left);
        if fits {
            self.left
                .iter_mut()
                .zip(wanted)
                .for_each(|(left, wanted)| *left -= wanted);
        }
        fits
    }
}
