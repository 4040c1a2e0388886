//! The tables, joined into a tree by the names of elements, once per process.
use super::doubts::Doubts;
use super::field::{Field, are_attributes, attribute};
use super::header;
use super::namespaces::Namespace;
use super::table::{Action, Begin, Line, Read};
use crate::facts::{FlagKind, Notice};
use std::collections::VecDeque;
use std::sync::LazyLock;

/// Where in the tree an element is.
pub(super) type Place = u16;

/// The root of a notice.
pub(super) const ROOT: Place = 0;

/// The elements that count wherever they stand.
const ANYWHERE: Place = 1;

/// All paths that lead to a field: a tree, written down level by level, so that elements in the same element stand beside
/// each other in these lists.
pub(super) struct Paths {
    /// What [`key`] makes of the local name of each element: nearly all that a look-up touches.
    keys: Vec<u64>,
    names: Vec<(Namespace, Box<str>)>,
    nodes: Vec<Node>,
    /// All `keys`, sorted.
    all_keys: Vec<u64>,
}

/// An element at one place.
#[derive(Default)]
struct Node {
    /// The places of the elements in it.
    below: std::ops::Range<usize>,
    begin: Option<Begin<Notice>>,
    reads: Vec<Reading>,
    /// The attribute by which `reads` are told apart, if they are.
    told_by: Option<Box<str>>,
}

/// What to do with the content of an element.
struct Reading {
    field: &'static str,
    /// Only if `told_by` has this value.
    only: Option<Box<str>>,
    /// Reads this attribute, and not the text.
    attribute: Option<Box<str>>,
    read: Read<Notice>,
}

/// The first four and the last four bytes of a name, and its length. No two names at one place have the same, as a test
/// sees to, and few others have the key of one that is looked for.
pub(super) fn key(local: &str) -> u64 {
    let bytes = local.as_bytes();
    match (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        (Some(first), Some(last)) => {
            let (first, last) = (u32::from_le_bytes(*first), u32::from_le_bytes(*last));
            (u64::from(first) << 32 | u64::from(last)) ^ (bytes.len() as u64) << 40
        }
        _ => bytes.iter().fold(0, |key, byte| key << 8 | u64::from(*byte)),
    }
}

/// The paths of every field that is read.
pub(super) fn paths() -> &'static Paths {
    static PATHS: LazyLock<Paths> = LazyLock::new(|| Paths::of(header::table().lines));
    &PATHS
}

impl Paths {
    /// How many places there are.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// The place of an element in another, and the namespace it must be in.
    pub fn below(&self, place: Place, local: &str) -> Option<(Place, Namespace)> {
        let below = self.all_below(place);
        let key = key(local);
        let place = below.start + self.keys[below].iter().position(|other| *other == key)?;
        let (namespace, name) = &self.names[place];
        // The tree has some hundred places: `Place` has room for them, as a test sees to.
        (**name == *local).then_some((place as Place, *namespace))
    }

    /// The same for an element that counts wherever it stands.
    pub fn anywhere(&self, local: &str) -> Option<(Place, Namespace)> {
        self.below(ANYWHERE, local)
    }

    /// The places of the elements directly in another.
    pub fn all_below(&self, place: Place) -> std::ops::Range<usize> {
        self.nodes[usize::from(place)].below.clone()
    }

    /// Whether an element of that name is read somewhere, or leads to one that is.
    pub fn has_name(&self, local: &str) -> bool {
        self.all_keys.binary_search(&key(local)).is_ok()
    }

    /// Whether the text of the element is asked for.
    pub fn has_text(&self, place: Place) -> bool {
        !self.nodes[usize::from(place)].reads.is_empty()
    }

    /// Begins what begins with the element. False if it is to be passed over.
    pub fn begin(&self, place: Place, notice: &mut Notice, doubts: &mut Doubts<'_>) -> bool {
        self.nodes[usize::from(place)].begin.as_ref().is_none_or(|begin| begin(notice, doubts))
    }

    /// Reads what stands in the element.
    pub fn read<'x>(
        &self,
        place: Place,
        notice: &mut Notice,
        text: &str,
        attributes: &'x str,
        doubts: &mut Doubts<'x>,
    ) {
        let node = &self.nodes[usize::from(place)];
        let told = node.told_by.as_ref().map(|name| attribute(attributes, name).unwrap_or_default());
        let fits = |reading: &&Reading| reading.only.is_none() || reading.only.as_deref() == told.as_deref();
        if !are_attributes(attributes) {
            doubts.add(FlagKind::BadAttribute, attributes.trim());
        }
        let mut any = false;
        for reading in node.reads.iter().filter(fits) {
            any = true;
            doubts.field = reading.field;
            let value = reading.attribute.as_ref().map(|name| attribute(attributes, name).unwrap_or_default());
            let text = value.as_deref().map_or(text, str::trim);
            if text.is_empty() {
                doubts.add(FlagKind::Empty, "");
            } else {
                (reading.read)(notice, &mut Field { text, attributes, doubts });
            }
        }
        if !any && !text.is_empty() {
            doubts.add(FlagKind::UnknownList, &format!("{}: {text}", told.unwrap_or_default()));
        }
        doubts.field = "";
    }

    /// The tree of a table.
    fn of(lines: Vec<Line<Notice>>) -> Self {
        let (mut root, mut anywhere) = (Tree::default(), Tree::default());
        for line in lines {
            let path = line.path.clone();
            match path.strip_prefix("//") {
                Some(path) => anywhere.insert(path, line),
                None => root.insert(&path, line),
            }
        }
        let nameless = || (Namespace::Nothing, Box::default());
        let mut waiting = VecDeque::from([(nameless(), root), (nameless(), anywhere)]);
        let mut paths = Self { keys: Vec::new(), names: Vec::new(), nodes: Vec::new(), all_keys: Vec::new() };
        while let Some((name, Tree { mut node, below })) = waiting.pop_front() {
            // Those that wait come before those below this one.
            let first = paths.nodes.len() + 1 + waiting.len();
            node.below = first..first + below.len();
            waiting.extend(below);
            paths.keys.push(key(&name.1));
            paths.names.push(name);
            paths.nodes.push(node);
        }
        paths.all_keys.clone_from(&paths.keys);
        paths.all_keys.sort_unstable();
        paths.all_keys.dedup();
        paths
    }
}

/// A node with the trees below it, while it grows.
#[derive(Default)]
struct Tree {
    node: Node,
    below: Vec<((Namespace, Box<str>), Tree)>,
}

impl Tree {
    fn insert(&mut self, path: &str, line: Line<Notice>) {
        match path.split_once('/').filter(|(_, rest)| !rest.starts_with('@')) {
            Some((name, rest)) => self.child(name).insert(rest, line),
            None => self.end(path, line),
        }
    }

    /// The last step of a path: a name, and perhaps an attribute to read or a condition.
    fn end(&mut self, step: &str, line: Line<Notice>) {
        let (step, attribute) = match step.split_once("/@") {
            Some((step, attribute)) => (step, Some(attribute.into())),
            None => (step, None),
        };
        let condition = step.strip_suffix("']").and_then(|step| step.split_once("[@")).and_then(|(name, condition)| {
            let (told_by, only) = condition.split_once("='")?;
            Some((name, told_by, only))
        });
        let name = condition.map_or(step, |(name, ..)| name);
        let node = &mut self.child(name).node;
        if let Some((_, told_by, _)) = condition {
            node.told_by = Some(told_by.into());
        }
        match line.action {
            Action::Begin(begin) => node.begin = Some(begin),
            Action::Read(read) => {
                let only = condition.map(|(.., only)| only.into());
                node.reads.push(Reading { field: line.field, only, attribute, read });
            }
        }
    }

    fn child(&mut self, name: &str) -> &mut Tree {
        let (prefix, local) = name.split_once(':').unwrap_or(("", name));
        let namespace = Namespace::of_common_prefix(prefix).unwrap_or(Namespace::Nothing);
        let known = self.below.iter().position(|((other, known), _)| *other == namespace && **known == *local);
        let at = known.unwrap_or(self.below.len());
        if known.is_none() {
            self.below.push(((namespace, local.into()), Tree::default()));
        }
        &mut self.below[at].1
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn no_two_elements_at_one_place_have_the_same_key() {
        let paths = paths();
        for node in &paths.nodes {
            let keys: BTreeSet<_> = paths.keys[node.below.clone()].iter().collect();
            assert_eq!(keys.len(), node.below.len(), "{:?}", &paths.names[node.below.clone()]);
        }
        assert!(paths.nodes.len() < usize::from(Place::MAX));
    }

    #[test]
    fn every_element_that_is_asked_for_has_its_fields_told_apart_by_one_attribute() {
        for node in &paths().nodes {
            let conditional = node.reads.iter().filter(|reading| reading.only.is_some()).count();
            assert!(conditional == 0 || node.told_by.is_some());
        }
    }

    /// A table of all that is read: its difference is the difference of what the reader knows.
    #[test]
    fn the_fields_are_those_of_the_tables() {
        let fields: BTreeSet<_> =
            paths().nodes.iter().flat_map(|node| &node.reads).map(|reading| reading.field).collect();
        assert!(fields.contains("BT-776-Lot") && fields.contains("BT-195"));
        assert!(fields.len() > 120, "{}", fields.len());
    }
}
