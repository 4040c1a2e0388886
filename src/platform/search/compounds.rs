//! The words inside a Norwegian compound: *parkering* in *sykkelparkering*.
//!
//! `wordlist.txt` holds the words compounds are made of in this field. A word is split only if the
//! whole of it is made of words from the list, joined directly or by *-s-* or *-e-*; the last may
//! carry an ending. What is not on the list stays whole: a missed split costs one hit, a wrong one
//! shows people what they did not ask for. Words of three letters stand on the list only where they
//! are common in compounds (*bil*, *hav*), and particles (*frem*, *over*, *for*) never do.
//!
//! List and word are compared after folding, so every spelling splits alike.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::words;

/// The words compounds are made of, one a line; see the head of the file for its marks.
pub(super) const WORDLIST: &str = include_str!("wordlist.txt");

/// A compound needs two words of three letters and more.
const SHORTEST_COMPOUND: usize = 7;
/// More parts than this are not a word but an accident.
const MOST_PARTS: usize = 4;

static LIST: LazyLock<List> = LazyLock::new(List::read);

#[derive(Default)]
struct List {
    /// Folded words that stand in front.
    fronts: HashSet<String>,
    /// Stems of words that stand at the end.
    ends: HashSet<String>,
    /// Stems of words that look like compounds and are none.
    whole: HashSet<String>,
    /// Letters of the longest front word.
    longest: usize,
}

impl List {
    fn read() -> Self {
        let mut list = Self::default();
        for line in WORDLIST.lines().filter(|line| !line.starts_with('#')) {
            for entry in line.split_whitespace() {
                list.take_in(entry);
            }
        }
        list
    }

    fn take_in(&mut self, entry: &str) {
        if let Some(word) = entry.strip_prefix('!') {
            self.whole.insert(stem_of(&words::fold(word)));
        } else if let Some(word) = entry.strip_suffix('-') {
            self.put_in_front(words::fold(word));
        } else if let Some(word) = entry.strip_prefix('-') {
            self.ends.insert(stem_of(&words::fold(word)));
        } else {
            let word = words::fold(entry);
            self.ends.insert(stem_of(&word));
            self.put_in_front(word);
        }
    }

    fn put_in_front(&mut self, folded: String) {
        self.longest = self.longest.max(folded.len());
        self.fronts.insert(folded);
    }
}

/// One way to cut a word: the parts as they are written, without joints.
#[derive(Clone, Default)]
struct Cut<'a> {
    parts: Vec<&'a str>,
    joints: usize,
}

impl Cut<'_> {
    /// Fewest parts first, then fewest joints, then the longest last word.
    fn rank(&self) -> (usize, usize, usize) {
        let last = self.parts.last().map_or(0, |part| part.len());
        (self.parts.len(), self.joints, usize::MAX - last)
    }
}

/// What a compound is made of.
#[derive(Default)]
pub(super) struct Split {
    /// The terms of its words, and then of each run of several of them shorter than the compound.
    pub terms: Vec<String>,
    /// How many of them are words.
    pub pieces: usize,
}

/// Splits a folded word: *sykkelparkeringsplass* into *sykkel*, *parkering*, *plass*, and the runs
/// *sykkelparkering* and *parkeringsplass*. Nothing if it is no compound.
pub(super) fn split(folded: &str) -> Split {
    if folded.len() < SHORTEST_COMPOUND || !folded.is_ascii() {
        return Split::default();
    }
    let list = &*LIST;
    if list.whole.contains(words::stem(folded).as_ref()) {
        return Split::default();
    }
    let Some(cut) = best_cut(list, folded) else {
        return Split::default();
    };
    let mut terms: Vec<String> = cut
        .parts
        .iter()
        .map(|part| words::part_term(part))
        .collect();
    let pieces = terms.len();
    terms.extend(runs(folded, &cut.parts));
    Split { terms, pieces }
}

/// Neighbouring parts together, joints included, as they stand in the word.
fn runs(folded: &str, parts: &[&str]) -> Vec<String> {
    let place = |part: &str| part.as_ptr() as usize - folded.as_ptr() as usize;
    let mut runs = Vec::new();
    for first in 0..parts.len() {
        for last in first + 1..parts.len() {
            if last - first + 1 < parts.len() {
                let end = place(parts[last]) + parts[last].len();
                runs.push(words::term(&folded[place(parts[first])..end]));
            }
        }
    }
    runs
}

fn best_cut<'a>(list: &List, folded: &'a str) -> Option<Cut<'a>> {
    let mut best = None;
    let mut steps = 0;
    search(list, folded, 0, Cut::default(), &mut best, &mut steps);
    best
}

/// Tries every front word at `from`, and the rest as the end word.
fn search<'a>(
    list: &List,
    word: &'a str,
    from: usize,
    cut: Cut<'a>,
    best: &mut Option<Cut<'a>>,
    steps: &mut usize,
) {
    const MOST_STEPS: usize = 200;
    *steps += 1;
    if *steps > MOST_STEPS {
        return;
    }
    let rest = &word[from..];
    if !cut.parts.is_empty() && may_end(list, rest) {
        keep_better(best, with(&cut, rest, 0));
    }
    if cut.parts.len() + 1 >= MOST_PARTS {
        return;
    }
    for length in (3..rest.len().min(list.longest + 1)).rev() {
        let front = &rest[..length];
        if !list.fronts.contains(front) {
            continue;
        }
        for joint in joints(front, &rest[length..]) {
            search(
                list,
                word,
                from + length + joint,
                with(&cut, front, joint),
                best,
                steps,
            );
        }
    }
}

/// How many letters join the front word with what follows.
fn joints<'a>(front: &'a str, after: &'a str) -> impl Iterator<Item = usize> + 'a {
    const SHORTEST_REST: usize = 3;
    let enough = move |joint: usize| after.len() >= joint + SHORTEST_REST;
    let direct = enough(0).then_some(0);
    let s = (after.starts_with('s') && enough(1)).then_some(1);
    // barn-e-hage, hund-e-hold: after a consonant, and rare after long words.
    let e = (after.starts_with('e') && enough(1) && front.len() <= 6).then_some(1);
    direct.into_iter().chain(s).chain(e)
}

fn with<'a>(cut: &Cut<'a>, part: &'a str, joint: usize) -> Cut<'a> {
    let mut longer = cut.clone();
    longer.parts.push(part);
    longer.joints += joint;
    longer
}

fn keep_better<'a>(best: &mut Option<Cut<'a>>, cut: Cut<'a>) {
    if best.as_ref().is_none_or(|best| cut.rank() < best.rank()) {
        *best = Some(cut);
    }
}

fn may_end(list: &List, rest: &str) -> bool {
    rest.len() >= 3 && list.ends.contains(words::stem(rest).as_ref())
}

fn stem_of(folded: &str) -> String {
    words::stem(folded).into_owned()
}
