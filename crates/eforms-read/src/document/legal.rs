//! Where eForms has elements, whether they are read here or not.
//!
//! What stands anywhere else is wrong; if something of that name is read, what stands there may be meant as that, and is told.
use super::namespaces::Namespace;
use super::paths::key;
use std::sync::LazyLock;

/// Every element that has elements in it, and these: from `fields.json` of the eForms SDK 1.3 to 1.15 (© European Union, CC BY 4.0).
/// `/` is the root.
const PLACES: &str = include_str!("places.txt");

/// The elements of eForms, each with the one around it, as [`pair`] makes them; sorted.
static PAIRS: LazyLock<Vec<u64>> = LazyLock::new(|| {
    let of_line = |line: &'static str| {
        let mut names = line.split(' ').map(|name| name.split_once(':').unwrap_or(("", name)));
        let (_, around) = names.next().unwrap_or_default();
        let inside = move |(prefix, local)| Some(pair(around, Namespace::of_common_prefix(prefix)?, local));
        names.filter_map(inside)
    };
    let mut pairs: Vec<u64> = PLACES.lines().flat_map(of_line).collect();
    pairs.sort_unstable();
    pairs
});

/// The name that stands for the root of a notice.
pub(super) const ROOT: &str = "/";

/// Whether eForms has this element in an element of that name.
pub(super) fn is_in(around: &str, namespace: Namespace, local: &str) -> bool {
    PAIRS.binary_search(&pair(around, namespace, local)).is_ok()
}

/// One number for both. Two that share one would hide that one of them is misplaced, which is no great loss.
fn pair(around: &str, namespace: Namespace, local: &str) -> u64 {
    let namespace = match namespace {
        Namespace::Cac => 1,
        Namespace::Cbc => 2,
        Namespace::Ext => 3,
        Namespace::Efext => 4,
        Namespace::Efac => 5,
        Namespace::Efbc => 6,
        Namespace::Document(_) | Namespace::Nothing | Namespace::Foreign => 0,
    };
    key(around).rotate_left(29).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ key(local).rotate_left(3) ^ namespace
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_of_eforms_are_known_where_they_belong_and_nowhere_else() {
        assert!(PAIRS.len() > 500, "{}", PAIRS.len());
        for (around, namespace, local, expected) in [
            (ROOT, Namespace::Cbc, "ID", true),
            ("Country", Namespace::Cbc, "IdentificationCode", true),
            ("Country", Namespace::Efbc, "IdentificationCode", false),
            ("PostalAddress", Namespace::Cbc, "IdentificationCode", false),
            ("Nowhere", Namespace::Cbc, "ID", false),
        ] {
            assert_eq!(is_in(around, namespace, local), expected, "{around}/{local}");
        }
    }
}
