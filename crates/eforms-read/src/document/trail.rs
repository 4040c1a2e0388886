//! The elements that are open, from the root to where the reader is.
use super::paths::Place;

/// So much is kept of a name in a path: more than any name of eForms has.
const LONGEST_NAME: usize = 80;

/// The open elements, the outermost first.
#[derive(Default)]
pub(super) struct Trail<'x> {
    pub steps: Vec<Step<'x>>,
}

/// An open element.
pub(super) struct Step<'x> {
    /// Its name with the prefix.
    pub name: &'x str,
    /// Its attributes as written.
    pub attributes: &'x str,
    pub kind: Kind,
    /// Which of its name it is in the element around it. Only counted for elements that the tables know.
    pub nth: u32,
    /// How many elements it has had that count wherever they stand.
    pub strays: u32,
    /// What [`Namespaces::mark`](super::namespaces::Namespaces::mark) said before it.
    pub mark: u32,
}

/// What an element is to us.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// It stands around a notice.
    Outside,
    /// It leads to a field.
    Known(Place),
    /// Nothing in it is asked for, except what counts wherever it stands.
    Unknown,
}

impl Trail<'_> {
    /// What the innermost element is.
    pub fn kind(&self) -> Kind {
        self.steps.last().map_or(Kind::Outside, |step| step.kind)
    }

    /// The XPath of the innermost element.
    pub fn path(&self) -> String {
        let mut path = String::new();
        for step in &self.steps {
            path.push('/');
            path.push_str(&step.name[..step.name.floor_char_boundary(LONGEST_NAME)]);
            if step.nth > 1 {
                path.push('[');
                path.push_str(&step.nth.to_string());
                path.push(']');
            }
        }
        if path.is_empty() { "/".to_owned() } else { path }
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
            trail.steps.push(Step { name, attributes: "", kind: Kind::Unknown, nth, strays: 0, mark: 0 });
        }
        assert_eq!(trail.path(), "/ContractNotice/cac:ProcurementProjectLot[3]");
    }
}
