//! What is stored of a document: its terms, each with its strength.
//!
//! **Strength**, a number from 1 to [`STRONGEST`], stands where other engines store how often a word
//! occurs. Title, summary and body count differently, a part of a compound half, and long texts count
//! less. So a search needs no statistics of lengths, and the score of a document depends on nothing
//! but the document and what the words of the query weigh.
//!
//! **Two lists a term.** What titles say outright is in a second, short list ([`titled`]). Every
//! document in it is stronger than every document outside, so the best hits for a common word are
//! found without reading all that contain it.

use std::collections::HashMap;

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use super::index::Document;
use super::{cut, words};

const TITLE: Weights = Weights { whole: 10, part: 6 };
const SUMMARY: Weights = Weights { whole: 4, part: 2 };
const BODY: Weights = Weights { whole: 2, part: 1 };

/// However often a word is repeated in a title, it counts at most this much.
const TITLE_LIMIT: u32 = 15;
/// Below [`TITLED`], so that no text outweighs a title.
const TEXT_LIMIT: u32 = 9;
/// The strength from which a document is in the second, short list of a term.
pub(super) const TITLED: u32 = 10;
/// Taken off the strengths in that list, which are told to tantivy one by one.
pub(super) const BELOW_TITLED: u32 = TITLED - 1;
/// The greatest strength there is.
pub(super) const STRONGEST: u32 = TITLE_LIMIT + TEXT_LIMIT;

/// A text of this many words is neither long nor short.
const USUAL_LENGTH: f32 = 150.0;
/// Bytes of one text that are looked at.
const LONGEST_TEXT: usize = 200_000;
/// Words a scribe remembers, about 5 MB.
const REMEMBERED: usize = 30_000;

/// The name tantivy knows [`StoredTerms`] by.
pub(super) const TERMS: &str = "terms";

/// The term a title's words are listed under a second time. No word begins with this character.
pub(super) fn titled(term: &str) -> String {
    format!("\u{1}{term}")
}

/// A facet as it is stored and asked for: [`StoredTerms`] reads line by line.
pub(super) fn one_line(facet: &str) -> String {
    facet.replace(['\n', '\r'], " ")
}

/// Writes down the terms of documents, and remembers the words it has met: few words make up most
/// of all texts, and stemming and splitting them anew would take most of the time.
#[derive(Default)]
pub(super) struct Scribe {
    words: HashMap<String, Known>,
    numbers: HashMap<String, usize>,
    terms: Vec<String>,
    /// Of the document at hand, by the number of the term.
    points: Vec<Points>,
    /// The terms of the document at hand.
    met: Vec<usize>,
}

/// The numbers of a word's term and of its parts.
#[derive(Clone)]
struct Known {
    term: usize,
    parts: Box<[usize]>,
}

/// What a term has gathered in a document.
#[derive(Clone, Copy, Default)]
struct Points {
    title: u32,
    text: u32,
}

/// What a word counts in one of a document's texts.
#[derive(Clone, Copy)]
struct Weights {
    whole: u32,
    part: u32,
}

impl Scribe {
    /// The terms of a document with their strengths, as [`StoredTerms`] reads them.
    pub(super) fn terms(&mut self, document: &Document) -> String {
        self.read(&document.title, TITLE, |points| &mut points.title);
        let length = self.read(&document.summary, SUMMARY, |points| &mut points.text)
            + self.read(&document.body, BODY, |points| &mut points.text);
        let mut written = String::with_capacity(self.met.len() * 12);
        for number in std::mem::take(&mut self.met) {
            let points = std::mem::take(&mut self.points[number]);
            let strength = strength(points, length);
            write_term(&mut written, strength, &self.terms[number]);
            if strength >= TITLED {
                write_term(&mut written, strength - BELOW_TITLED, &titled(&self.terms[number]));
            }
        }
        if self.words.len() > REMEMBERED {
            *self = Self::default();
        }
        written
    }

    /// The facets of a document, as [`StoredTerms`] reads them.
    pub(super) fn facets(&self, document: &Document) -> String {
        let mut written = String::new();
        for facet in &document.facets {
            write_term(&mut written, 1, &one_line(facet));
        }
        written
    }

    /// Adds what a text's words count, and returns how many they are.
    fn read(&mut self, text: &str, weights: Weights, kind: fn(&mut Points) -> &mut u32) -> usize {
        let text = &text[..text.floor_char_boundary(LONGEST_TEXT)];
        let mut length = 0;
        for range in cut::places(text) {
            let Some(known) = self.known(text, range) else {
                continue;
            };
            length += 1;
            self.count(known.term, weights.whole, kind);
            for part in known.parts {
                self.count(part, weights.part, kind);
            }
        }
        length
    }

    fn count(&mut self, number: usize, weight: u32, kind: fn(&mut Points) -> &mut u32) {
        let points = &mut self.points[number];
        if points.title == 0 && points.text == 0 {
            self.met.push(number);
        }
        *kind(points) += weight;
    }

    fn known(&mut self, text: &str, range: std::ops::Range<usize>) -> Option<Known> {
        if let Some(known) = self.words.get(&text[range.clone()]) {
            return Some(known.clone());
        }
        let word = words::word(text, range.clone())?;
        let term = self.number(&word.term);
        let parts = word.parts.iter().map(|part| self.number(part)).collect();
        let known = Known { term, parts };
        // What is longer is no word that comes again.
        if range.len() <= 64 {
            self.words.insert(text[range].to_owned(), known.clone());
        }
        Some(known)
    }

    fn number(&mut self, term: &str) -> usize {
        if let Some(number) = self.numbers.get(term) {
            return *number;
        }
        let number = self.terms.len();
        self.terms.push(term.to_owned());
        self.points.push(Points::default());
        self.numbers.insert(term.to_owned(), number);
        number
    }
}

/// From 1 to [`STRONGEST`]; at least [`TITLED`] exactly for what the title says outright.
fn strength(points: Points, length: usize) -> u32 {
    let relative = 0.5 + 0.5 * length as f32 / USUAL_LENGTH;
    let text = (points.text as f32 / relative.clamp(0.8, 3.0)).round() as u32;
    let text = if points.text > 0 { text.clamp(1, TEXT_LIMIT) } else { 0 };
    let sum = points.title.min(TITLE_LIMIT) + text;
    match points.title {
        title if title < TITLED => sum.clamp(1, BELOW_TITLED),
        _ => sum,
    }
}

fn write_term(written: &mut String, strength: u32, term: &str) {
    // One character for the strength, then the term: see `StoredTerms`.
    written.push(char::from(b'0' + strength as u8));
    written.push_str(term);
    written.push('\n');
}

/// Reads lines of a strength (as the character `0` + strength) and a term, and hands each term on as
/// many times as it is strong, because that is how tantivy is told a number.
#[derive(Clone, Default)]
pub(super) struct StoredTerms {
    token: Token,
}

/// The terms of one text.
pub(super) struct TermStream<'a> {
    lines: std::str::Lines<'a>,
    left: u8,
    token: &'a mut Token,
}

impl Tokenizer for StoredTerms {
    type TokenStream<'a> = TermStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> TermStream<'a> {
        self.token.reset();
        // A token starts out at the last of all positions, waiting for a step that wraps around; no step follows here.
        self.token.position = 0;
        TermStream { lines: text.lines(), left: 0, token: &mut self.token }
    }
}

impl TokenStream for TermStream<'_> {
    fn advance(&mut self) -> bool {
        while self.left == 0 {
            let Some(line) = self.lines.next() else {
                return false;
            };
            if let (Some(strength), Some(term)) = (line.as_bytes().first(), line.get(1..)) {
                self.left = strength.saturating_sub(b'0');
                self.token.text.clear();
                self.token.text.push_str(term);
            }
        }
        self.left -= 1;
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}
