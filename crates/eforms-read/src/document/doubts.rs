//! Where the reader is in the document, and what was found to be wrong on the way.
use super::table::EXTENSION;
use super::trail::Trail;
use crate::facts::{Flag, FlagKind};
use std::fmt;

/// So many flags are kept of one notice. The rest is counted.
const MOST_FLAGS: usize = 1_000;

/// So much is kept of what stands where something is wrong.
const LONGEST_VALUE: usize = 200;

/// The flags of a notice, and the way to where the reader is.
#[derive(Default)]
pub(super) struct Doubts<'x> {
    flags: Vec<Flag>,
    /// How many there are beyond those that are kept.
    more: usize,
    /// The field that is being read.
    pub field: &'static str,
    /// The way to where the reader is.
    pub trail: Trail<'x>,
}

/// The place of something in one of the lists of a notice, once the document is read.
#[derive(Clone, Copy)]
pub(super) struct At {
    /// The element of which there is a list, from the root on, as the tables write it.
    pub element: &'static str,
    /// Which of them, from 0.
    pub nth: usize,
    /// The path from there; may be empty.
    pub below: &'static str,
}

impl fmt::Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.element.replace("{ext}", EXTENSION))?;
        if self.nth > 0 {
            write!(f, "[{}]", self.nth + 1)?;
        }
        if self.below.is_empty() { Ok(()) } else { write!(f, "/{}", self.below) }
    }
}

impl Doubts<'_> {
    /// Notes what is wrong with what stands here.
    pub fn add(&mut self, kind: FlagKind, value: &str) {
        if self.has_room() {
            let at = self.path().into();
            self.flags.push(Flag { kind, field: self.field.into(), at, value: cut(value) });
        }
    }

    /// Notes what is wrong somewhere below where the reader is.
    pub fn add_at(&mut self, kind: FlagKind, field: &'static str, at: At, value: &str) {
        if self.has_room() {
            let at = format!("{}/{at}", self.path()).into();
            self.flags.push(Flag { kind, field: field.into(), at, value: cut(value) });
        }
    }

    /// Notes that something is not there. What stands there and is wrong has been noted as that.
    pub fn miss(&mut self, kind: FlagKind, field: &'static str, at: At) {
        let path = format!("{}/{at}", self.path());
        let noted = self.flags.iter().any(|flag| flag.field == field && *flag.at == *path);
        if !noted && self.has_room() {
            self.flags.push(Flag { kind, field: field.into(), at: path.into(), value: "".into() });
        }
    }

    /// Notes what is wrong unless the same kind of wrong has been noted: for what would be repeated without end.
    pub fn add_once(&mut self, kind: FlagKind, value: &str) {
        if !self.flags.iter().any(|flag| flag.kind == kind) {
            self.add(kind, value);
        }
    }

    fn has_room(&mut self) -> bool {
        let room = self.flags.len() < MOST_FLAGS;
        self.more += usize::from(!room);
        room
    }

    /// The XPath of where the reader is.
    pub fn path(&self) -> String {
        self.trail.path()
    }

    /// All flags so far. The next notice of the document begins with none.
    pub fn take(&mut self) -> Vec<Flag> {
        let mut flags = std::mem::take(&mut self.flags);
        if self.more > 0 {
            let value = format!("{} more flags", self.more).into();
            flags.push(Flag { kind: FlagKind::TooMany, field: "".into(), at: self.path().into(), value });
            self.more = 0;
        }
        flags
    }
}

fn cut(value: &str) -> Box<str> {
    match value.char_indices().nth(LONGEST_VALUE) {
        Some((end, _)) => format!("{}…", &value[..end]).into(),
        None => value.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_without_end_are_counted_and_long_values_cut() {
        let mut doubts = Doubts::default();
        for _ in 0..MOST_FLAGS + 5 {
            doubts.add(FlagKind::Empty, &"ø".repeat(LONGEST_VALUE + 1));
        }
        let flags = doubts.take();
        assert_eq!((flags.len(), flags[0].value.chars().count()), (MOST_FLAGS + 1, LONGEST_VALUE + 1));
        assert_eq!(flags.last().map(|flag| (flag.kind, &*flag.value)), Some((FlagKind::TooMany, "5 more flags")));
        assert!(doubts.take().is_empty());
    }
}
