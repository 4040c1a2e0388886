//! The elements that are open, from the root to where the reader is.
use super::paths::{Place, key};

/// So many names of elements that nobody asks for are counted in one element. A notice has a dozen.
const MOST_OTHERS: usize = 100;

/// So much is kept of a name in a path: more than any name of eForms has.
const LONGEST_NAME: usize = 80;

/// The open elements, the outermost first.
#[derive(Default)]
pub(super) struct Trail<'x> {
    pub steps: Vec<Step<'x>>,
    /// The steps to places that were marked, each after the one that it follows.
    marked: Vec<Marked<'x>>,
    /// How often names have come that the tables do not know: in the open elements, the outermost first.
    others: Vec<Other<'x>>,
}

/// A name that the tables do not know, in one of the open elements.
struct Other<'x> {
    key: u64,
    name: &'x str,
    times: u32,
}

/// A place that was marked.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Mark(u32);

/// A step to a place that was marked.
struct Marked<'x> {
    name: &'x str,
    nth: u32,
    /// The step before it; none at the root of the document.
    after: Option<Mark>,
}

/// An open element.
pub(super) struct Step<'x> {
    /// Its name with the prefix.
    pub name: &'x str,
    /// Its attributes as written.
    pub attributes: &'x str,
    pub kind: Kind,
    /// Which of its name it is in the element around it.
    pub nth: u32,
    /// How many elements it has had that count wherever they stand.
    pub strays: u32,
    /// What [`Namespaces::mark`](super::namespaces::Namespaces::mark) said before it.
    pub mark: u32,
    /// Where the names in it begin among [`Trail::others`].
    pub others: usize,
    /// The same step among those that were marked, if it was.
    pub marked: Option<Mark>,
}

/// What an element is to us.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// It stands around a notice.
    Outside,
    /// It leads to a field.
    Known(Place),
    /// Nothing in it is asked for, except what counts wherever it stands.
    Unknown(Hidden),
    /// It has the name of something that is read, and eForms has none here: it is told of with what stands in it.
    Misplaced,
}

/// What stands in an element that is unknown and is not read for that alone: it is told of.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Hidden {
    /// Nothing, or it has been told of.
    Nothing,
    /// What is known in the element around it, at this place.
    At(Place),
    /// Everything that is of eForms, as it is not.
    All,
}

impl<'x> Trail<'x> {
    /// What the innermost element is.
    pub fn kind(&self) -> Kind {
        self.steps.last().map_or(Kind::Outside, |step| step.kind)
    }

    /// Begins an element.
    pub fn push(&mut self, name: &'x str, attributes: &'x str, mark: u32) {
        let others = self.others.len();
        self.steps.push(Step {
            name,
            attributes,
            kind: Kind::Unknown(Hidden::Nothing),
            nth: 1,
            strays: 0,
            mark,
            others,
            marked: None,
        });
    }

    /// Ends the innermost element.
    pub fn pop(&mut self) {
        if let Some(step) = self.steps.pop() {
            self.others.truncate(step.others);
        }
    }

    /// Counts the innermost element, which is none that the tables know.
    pub fn count_other(&mut self) {
        let (around, step) = match &mut *self.steps {
            [.., around, step] => (around.others, step),
            [step] => (0, step),
            [] => return,
        };
        let key = key(step.name);
        let before = &mut self.others[around..];
        match before.iter().position(|other| other.key == key && other.name == step.name) {
            Some(at) => {
                before[at].times = before[at].times.saturating_add(1);
                step.nth = before[at].times;
            }
            None if before.len() < MOST_OTHERS => {
                self.others.push(Other { key, name: step.name, times: 1 });
                step.others = self.others.len();
            }
            None => {}
        }
    }

    /// The XPath of the innermost element.
    pub fn path(&self) -> String {
        let mut path = String::new();
        for step in &self.steps {
            push_step(&mut path, step.name, step.nth);
        }
        if path.is_empty() { "/".to_owned() } else { path }
    }

    /// Marks the innermost element, so that its path is known when it has ended. Says how many bytes that takes.
    pub fn mark(&mut self) -> (Mark, usize) {
        let (mut after, before) = (None, self.marked.len());
        for step in &mut self.steps {
            let mark = step.marked.unwrap_or_else(|| {
                self.marked.push(Marked { name: step.name, nth: step.nth, after });
                // Fewer than there are bytes in a document.
                Mark(self.marked.len() as u32 - 1)
            });
            step.marked = Some(mark);
            after = Some(mark);
        }
        (after.unwrap_or(Mark(u32::MAX)), (self.marked.len() - before) * size_of::<Marked<'_>>())
    }

    /// The XPath of an element that was marked.
    pub fn path_of(&self, mark: Mark) -> String {
        let mut steps = Vec::new();
        let mut next = Some(mark);
        while let Some(step) = next.and_then(|Mark(at)| self.marked.get(at as usize)) {
            steps.push(step);
            next = step.after;
        }
        let mut path = String::new();
        for step in steps.iter().rev() {
            push_step(&mut path, step.name, step.nth);
        }
        path
    }

    /// Forgets all marks. The open elements are not marked any more.
    pub fn forget_marks(&mut self) {
        self.marked.clear();
        self.steps.iter_mut().for_each(|step| step.marked = None);
    }
}

fn push_step(path: &mut String, name: &str, nth: u32) {
    path.push('/');
    path.push_str(&name[..name.floor_char_boundary(LONGEST_NAME)]);
    if nth > 1 {
        path.push('[');
        path.push_str(&nth.to_string());
        path.push(']');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_counts_from_the_second_of_a_name() {
        let mut trail = Trail::default();
        assert_eq!(trail.path(), "/");
        for (name, nth) in [("ContractNotice", 1), ("cac:ProcurementProjectLot", 3)] {
            trail.push(name, "", 0);
            trail.steps.last_mut().unwrap().nth = nth;
        }
        assert_eq!(trail.path(), "/ContractNotice/cac:ProcurementProjectLot[3]");
        let marks = [trail.mark().0, trail.mark().0];
        assert!(marks[0] == marks[1] && trail.marked.len() == 2);
        trail.pop();
        trail.pop();
        assert_eq!(trail.path_of(marks[0]), "/ContractNotice/cac:ProcurementProjectLot[3]");
    }
}
