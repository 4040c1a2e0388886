//! Words of lists that are not in the index, and what they are compared by.
use super::{cut, fold, stem, words};

/// A word that someone looks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spoken {
    /// Without its ending, in bokmål, folded.
    pub stem: String,
    /// What the index would search it as, where bokmål and nynorsk have different words.
    pub term: String,
    /// The terms that it is made of, if it is a compound.
    pub parts: Vec<String>,
}

/// The words of what someone looks for. The most common ones say nothing and are left out, unless there are no others.
pub fn spoken(text: &str) -> Vec<Spoken> {
    let all = words::words(text);
    let says_something = all.iter().any(|word| !word.stop);
    all.into_iter()
        .filter(|word| !word.stop || !says_something)
        .map(|word| Spoken {
            stem: stem::stem(&stem::without_nynorsk(&word.folded)).into_owned(),
            term: word.term.trim_start_matches('\u{2}').to_owned(),
            parts: word.parts.iter().take(word.pieces).cloned().collect(),
        })
        .collect()
}

/// The words of a name, in bokmål, folded, with their endings.
pub fn spoken_letters(name: &str) -> Vec<String> {
    cut::places(name)
        .map(|place| fold::fold(&name[place]))
        .map(|folded| stem::without_nynorsk(&folded).into_owned())
        .filter(|word| !word.is_empty())
        .collect()
}
