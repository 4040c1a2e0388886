//! Where the reader is in the document, and what was found to be wrong on the way.
use super::table::EXTENSION;
use super::trail::{Mark, Trail};
use crate::facts::{Flag, FlagKind};
use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

/// So many flags are kept of one notice. The rest is counted.
const MOST_FLAGS: usize = 1_000;

/// So much is kept of what stands where something is wrong.
const LONGEST_VALUE: usize = 200;

/// So many bytes the facts and flags of one document take beside the texts in it. A document that takes more is made for it:
/// of small elements of which each begins something large. The largest real notices take some MB.
const MOST_MEMORY: usize = 128 * 1024 * 1024;

/// So many bytes of it there are always for the last flags.
const LAST_MEMORY: usize = 100 * 1024;

/// The flags of a notice, and the way to where the reader is.
pub(super) struct Doubts<'x> {
    flags: Vec<Flag>,
    /// How many there are beyond those that are kept.
    more: usize,
    /// Hashes of what was noted: of field and place, and of kinds that are noted once.
    noted: HashSet<u64>,
    /// What is left of [`MOST_MEMORY`].
    memory: usize,
    /// How much of it marks have taken since the notice began.
    of_marks: usize,
    /// The field that is being read.
    pub field: &'static str,
    /// The way to where the reader is.
    pub trail: Trail<'x>,
    /// Where the items of lists begin, in the order of each list.
    items: [Vec<Mark>; Item::ALL.len()],
    /// Where references stand: of each field in the order of the document.
    references: Vec<(&'static str, Vec<Mark>)>,
    /// The prefixes that the document uses instead of the common ones.
    pub prefixes: Vec<(&'static str, &'x str)>,
}

/// The lists whose items something may be said of when all is read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Item {
    Lot,
    Organisation,
    Buyer,
    Result,
    Tender,
    Party,
    /// In the order of the document, whichever party they are of.
    Tenderer,
    Contract,
}

impl Item {
    const ALL: [Self; 8] = [
        Self::Lot,
        Self::Organisation,
        Self::Buyer,
        Self::Result,
        Self::Tender,
        Self::Party,
        Self::Tenderer,
        Self::Contract,
    ];
}

/// A place in the document that is told of once it is read. The names in it are those of the tables.
#[derive(Clone, Copy)]
pub(super) enum At {
    /// A path from the root of the notice.
    Root(&'static str),
    /// A path from an item of a list, of which this is the place in the list.
    In(Item, usize, &'static str),
    /// Where something was read.
    Mark(Mark),
}

impl Default for Doubts<'_> {
    fn default() -> Self {
        Self {
            flags: Vec::new(),
            more: 0,
            noted: HashSet::new(),
            memory: MOST_MEMORY,
            of_marks: 0,
            field: "",
            trail: Trail::default(),
            items: Default::default(),
            references: Vec::new(),
            prefixes: Vec::new(),
        }
    }
}

impl<'x> Doubts<'x> {
    /// Notes what is wrong with what stands here.
    pub fn add(&mut self, kind: FlagKind, value: &str) {
        if self.has_room() {
            self.push(kind, self.field, self.path(), value);
        }
    }

    /// Notes what is wrong elsewhere in the document.
    pub fn add_at(&mut self, kind: FlagKind, field: &'static str, at: At, value: &str) {
        if self.has_room() {
            self.push(kind, field, self.path_of(at), value);
        }
    }

    /// Notes that something is not there. What stands there and is wrong has been noted as that.
    pub fn miss(&mut self, kind: FlagKind, field: &'static str, at: At) {
        if self.has_room() {
            let path = self.path_of(at);
            if !self.noted.contains(&place(field, &path)) {
                self.push(kind, field, path, "");
            }
        }
    }

    /// Notes what is wrong unless the same kind of wrong has been noted so: for what would be repeated without end.
    pub fn add_once(&mut self, kind: FlagKind, value: &str) {
        if self.noted.insert(hash(&kind)) {
            self.add(kind, value);
        }
    }

    /// Notes how many notices there was no memory for.
    pub fn add_left_out(&mut self, notices: usize) {
        if notices > 0 {
            self.add(FlagKind::TooMany, &format!("{notices} more notices"));
        }
    }

    fn push(&mut self, kind: FlagKind, field: &'static str, at: String, value: &str) {
        let value = cut(value);
        if self.take_memory(size_of::<Flag>() + at.len() + value.len()) {
            self.noted.insert(place(field, &at));
            self.flags.push(Flag { kind, field: field.into(), at: at.into(), value });
        } else {
            self.more += 1;
        }
    }

    fn has_room(&mut self) -> bool {
        let room = self.flags.len() < MOST_FLAGS;
        self.more += usize::from(!room);
        room
    }

    /// Whether there is memory for so many bytes, which are taken then.
    pub fn take_memory(&mut self, bytes: usize) -> bool {
        let left = self.memory.checked_sub(bytes);
        self.memory = left.unwrap_or(self.memory);
        left.is_some()
    }

    /// Makes room for what is said of the whole document.
    pub fn make_room(&mut self) {
        self.memory = self.memory.max(LAST_MEMORY);
    }

    /// Says that an item of a list begins here.
    pub fn begin_item(&mut self, item: Item) {
        let mark = self.mark();
        self.items[item as usize].push(mark);
    }

    /// Says that a reference stands here.
    pub fn mark_reference(&mut self) {
        let mark = self.mark();
        match self.references.iter_mut().find(|(field, _)| *field == self.field) {
            Some((_, marks)) => marks.push(mark),
            None => self.references.push((self.field, vec![mark])),
        }
    }

    fn mark(&mut self) -> Mark {
        let (mark, bytes) = self.trail.mark();
        let bytes = bytes + size_of::<Mark>();
        // There are no more marks than items and references, which ask whether there is memory.
        let bytes = bytes.min(self.memory);
        self.of_marks += bytes;
        self.memory -= bytes;
        mark
    }

    /// Where the references of a field stand, in the order of the document.
    pub fn references_of(&mut self, field: &'static str) -> Vec<Mark> {
        let of_field = self.references.iter_mut().find(|(other, _)| *other == field);
        of_field.map(|(_, marks)| std::mem::take(marks)).unwrap_or_default()
    }

    /// The XPath of where the reader is.
    pub fn path(&self) -> String {
        self.trail.path()
    }

    /// The XPath of another place.
    fn path_of(&self, at: At) -> String {
        let (mut path, below) = match at {
            At::Root(below) => (self.path(), below),
            At::In(item, nth, below) => match self.items[item as usize].get(nth) {
                Some(mark) => (self.trail.path_of(*mark), below),
                None => (self.path(), below),
            },
            At::Mark(mark) => (self.trail.path_of(mark), ""),
        };
        let below = below.replace("{ext}", EXTENSION);
        for step in below.split('/').filter(|step| !step.is_empty()) {
            path.push('/');
            match step.split_once(':') {
                Some((common, name)) => self.push_name(&mut path, common, name),
                None => path.push_str(step),
            }
        }
        path
    }

    /// A name with the prefix that the document gives it.
    fn push_name(&self, path: &mut String, common: &str, name: &str) {
        let own = self.prefixes.iter().find(|(other, _)| *other == common).map_or(common, |(_, own)| own);
        if !own.is_empty() {
            path.push_str(own);
            path.push(':');
        }
        path.push_str(name);
    }

    /// All flags so far. The next notice of the document begins with none.
    pub fn take(&mut self) -> Vec<Flag> {
        let mut flags = std::mem::take(&mut self.flags);
        if self.more > 0 {
            let value = format!("{} more flags", self.more).into();
            flags.push(Flag { kind: FlagKind::TooMany, field: "".into(), at: self.path().into(), value });
            self.more = 0;
        }
        self.noted.clear();
        self.items.iter_mut().for_each(Vec::clear);
        self.references.clear();
        self.trail.forget_marks();
        self.memory += std::mem::take(&mut self.of_marks);
        flags
    }
}

/// A field and a place, whatever prefixes the names in its path have: what is missing has none.
fn place(field: &str, path: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    field.hash(&mut hasher);
    path.split('/').for_each(|step| step.split_once(':').map_or(step, |(_, name)| name).hash(&mut hasher));
    hasher.finish()
}

fn hash(what: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    what.hash(&mut hasher);
    hasher.finish()
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
