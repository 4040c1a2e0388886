//! Words of lists that are not in the index, and what they are compared by.
use super::{query, stem, words};

/// A word that someone looks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spoken {
    /// Without its ending, in bokmål, folded.
    pub stem: String,
    /// What the index would search it as, where bokmål and nynorsk have different words.
    pub term: String,
    /// The terms that it is made of, if it is a compound; what stands before the last, if that says little: *tjeneste*.
    pub parts: Vec<String>,
    /// Whether the parts leave out what it is, because that says little.
    pub is_front: bool,
}

/// The words of what someone looks for, as a search understands it.
pub fn spoken(text: &str) -> Vec<Spoken> {
    query::understood(text)
        .into_iter()
        .map(|word| Spoken {
            stem: stem::stem(&stem::without_nynorsk(&word.folded)).into_owned(),
            term: word.term.trim_start_matches('\u{2}').to_owned(),
            parts: word.essential().to_vec(),
            is_front: word.front.is_some(),
        })
        .collect()
}

/// A word of a name that is looked through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// In bokmål, folded, with its ending.
    pub letters: String,
    /// What the index would search it as.
    pub term: String,
    /// The terms that it is made of, if it is a compound, and of runs of them.
    pub parts: Vec<String>,
    /// How many of the parts, from the first, make up the whole word.
    pub pieces: usize,
}

/// The words of a name.
pub fn named(name: &str) -> Vec<Named> {
    let named = |word: words::Word| Named {
        letters: stem::without_nynorsk(&word.folded).into_owned(),
        term: word.term.trim_start_matches('\u{2}').to_owned(),
        parts: word.parts.clone(),
        pieces: word.pieces.min(word.parts.len()),
    };
    words::words(name).into_iter().map(named).collect()
}
