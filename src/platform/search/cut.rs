//! Where the words of a text stand.
use std::ops::Range;

/// Where the words of a text stand, in bytes.
pub(super) fn places(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    runs(text).into_iter().flat_map(|run| split_numbers(text, run))
}

/// The stretches of a text that hang together: letters and digits, with invisible characters,
/// and hyphens and apostrophes between two of them.
fn runs(text: &str) -> Vec<Range<usize>> {
    let mut runs = Vec::new();
    let mut start = None;
    let mut end = 0;
    let mut joint = false;
    for (at, char) in text.char_indices() {
        if char.is_alphanumeric() {
            if start.is_none() {
                start = Some(at);
            }
            end = at + char.len_utf8();
            joint = false;
        } else if start.is_some() && is_invisible(char) {
            // Belongs to the word if more of it follows.
        } else if start.is_some() && !joint && (is_hyphen(char) || is_apostrophe(char)) {
            joint = true;
        } else if let Some(start) = start.take() {
            runs.push(start..end);
            joint = false;
        }
    }
    if let Some(start) = start {
        runs.push(start..end);
    }
    runs
}

/// *2024-2025* and *12-2* are two numbers, not one word: there the hyphen separates.
fn split_numbers(text: &str, run: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let (whole, pieces) = match number_pieces(text, run.clone()) {
        Some(pieces) => (None, pieces),
        None => (Some(run), Vec::new()),
    };
    whole.into_iter().chain(pieces)
}

/// None where the run is one word, as nearly all are.
fn number_pieces(text: &str, run: Range<usize>) -> Option<Vec<Range<usize>>> {
    let pieces = || text[run.clone()].split(is_hyphen);
    let number = |piece: &str| piece.chars().all(|c| c.is_numeric() || is_invisible(c));
    if !text[run.clone()].contains(is_hyphen) || !pieces().any(number) {
        return None;
    }
    let place = |piece: &str| {
        let start = piece.as_ptr() as usize - text.as_ptr() as usize;
        start..start + piece.len()
    };
    Some(pieces().map(place).collect())
}

pub(super) fn is_hyphen(char: char) -> bool {
    matches!(char, '-' | '\u{2010}' | '\u{2011}')
}

fn is_apostrophe(char: char) -> bool {
    matches!(char, '\'' | '\u{2019}' | '\u{2bc}' | '`' | '\u{b4}')
}

/// Soft hyphens, zero-width characters and combining accents.
fn is_invisible(char: char) -> bool {
    matches!(char, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{300}'..='\u{36f}')
}
