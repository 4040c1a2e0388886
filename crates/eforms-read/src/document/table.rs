//! The vocabulary of the tables: which element is read into which field, and how.
//!
//! A [`Table`] reads the elements below some element into a `T`. Its paths are those of the SDK's `fields.json` from
//! there on. `{ext}` stands for the four elements in which UBL wraps what is not its own. At the end of a path
//! `/@listName` means an attribute, and `[@listName='x']` that the line only counts where the attribute says so. A path
//! that begins with `//` counts wherever the element stands.
use super::doubts::{Doubts, Item};
use super::field::Field;
use crate::facts::Letters;
use crate::facts::{Amount, Code, Codelist, Cpv, Date, Decimal, FlagKind, Moment, Reference, Text, Time};

/// So many items of one kind are kept. The largest notice of TED has some thousands of lots.
pub(super) const MOST_ITEMS: usize = 10_000;

/// More languages than notices are written in.
const LANGUAGES: usize = 40;

/// What UBL wraps extensions in.
pub(super) const EXTENSION: &str = "ext:UBLExtensions/ext:UBLExtension/ext:ExtensionContent/efext:EformsExtension";

/// Begins an item where an element begins, and says whether to go into it.
pub(super) type Begin<T> = Box<dyn Fn(&mut T, &mut Doubts<'_>) -> bool + Send + Sync>;

/// Reads what stands in an element.
pub(super) type Read<T> = Box<dyn Fn(&mut T, &mut Field<'_, '_>) + Send + Sync>;

/// A line of a table.
pub(super) struct Line<T> {
    /// The field of eForms.
    pub field: &'static str,
    /// The path from the element that the table is for.
    pub path: String,
    pub action: Action<T>,
}

pub(super) enum Action<T> {
    Begin(Begin<T>),
    Read(Read<T>),
}

/// Which elements are read into a `T`, and how.
pub(super) struct Table<T> {
    pub lines: Vec<Line<T>>,
}

impl<T: 'static> Table<T> {
    pub fn new() -> Self {
        Self { lines: Vec::new() }
    }

    /// A line that does what no other kind of line does.
    pub fn other(mut self, field: &'static str, path: &str, read: fn(&mut T, &mut Field<'_, '_>)) -> Self {
        self.push(field, path, Action::Read(Box::new(read)));
        self
    }

    /// A value that stands there once. What comes after it is noted and left out.
    pub fn once<V: 'static>(
        self,
        field: &'static str,
        path: &str,
        slot: fn(&mut T) -> &mut Option<V>,
        read: fn(&mut Field<'_, '_>) -> Option<V>,
    ) -> Self {
        self.reads(field, path, move |part, field| {
            let slot = slot(part);
            if slot.is_some() {
                field.doubt(FlagKind::Duplicate);
            } else {
                *slot = read(field);
            }
        })
    }

    /// A value that may stand there any number of times.
    pub fn many<V: 'static>(
        self,
        field: &'static str,
        path: &str,
        list: fn(&mut T) -> &mut Vec<V>,
        read: fn(&mut Field<'_, '_>) -> Option<V>,
    ) -> Self {
        self.reads(field, path, move |part, field| {
            let list = list(part);
            if list.len() < MOST_ITEMS && field.doubts.take_memory(size_of::<V>()) {
                list.extend(read(field));
            } else {
                field.doubts.add_once(FlagKind::TooMany, "");
            }
        })
    }

    pub fn text(self, field: &'static str, path: &str, slot: fn(&mut T) -> &mut Option<Box<str>>) -> Self {
        self.once(field, path, slot, |field| field.text())
    }

    pub fn id(self, field: &'static str, path: &str, slot: fn(&mut T) -> &mut Option<Box<str>>) -> Self {
        self.once(field, path, slot, |field| field.id())
    }

    /// A text that stands there once in each language. What comes twice in one is noted and kept.
    pub fn texts(self, field: &'static str, path: &str, list: fn(&mut T) -> &mut Vec<Text>) -> Self {
        self.reads(field, path, move |part, field| {
            let list = list(part);
            if list.len() == MOST_ITEMS || !field.doubts.take_memory(size_of::<Text>()) {
                return field.doubts.add_once(FlagKind::TooMany, "");
            }
            let text = field.text_in_language();
            if list.iter().take(LANGUAGES).any(|other| other.language == text.language) {
                field.doubt(FlagKind::Duplicate);
            }
            list.push(text);
        })
    }

    pub fn code<L: Codelist>(self, field: &'static str, path: &str, slot: fn(&mut T) -> &mut Option<Code<L>>) -> Self {
        self.once(field, path, slot, |field| field.code())
    }

    pub fn codes<L: Codelist>(self, field: &'static str, path: &str, list: fn(&mut T) -> &mut Vec<Code<L>>) -> Self {
        self.many(field, path, list, |field| field.code())
    }

    pub fn amount(self, field: &'static str, path: &str, slot: fn(&mut T) -> &mut Option<Amount>) -> Self {
        self.once(field, path, slot, |field| field.amount())
    }

    pub fn decimal(self, field: &'static str, path: &str, slot: fn(&mut T) -> &mut Option<Decimal>) -> Self {
        self.once(field, path, slot, |field| field.decimal())
    }

    pub fn number(self, field: &'static str, path: &str, slot: fn(&mut T) -> &mut Option<u32>) -> Self {
        self.once(field, path, slot, |field| field.number())
    }

    pub fn yes_no(self, field: &'static str, path: &str, slot: fn(&mut T) -> &mut Option<bool>) -> Self {
        self.once(field, path, slot, |field| field.yes_no())
    }

    pub fn date(self, field: &'static str, path: &str, slot: fn(&mut T) -> &mut Option<Date>) -> Self {
        self.once(field, path, slot, |field| field.date())
    }

    /// The day of a moment. Its time has a line of its own: [`Self::time`].
    pub fn day(self, field: &'static str, path: &str, slot: fn(&mut T) -> &mut Moment) -> Self {
        self.reads(field, path, move |part, field| put_day(slot(part), field))
    }

    pub fn time(self, field: &'static str, path: &str, slot: fn(&mut T) -> &mut Moment) -> Self {
        self.reads(field, path, move |part, field| put_time(slot(part), field))
    }

    pub fn letters<L: 'static>(
        self,
        field: &'static str,
        path: &str,
        wrong: FlagKind,
        slot: fn(&mut T) -> &mut Option<Letters<L>>,
    ) -> Self {
        self.reads(field, path, move |part, field| {
            let slot = slot(part);
            if slot.is_some() {
                field.doubt(FlagKind::Duplicate);
            } else {
                *slot = field.letters(wrong);
            }
        })
    }

    pub fn cpv(self, field: &'static str, path: &str, slot: fn(&mut T) -> &mut Option<Cpv>) -> Self {
        self.once(field, path, slot, |field| field.cpv())
    }

    pub fn nuts(self, field: &'static str, path: &str, slot: fn(&mut T) -> &mut Option<Box<str>>) -> Self {
        self.once(field, path, slot, |field| field.nuts())
    }

    pub fn reference(self, field: &'static str, path: &str, slot: fn(&mut T) -> &mut Option<Reference>) -> Self {
        self.once(field, path, slot, |field| field.reference())
    }

    pub fn references(self, field: &'static str, path: &str, list: fn(&mut T) -> &mut Vec<Reference>) -> Self {
        self.many(field, path, list, |field| field.reference())
    }

    /// Something of another list that may stand at the same place, and that nobody here asks for.
    pub fn passed_over(self, field: &'static str, path: &str) -> Self {
        self.other(field, path, |_, _| {})
    }

    /// An element that nobody here asks for, though some of what stands in it is called as what is read beside it.
    pub fn left_alone(mut self, path: &str) -> Self {
        self.push("", path, Action::Begin(Box::new(|_, _| false)));
        self
    }

    /// A field at a place where it has no meaning: what it says is noted, and that is all.
    pub fn misplaced(self, field: &'static str, path: &str) -> Self {
        self.other(field, path, |_, field| field.doubt(FlagKind::Misplaced))
    }

    /// The same table, for a place where it should not be: notes that of everything it reads.
    pub fn noting(self, wrong: FlagKind) -> Self {
        let lines = self.lines.into_iter().map(|line| match line.action {
            Action::Begin(_) => line,
            Action::Read(read) => {
                let action = Action::Read(Box::new(move |part: &mut T, field: &mut Field<'_, '_>| {
                    field.doubt(wrong);
                    read(part, field);
                }) as Read<T>);
                Line { action, ..line }
            }
        });
        Self { lines: lines.collect() }
    }

    /// An element whose content is read into a part of `T`. Without a path, the part is read from the same elements.
    pub fn within<P: 'static>(mut self, path: &str, part: fn(&mut T) -> &mut P, table: Table<P>) -> Self {
        self.mount(path, move |whole| Some(part(whole)), table);
        self
    }

    /// An element that may stand there any number of times, each a new item of a list.
    pub fn each<P: Default + 'static>(mut self, path: &str, list: fn(&mut T) -> &mut Vec<P>, table: Table<P>) -> Self {
        self.begins(path, list, |_| {});
        self.mount(path, move |whole| list(whole).last_mut(), table);
        self
    }

    /// The same for a list of whose items something may be said when all is read.
    pub fn each_item<P: Default + 'static>(
        mut self,
        item: Item,
        path: &str,
        list: fn(&mut T) -> &mut Vec<P>,
        table: Table<P>,
    ) -> Self {
        self.begins(path, list, move |doubts| doubts.begin_item(item));
        self.mount(path, move |whole| list(whole).last_mut(), table);
        self
    }

    /// Begins a new item of a list where an element begins.
    fn begins<P: Default + 'static>(
        &mut self,
        path: &str,
        list: fn(&mut T) -> &mut Vec<P>,
        begun: impl Fn(&mut Doubts<'_>) + Send + Sync + 'static,
    ) {
        let begin: Begin<T> = Box::new(move |whole, doubts| {
            let list = list(whole);
            let room = list.len() < MOST_ITEMS && doubts.take_memory(size_of::<P>());
            if room {
                list.push(P::default());
                begun(doubts);
            } else {
                doubts.add_once(FlagKind::TooMany, "");
            }
            room
        });
        self.push("", path, Action::Begin(begin));
    }

    /// An element that stands there or not.
    pub fn maybe<P: Default + 'static>(
        mut self,
        path: &str,
        slot: fn(&mut T) -> &mut Option<P>,
        table: Table<P>,
    ) -> Self {
        let begin: Begin<T> = Box::new(move |whole, doubts| {
            let slot = slot(whole);
            if slot.is_some() {
                doubts.add(FlagKind::Duplicate, "");
            }
            slot.get_or_insert_default();
            true
        });
        self.push("", path, Action::Begin(begin));
        self.mount(path, move |whole| slot(whole).as_mut(), table);
        self
    }

    fn reads(
        mut self,
        field: &'static str,
        path: &str,
        read: impl Fn(&mut T, &mut Field<'_, '_>) + Send + Sync + 'static,
    ) -> Self {
        self.push(field, path, Action::Read(Box::new(read)));
        self
    }

    /// The lines of another table, below a path and for a part of `T`.
    fn mount<P: 'static>(
        &mut self,
        path: &str,
        part: impl Fn(&mut T) -> Option<&mut P> + Copy + Send + Sync + 'static,
        table: Table<P>,
    ) {
        for Line { field, path: below, action } in table.lines {
            let action = match action {
                Action::Begin(begin) => Action::Begin(Box::new(move |whole: &mut T, doubts: &mut Doubts<'_>| {
                    part(whole).is_some_and(|part| begin(part, doubts))
                })),
                Action::Read(read) => Action::Read(Box::new(move |whole: &mut T, field: &mut Field<'_, '_>| {
                    if let Some(part) = part(whole) {
                        read(part, field);
                    }
                })),
            };
            let path = if path.is_empty() { below } else { format!("{path}/{below}") };
            self.push(field, &path, action);
        }
    }

    fn push(&mut self, field: &'static str, path: &str, action: Action<T>) {
        self.lines.push(Line { field, path: path.replace("{ext}", EXTENSION), action });
    }
}

fn put_day(moment: &mut Moment, field: &mut Field<'_, '_>) {
    if moment.date.is_some() {
        return field.doubt(FlagKind::Duplicate);
    }
    moment.date = field.date();
    check_zones(*moment, field);
}

fn put_time(moment: &mut Moment, field: &mut Field<'_, '_>) {
    if moment.time.is_some() {
        return field.doubt(FlagKind::Duplicate);
    }
    moment.time = field.time();
    check_zones(*moment, field);
}

/// Says once both are there whether day and time are in the same zone, and in any.
fn check_zones(moment: Moment, field: &mut Field<'_, '_>) {
    let (Some(Date { zone: day, .. }), Some(Time { zone: time, .. })) = (moment.date, moment.time) else { return };
    match (day, time) {
        (None, None) => field.doubt(FlagKind::MissingZone),
        (Some(day), Some(time)) if day != time => field.doubt(FlagKind::ZonesDiffer),
        _ => {}
    }
}
