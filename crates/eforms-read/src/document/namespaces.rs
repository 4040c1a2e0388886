//! Which namespace a name is in, whatever prefix the document gives it.
use super::field::Attributes;
use super::paths::key;
use super::walk::is_name;
use crate::facts::DocumentKind;

/// So many declarations are kept at a time. A document declares a dozen; one that declares without end would make every
/// look-up slow.
const MOST_DECLARED: usize = 500;

/// The namespaces of eForms, and all others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Namespace {
    /// UBL, elements with elements in them.
    Cac,
    /// UBL, elements with text in them.
    Cbc,
    /// UBL, around what is not UBL.
    Ext,
    /// eForms, around what is not UBL.
    Efext,
    /// eForms, elements with elements in them.
    Efac,
    /// eForms, elements with text in them.
    Efbc,
    /// Of the root.
    Document(DocumentKind),
    /// None at all.
    Nothing,
    /// Another.
    Foreign,
}

impl Namespace {
    /// By its name.
    fn of(uri: &str) -> Self {
        match uri {
            "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2" => Self::Cac,
            "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2" => Self::Cbc,
            "urn:oasis:names:specification:ubl:schema:xsd:CommonExtensionComponents-2" => Self::Ext,
            "http://data.europa.eu/p27/eforms-ubl-extensions/1" => Self::Efext,
            "http://data.europa.eu/p27/eforms-ubl-extension-aggregate-components/1" => Self::Efac,
            "http://data.europa.eu/p27/eforms-ubl-extension-basic-components/1" => Self::Efbc,
            "urn:oasis:names:specification:ubl:schema:xsd:PriorInformationNotice-2" => {
                Self::Document(DocumentKind::PriorInformation)
            }
            "urn:oasis:names:specification:ubl:schema:xsd:ContractNotice-2" => Self::Document(DocumentKind::Contract),
            "urn:oasis:names:specification:ubl:schema:xsd:ContractAwardNotice-2" => {
                Self::Document(DocumentKind::ContractAward)
            }
            "http://data.europa.eu/p27/eforms-business-registration-information-notice/1" => {
                Self::Document(DocumentKind::BusinessRegistration)
            }
            "" => Self::Nothing,
            _ => Self::Foreign,
        }
    }

    /// Whether the parts of a notice are in it.
    pub fn is_of_parts(self) -> bool {
        !matches!(self, Self::Document(_) | Self::Nothing | Self::Foreign)
    }

    /// By the prefix that eForms documents commonly give it, and our tables do.
    pub fn of_common_prefix(prefix: &str) -> Option<Self> {
        match prefix {
            "cac" => Some(Self::Cac),
            "cbc" => Some(Self::Cbc),
            "ext" => Some(Self::Ext),
            "efext" => Some(Self::Efext),
            "efac" => Some(Self::Efac),
            "efbc" => Some(Self::Efbc),
            _ => None,
        }
    }
}

/// The prefixes that count where the reader is.
#[derive(Default)]
pub(super) struct Namespaces<'x> {
    declared: Vec<Declared<'x>>,
}

struct Declared<'x> {
    /// What [`key`] makes of the prefix.
    key: u64,
    prefix: &'x str,
    namespace: Namespace,
}

/// What a prefix stands for.
#[derive(Clone, Copy)]
pub(super) enum Found {
    /// It was declared, or is none.
    Declared(Namespace),
    /// It was not declared, and is taken for what it commonly stands for.
    Assumed(Namespace),
}

impl Found {
    pub fn namespace(self) -> Namespace {
        match self {
            Self::Declared(namespace) | Self::Assumed(namespace) => namespace,
        }
    }
}

impl<'x> Namespaces<'x> {
    /// How many declarations there are: to be given to [`Self::forget`] when the element ends.
    pub fn mark(&self) -> u32 {
        u32::try_from(self.declared.len()).unwrap_or(u32::MAX)
    }

    /// Takes in what an element declares. False if there was no room for all of it.
    pub fn declare(&mut self, attributes: &'x str) -> bool {
        // Few elements have an attribute with an x in it.
        if attributes.is_empty() || memchr::memchr(b'x', attributes.as_bytes()).is_none() {
            return true;
        }
        for (name, value) in Attributes::of(attributes) {
            let prefix = match name.strip_prefix("xmlns") {
                Some("") => "",
                Some(rest) => match rest.strip_prefix(':').filter(|prefix| is_name(prefix)) {
                    Some(prefix) => prefix,
                    None => continue,
                },
                None => continue,
            };
            if self.declared.len() == MOST_DECLARED {
                return false;
            }
            self.declared.push(Declared { key: key(prefix), prefix, namespace: Namespace::of(value.trim()) });
        }
        true
    }

    /// The prefixes that stand for the namespaces of eForms here, where they are not the common ones.
    pub fn own_prefixes(&self) -> Vec<(&'static str, &'x str)> {
        let common = ["cac", "cbc", "ext", "efext", "efac", "efbc"].into_iter();
        let means = |prefix: &str, common: &str| match self.find(prefix) {
            Found::Declared(found) => Namespace::of_common_prefix(common) == Some(found),
            Found::Assumed(_) => false,
        };
        common
            .filter(|common| !means(common, common))
            .filter_map(|common| {
                let own = self.declared.iter().rev().find(|declared| means(declared.prefix, common))?;
                Some((common, own.prefix))
            })
            .collect()
    }

    /// Forgets what was declared since the mark.
    pub fn forget(&mut self, mark: u32) {
        self.declared.truncate(mark as usize);
    }

    /// What a prefix stands for here.
    pub fn find(&self, prefix: &str) -> Found {
        let key = key(prefix);
        match self.declared.iter().rev().find(|declared| declared.key == key && declared.prefix == prefix) {
            Some(declared) => Found::Declared(declared.namespace),
            None if prefix.is_empty() => Found::Declared(Namespace::Nothing),
            None => match Namespace::of_common_prefix(prefix) {
                Some(namespace) => Found::Assumed(namespace),
                None => Found::Declared(Namespace::Foreign),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(namespaces: &Namespaces<'_>, prefix: &str) -> (Namespace, bool) {
        match namespaces.find(prefix) {
            Found::Declared(namespace) => (namespace, true),
            Found::Assumed(namespace) => (namespace, false),
        }
    }

    #[test]
    fn a_prefix_means_what_the_nearest_element_declares() {
        let mut namespaces = Namespaces::default();
        namespaces.declare(" xmlns:b='urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2'");
        let mark = namespaces.mark();
        namespaces.declare(r#" a="xmlns" xmlns:b="http://example.org" xmlns="urn:oasis:names:specification:ubl:schema:xsd:ContractNotice-2""#);
        assert_eq!(found(&namespaces, "b"), (Namespace::Foreign, true));
        assert_eq!(found(&namespaces, ""), (Namespace::Document(DocumentKind::Contract), true));
        namespaces.forget(mark);
        assert_eq!(found(&namespaces, "b"), (Namespace::Cbc, true));
        assert_eq!(found(&namespaces, ""), (Namespace::Nothing, true));
        assert_eq!(found(&namespaces, "efac"), (Namespace::Efac, false));
        assert_eq!(found(&namespaces, "other"), (Namespace::Foreign, true));
    }
}
