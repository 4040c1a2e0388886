//! Where a text matched: the stretch that shows most of a query's words, with the words marked.

use std::ops::Range;

use super::query::LONGEST_QUERY;
use super::words::{self, Traces, Word};

/// Bytes of a text that are looked at.
const LONGEST_TEXT: usize = 100_000;
/// Letters a query word needs to mark words that begin with it.
const SHORTEST_PREFIX: usize = 4;
const CUT_OFF: &str = "…";

/// Marks in texts what a query looks for.
pub struct Marker {
    query: Vec<Word>,
    /// None if any word may match.
    traces: Option<Traces>,
}

impl Marker {
    /// For what somebody looks for.
    pub fn new(query: &str) -> Self {
        let query = words::words(&query[..query.floor_char_boundary(LONGEST_QUERY)]);
        let traces = traces(&query);
        Self { query, traces }
    }

    /// The stretch of `text`, at most `max_chars` characters long (and an ellipsis at either end where something is left
    /// out), that shows most of the words looked for; in pieces, true for what matched. Words match as they do in a
    /// search: by stem, inside compounds, and, if nothing else in the text matches a word, by their beginning. If nothing
    /// matches, the beginning of the text.
    pub fn pieces(&self, text: &str, max_chars: usize) -> Vec<(String, bool)> {
        let text = &text[..text.floor_char_boundary(LONGEST_TEXT)];
        let words = match &self.traces {
            Some(traces) => traces.words(text),
            None => words::words(text),
        };
        let matches = matches(&words, &self.query);
        let window = window(text, &matches, max_chars);
        pieces(text, &matches, window)
    }

    /// Does this HTML, which [`Marker::html`] made, have something marked?
    pub fn has_marked(html: &str) -> bool {
        html.contains("<mark>")
    }

    /// The same as HTML: everything escaped, what matched in `<mark>`.
    pub fn html(&self, text: &str, max_chars: usize) -> String {
        let mut html = String::new();
        for (piece, matched) in self.pieces(text, max_chars) {
            if matched {
                html.push_str("<mark>");
                escape(&piece, &mut html);
                html.push_str("</mark>");
            } else {
                escape(&piece, &mut html);
            }
        }
        html
    }
}

fn escape(text: &str, html: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<', '>', '"', '\'']) {
        html.push_str(&rest[..at]);
        html.push_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => "&#39;",
        });
        rest = &rest[at + 1..];
    }
    html.push_str(rest);
}

/// A word of the text that matched, and which word of the query.
struct Match {
    range: Range<usize>,
    word: usize,
}

/// Of what a word must have some in it to match one of the query. None if any word may match.
fn traces(query: &[Word]) -> Option<Traces> {
    let mut all = Vec::new();
    for word in sought(query) {
        // The words of a compound may have an s between them in the text.
        for term in [&word.term].into_iter().chain(word.needed()).chain(word.parts.first()) {
            all.extend(words::traces(term)?);
        }
        all.push(&word.folded);
    }
    Traces::of(all.into_iter())
}

/// The words that are looked for, each once: all but the stop words, if there are others.
fn sought(query: &[Word]) -> impl Iterator<Item = &Word> {
    let any = query.iter().any(|word| !word.stop);
    let sought = query
        .iter()
        .enumerate()
        .filter(move |(at, word)| !(word.stop && any) && query[..*at].iter().all(|before| before.term != word.term));
    sought.map(|(_, word)| word)
}

fn matches(text: &[Word], query: &[Word]) -> Vec<Match> {
    let mut matches = Vec::new();
    for (at, word) in sought(query).enumerate() {
        let found = |is_match: fn(&Word, &Word) -> bool| -> Vec<Match> {
            let matching = text.iter().filter(|candidate| is_match(candidate, word));
            matching.map(|found| Match { range: found.range.clone(), word: at }).collect()
        };
        let whole = found(has_word);
        matches.extend(if whole.is_empty() { found(begins_with_or_has_part) } else { whole });
    }
    matches.sort_by_key(|found| found.range.start);
    matches.dedup_by_key(|found| found.range.start);
    matches
}

fn has_word(candidate: &Word, word: &Word) -> bool {
    candidate.term == word.term || candidate.parts.contains(&word.term)
}

fn begins_with_or_has_part(candidate: &Word, word: &Word) -> bool {
    let begins = word.folded.len() >= SHORTEST_PREFIX && candidate.folded.starts_with(&word.folded);
    let has_part = word.needed().iter().any(|part| candidate.term == *part || candidate.parts.contains(part));
    begins || has_part
}

/// The stretch of at most `max_chars` characters with most different words, then most words.
fn window(text: &str, matches: &[Match], max_chars: usize) -> Range<usize> {
    let mut best = start_of(text, 0, max_chars);
    let mut best_rank = (0, 0);
    for (at, first) in matches.iter().enumerate() {
        let window = start_of(text, first.range.start, max_chars);
        let inside = matches[at..].iter().take_while(|found| found.range.end <= window.end);
        let (mut words, count) = inside.fold((Vec::new(), 0), |(mut words, count), found| {
            words.push(found.word);
            (words, count + 1)
        });
        words.sort_unstable();
        words.dedup();
        if (words.len(), count) > best_rank {
            best_rank = (words.len(), count);
            let last = matches[at + count - 1].range.end;
            best = around(text, first.range.start, last, max_chars);
        }
    }
    best
}

/// `max_chars` characters from `start`, whole words.
fn start_of(text: &str, start: usize, max_chars: usize) -> Range<usize> {
    start..word_end(text, start, chars_after(text, start, max_chars))
}

/// The words from `first` to `last` with about as much before as after.
fn around(text: &str, first: usize, last: usize, max_chars: usize) -> Range<usize> {
    let used = text[first..last].chars().count();
    let before = max_chars.saturating_sub(used) / 3;
    let mut start = text[..first].char_indices().rev().take(before).last().map_or(first, |(at, _)| at);
    if start > 0 {
        // From the beginning of a word on.
        start = text[start..first].find(char::is_whitespace).map_or(first, |space| start + space).min(first);
        start += text[start..first].len() - text[start..first].trim_start().len();
    }
    let end = chars_after(text, start, max_chars).max(last);
    start..word_end(text, last, end)
}

fn chars_after(text: &str, start: usize, chars: usize) -> usize {
    text[start..].char_indices().nth(chars).map_or(text.len(), |(at, _)| start + at)
}

/// `end`, or where the last whole word before it ends, but not before `least`.
fn word_end(text: &str, least: usize, end: usize) -> usize {
    if end == text.len() || text[end..].starts_with(char::is_whitespace) {
        return end;
    }
    match text[least..end].rfind(char::is_whitespace) {
        Some(space) if space > 0 => least + text[least..least + space].trim_end().len(),
        _ => end,
    }
}

fn pieces(text: &str, matches: &[Match], window: Range<usize>) -> Vec<(String, bool)> {
    let mut pieces = Vec::new();
    let mut push = |piece: &str, matched: bool| {
        if !piece.is_empty() {
            pieces.push((piece.to_owned(), matched));
        }
    };
    if !text[..window.start].trim().is_empty() {
        push(CUT_OFF, false);
    }
    let mut at = window.start;
    for found in matches {
        if found.range.start >= at && found.range.end <= window.end {
            push(&text[at..found.range.start], false);
            push(&text[found.range.clone()], true);
            at = found.range.end;
        }
    }
    push(&text[at..window.end], false);
    if !text[window.end..].trim().is_empty() {
        push(CUT_OFF, false);
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::super::random::Random;
    use super::*;

    fn marked(text: &str, query: &str) -> Vec<String> {
        let pieces = Marker::new(query).pieces(text, 1_000);
        pieces.into_iter().filter(|(_, matched)| *matched).map(|(piece, _)| piece).collect()
    }

    #[test]
    fn words_are_marked_as_they_are_found() {
        let text = "Kommunane treng betre sykkelparkering og Rådgivning om parkeringsplassar.";
        assert_eq!(marked(text, "kommune"), ["Kommunane"]);
        assert_eq!(marked(text, "parkering"), ["sykkelparkering", "parkeringsplassar"]);
        assert_eq!(marked(text, "raadgiving"), ["Rådgivning"]);
        assert_eq!(marked(text, "sykkelpa"), ["sykkelparkering"]);
        assert_eq!(marked(text, "om og parkering"), ["sykkelparkering", "parkeringsplassar"]);
        assert_eq!(marked(text, "om og"), ["og", "om"]);
        assert_eq!(marked(text, "skole"), Vec::<String>::new());
    }

    #[test]
    fn the_best_stretch_is_shown_with_whole_words() {
        let text =
            format!("{}her er parkering og lading for elbiler.{}", "bare fyll ".repeat(50), " mer fyll".repeat(50));
        let pieces = Marker::new("lading parkering").pieces(&text, 60);
        let shown: String = pieces.iter().map(|(piece, _)| piece.as_str()).collect();
        assert!(shown.starts_with('…') && shown.ends_with('…'), "{shown}");
        assert!(shown.contains("parkering og lading for"), "{shown}");
        assert!(shown.chars().count() <= 62, "{shown}");
        assert_eq!(pieces.iter().filter(|(_, matched)| *matched).count(), 2);
    }

    #[test]
    fn without_a_match_the_beginning_is_shown() {
        assert_eq!(Marker::new("parkering").pieces("En kort tekst", 100), [("En kort tekst".to_owned(), false)]);
        assert_eq!(
            Marker::new("parkering").pieces("En litt lengre tekst", 12),
            [("En litt".to_owned(), false), ("…".to_owned(), false)]
        );
        assert_eq!(Marker::new("parkering").pieces("", 12), []);
    }

    /// Words of the lists in any form, joined, and what somebody might type to find them: whatever matches must not have
    /// been passed over.
    #[test]
    fn no_word_that_matches_is_passed_over() {
        const ENDINGS: &[&str] = &[
            "", "en", "er", "ene", "ane", "ar", "et", "ets", "s", "ing", "ningen", "erte", "ere", "erne", "arane",
            "heten", "m",
        ];
        const SPELLINGS: &[(&str, &str)] = &[
            ("", ""),
            ("frem", "fram"),
            ("skole", "skule"),
            ("hjemme", "heime"),
            ("å", "aa"),
            ("ø", "oe"),
            ("tjenest", "tenest"),
        ];
        let lists = [super::super::stem::VARIANTS, super::super::compounds::WORDLIST].join("\n");
        let lines = lists.lines().filter(|line| !line.starts_with('#'));
        let listed: Vec<&str> =
            lines.flat_map(str::split_whitespace).map(|w| w.trim_matches(['-', '!', ':'])).collect();
        let mut random = Random(41);
        let mut one = |from: &[&'static str]| from[random.below(from.len() as u64) as usize];
        let listed: Vec<&'static str> = listed.into_iter().map(|word| &*word.to_owned().leak()).collect();
        let (mut passed_over, mut matching) = (0, 0);
        for _ in 0..15_000 {
            let (front, back) = (one(&listed), one(&listed));
            let joint = one(&["", "", "s", "e", "-"]);
            let mut written = format!("{front}{joint}{back}{}", one(ENDINGS));
            let query = one(&[front, back, back]).to_owned() + one(ENDINGS);
            for (this, that) in SPELLINGS {
                written =
                    if this.is_empty() || one(&["", "x"]).is_empty() { written } else { written.replace(this, that) };
            }
            if one(&["", "", "X"]) == "X" {
                written = written.to_uppercase();
            }
            let query = words::words(&query);
            let Some(traces) = traces(&query) else { continue };
            // First, for what has been understood once is not passed over any more.
            let kept = traces.words(&written);
            for candidate in words::words(&written) {
                let matches =
                    query.iter().any(|word| has_word(&candidate, word) || begins_with_or_has_part(&candidate, word));
                let is_kept = kept.contains(&candidate);
                assert!(is_kept || !matches, "{written} for {query:?}");
                passed_over += u32::from(!is_kept);
                matching += u32::from(matches);
            }
        }
        assert!(passed_over > 1_000 && matching > 1_000, "{passed_over} {matching}");
    }

    #[test]
    fn markup_in_the_text_is_escaped() {
        assert_eq!(
            Marker::new("parkering").html("<b>\"Parkering\"</b> & 'mer'", 100),
            "&lt;b&gt;&quot;<mark>Parkering</mark>&quot;&lt;/b&gt; &amp; &#39;mer&#39;"
        );
    }

    #[test]
    fn any_text_and_any_query_give_pieces_of_the_text_that_fit() {
        let mut random = Random(23);
        for _ in 0..2_000 {
            let (text, query) = (random.text(80), random.text(20));
            let limit = random.below(60) as usize;
            let pieces = Marker::new(&query).pieces(&text, limit);
            let shown: String = pieces.iter().map(|(piece, _)| piece.as_str()).collect();
            let shown = shown.strip_prefix('…').unwrap_or(&shown);
            let shown = shown.strip_suffix('…').unwrap_or(shown);
            assert!(text.contains(shown), "{text:?} {query:?} {limit}: {shown:?}");
            assert!(!Marker::new(&query).html(&text, limit).contains("<b"));
        }
    }
}
