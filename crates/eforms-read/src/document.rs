//! A document of eForms, read into facts.
//!
//! One pass over the document, without a tree of it: [`walk`] follows the elements and asks [`paths`] what each of them
//! is. What to do with a field stands in the tables: [`header`], [`procedure`], [`project`], [`lots`], [`results`] and
//! [`organisations`], one line for each, found by its BT number. When all is read, [`references`] are followed and [`check`]
//! finds what is missing.
mod check;
mod doubts;
mod encoding;
mod field;
mod header;
mod legal;
mod lots;
mod namespaces;
mod organisations;
mod paths;
mod procedure;
mod project;
mod references;
mod results;
mod table;
mod trail;
mod walk;

use crate::facts::{Flag, FlagKind, Notice};
use serde::Serialize;

/// A document larger than this is not read. The largest notices of TED, with thousands of lots, are half of it.
pub const MOST_BYTES: usize = 64 * 1024 * 1024;

/// Why a document could not be read, and how far reading came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[error("{path}: {reason}")]
pub struct Unreadable {
    /// The XPath of the element at which reading stopped.
    pub path: String,
    /// Why.
    pub reason: Reason,
}

/// Why a document could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// Nothing in it, or only space.
    #[error("the document is empty")]
    Empty,
    /// No element in it.
    #[error("the document is not XML")]
    NotXml,
    /// Larger than [`MOST_BYTES`].
    #[error("the document has {0} bytes, more than {MOST_BYTES}")]
    TooLarge(usize),
    /// Elements within elements, deeper than any notice has them.
    #[error("elements are nested deeper than {}", walk::MOST_DEPTH)]
    TooDeep,
    /// Its root is no notice of eForms, and there is none inside. Notices of TED before eForms have `TED_EXPORT`.
    #[error("the root is {0}, which is no eForms notice")]
    NoNotice(String),
    /// Its root is called as a notice of eForms, but is of another namespace: something else of the same name.
    #[error("the root is {name} of the namespace `{namespace}`, and not of that of eForms")]
    WrongNamespace {
        /// The root.
        name: String,
        /// Its namespace.
        namespace: String,
    },
    /// It ends in the middle.
    #[error("the document ends before the element does")]
    Truncated,
    /// It is not well-formed.
    #[error("not well-formed: {0}")]
    Malformed(String),
}

impl Reason {
    /// The code that stands for it in data.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::NotXml => "not-xml",
            Self::TooLarge(_) => "too-large",
            Self::TooDeep => "too-deep",
            Self::NoNotice(_) => "no-notice",
            Self::WrongNamespace { .. } => "wrong-namespace",
            Self::Truncated => "truncated",
            Self::Malformed(_) => "malformed",
        }
    }
}

/// Reads the notice in a document. If there are more, in an envelope of some kind, the first is read and flagged:
/// [`read_all`] gives all of them.
///
/// # Errors
/// [`Unreadable`] where the document is no well-formed XML with an eForms notice in it. Anything else that is wrong is a
/// flag of the notice.
pub fn read(xml: &[u8]) -> Result<Notice, Unreadable> {
    let notices = read_all(xml)?;
    let more = notices.len() - 1;
    let mut notices = notices.into_iter();
    // `read_all` gives one at least.
    let Some(mut notice) = notices.next() else { return Err(Unreadable { path: "/".into(), reason: Reason::NotXml }) };
    if more > 0 {
        let at = format!("/{}", notice.document.as_str()).into();
        notice.flags.push(Flag { kind: FlagKind::MoreNotices, field: "".into(), at, value: more.to_string().into() });
    }
    Ok(notice)
}

/// Reads every notice in a document: mostly one, which is its root. Never none.
///
/// # Errors
/// Those of [`read`].
pub fn read_all(xml: &[u8]) -> Result<Vec<Notice>, Unreadable> {
    let at_the_root = |reason| Unreadable { path: "/".into(), reason };
    if xml.len() > MOST_BYTES {
        return Err(at_the_root(Reason::TooLarge(xml.len())));
    }
    if xml.trim_ascii().is_empty() {
        return Err(at_the_root(Reason::Empty));
    }
    let decoded = encoding::decode(xml);
    walk::walk(&decoded.text, decoded.wrong)
}
