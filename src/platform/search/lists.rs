//! The lists of documents that terms stand in: read in blocks, sought in, joined and intersected.

use std::sync::Arc;

use anyhow::Result;
use tantivy::postings::{Postings, SegmentPostings, TermInfo};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, InvertedIndexReader, TERMINATED, Term};

use super::picture::Segment;
use super::terms::{BELOW_TITLED, STRONGEST, TITLED, titled};

/// Several lists together at least one in so many of all documents are merged by a table of them.
const DENSE: u64 = 8;

/// Called with the documents of a block and their strengths.
type VisitBlock<'a> = &'a mut dyn FnMut(&[DocId], &[u32]) -> Result<()>;

/// The lists of some terms of one field in one segment.
pub(super) struct Lists {
    index: Arc<InvertedIndexReader>,
    infos: Vec<TermInfo>,
    /// The lists as one, where several terms are one word of the query.
    merged: Option<Arc<Merged>>,
    /// Documents in them, those that are in several counted several times.
    pub documents: u64,
    /// Added to the strengths in them.
    pub base: u32,
}

/// Several lists as one: documents in order, with their greatest strength.
#[derive(Default)]
struct Merged {
    documents: Vec<DocId>,
    strengths: Vec<u32>,
}

impl Lists {
    /// The lists of exact terms.
    pub(super) fn find(segment: &Segment, field: Field, terms: impl IntoIterator<Item = Term>) -> Result<Self> {
        let index = segment.reader.inverted_index(field)?;
        let mut infos = Vec::new();
        for term in terms {
            infos.extend(index.get_term_info(&term)?);
        }
        let documents = infos.iter().map(|info| u64::from(info.doc_freq)).sum();
        Ok(Self { index, infos, merged: None, documents, base: 0 })
    }

    /// The lists of a word of the query: all documents that have it, and those with it in the title.
    /// The first term is the word itself, the others are words it also stands for; they count half.
    pub(super) fn of_word(segment: &Segment, field: Field, terms: &[String]) -> Result<(Self, Self)> {
        let (itself, others) = terms.split_at(terms.len().min(1));
        let find = |terms: &[String], name: fn(&str) -> String| {
            let terms = terms.iter().map(|term| Term::from_field_text(field, &name(term)));
            Self::find(segment, field, terms)
        };
        let itself_lists = find(itself, str::to_owned)?;
        let others = find(others, str::to_owned)?;
        if others.any() {
            return itself_lists.merged_with(&others, segment.reader.max_doc());
        }
        let titles = Self { base: BELOW_TITLED, ..find(itself, titled)? };
        Ok((itself_lists, titles))
    }

    fn merged_with(self, others: &Self, documents: DocId) -> Result<(Self, Self)> {
        let all = if (self.documents + others.documents) * DENSE < u64::from(documents) {
            self.merged_by_sorting(others)?
        } else {
            self.merged_by_table(others, documents)?
        };
        Ok(Self::with_titles(&self.index, all))
    }

    /// The lists of the words of a compound: all documents that have each of them, as strong as the weakest, and those with all
    /// in the title.
    pub(super) fn of_compound(segment: &Segment, field: Field, terms: &[String]) -> Result<(Self, Self)> {
        let term = |term: &String| Self::find(segment, field, [Term::from_field_text(field, term)]);
        let lists = terms.iter().map(term).collect::<Result<Vec<_>>>()?;
        let mut strengths = lists.iter().map(Self::open).collect::<Result<Vec<_>>>()?;
        let mut together =
            Together::new(lists.iter().map(Self::open).collect::<Result<_>>()?, segment.reader.max_doc());
        let mut all = Merged::default();
        let mut doc = together.seek(0);
        while doc < segment.reader.max_doc() {
            let weakest = strengths.iter_mut().map(|list| list.strength(doc)).min();
            all.documents.push(doc);
            all.strengths.push(weakest.unwrap_or_default());
            doc = together.seek(doc + 1);
        }
        Ok(Self::with_titles(&segment.reader.inverted_index(field)?, all))
    }

    /// A list, and what of it is in titles.
    fn with_titles(index: &Arc<InvertedIndexReader>, all: Merged) -> (Self, Self) {
        let titles = all.pairs().filter(|(_, strength)| *strength >= TITLED).collect();
        let list = |merged: Merged| Self {
            index: index.clone(),
            infos: Vec::new(),
            documents: merged.documents.len() as u64,
            merged: Some(Arc::new(merged)),
            base: 0,
        };
        let titles = list(titles);
        (list(all), titles)
    }

    /// Calls `visit` with each document of both and its strength in one of the lists.
    fn each_of_both(&self, others: &Self, visit: &mut dyn FnMut(DocId, u32)) -> Result<()> {
        self.each_block(&mut |documents, strengths| {
            let pairs = documents.iter().zip(strengths);
            pairs.for_each(|(doc, strength)| visit(*doc, *strength));
            Ok(())
        })?;
        others.each_block(&mut |documents, strengths| {
            let pairs = documents.iter().zip(strengths);
            pairs.for_each(|(doc, strength)| visit(*doc, strength.div_ceil(2)));
            Ok(())
        })
    }

    fn merged_by_sorting(&self, others: &Self) -> Result<Merged> {
        let mut pairs = Vec::with_capacity((self.documents + others.documents) as usize);
        self.each_of_both(others, &mut |doc, strength| pairs.push((doc, strength)))?;
        // Of the same document, the strongest first, which is then the one kept.
        // A stable sort, because that is fast on what is sorted in stretches.
        pairs.sort_by_key(|(doc, strength)| (*doc, STRONGEST - *strength));
        pairs.dedup_by_key(|(doc, _)| *doc);
        Ok(pairs.into_iter().collect())
    }

    fn merged_by_table(&self, others: &Self, documents: DocId) -> Result<Merged> {
        let mut table = vec![0_u8; documents as usize];
        self.each_of_both(others, &mut |doc, strength| {
            let entry = &mut table[doc as usize];
            *entry = (*entry).max(strength as u8);
        })?;
        let pairs = (0..documents).zip(table);
        let pairs = pairs.filter(|(_, strength)| *strength > 0);
        Ok(pairs.map(|(doc, strength)| (doc, u32::from(strength))).collect())
    }

    /// Whether there are any.
    pub(super) fn any(&self) -> bool {
        self.documents > 0
    }

    /// The number of documents, where it can be read off.
    pub(super) fn known_documents(&self) -> Option<u64> {
        match (&self.merged, self.infos.len()) {
            (Some(_), _) | (None, 0..=1) => Some(self.documents),
            _ => None,
        }
    }

    /// Calls `visit` with one block after the other: documents and their strengths, less the base.
    pub(super) fn each_block(&self, visit: VisitBlock) -> Result<()> {
        const BLOCK: usize = 128;
        if let Some(merged) = &self.merged {
            let blocks = merged.documents.chunks(BLOCK).zip(merged.strengths.chunks(BLOCK));
            for (documents, strengths) in blocks {
                visit(documents, strengths)?;
            }
        }
        for info in &self.infos {
            let mut blocks = self.index.read_block_postings_from_terminfo(info, IndexRecordOption::WithFreqs)?;
            while !blocks.docs().is_empty() {
                visit(blocks.docs(), blocks.freqs())?;
                blocks.advance();
            }
        }
        Ok(())
    }

    /// All of them, from the first document on.
    pub(super) fn open(&self) -> Result<AnyOf> {
        let mut cursors = Vec::with_capacity(self.infos.len() + 1);
        if let Some(merged) = &self.merged {
            cursors.push(Cursor::Merged(merged.clone(), 0));
        }
        for info in &self.infos {
            let list = self.index.read_postings_from_terminfo(info, IndexRecordOption::WithFreqs)?;
            cursors.push(Cursor::Stored(Box::new(list)));
        }
        Ok(AnyOf { cursors, documents: self.documents })
    }
}

impl Merged {
    fn pairs(&self) -> impl Iterator<Item = (DocId, u32)> {
        self.documents.iter().copied().zip(self.strengths.iter().copied())
    }
}

impl FromIterator<(DocId, u32)> for Merged {
    fn from_iter<T: IntoIterator<Item = (DocId, u32)>>(pairs: T) -> Self {
        let (documents, strengths) = pairs.into_iter().unzip();
        Self { documents, strengths }
    }
}

/// A place in a list.
enum Cursor {
    Stored(Box<SegmentPostings>),
    Merged(Arc<Merged>, usize),
}

impl Cursor {
    /// The first document from `target` on, or from the current place if that is further.
    fn seek(&mut self, target: DocId) -> DocId {
        match self {
            Self::Stored(list) => match list.doc() {
                doc if doc >= target => doc,
                _ => list.seek(target),
            },
            Self::Merged(list, at) => {
                *at = gallop(&list.documents, *at, target);
                list.documents.get(*at).copied().unwrap_or(TERMINATED)
            }
        }
    }

    /// The strength of the document it is at.
    fn strength(&self) -> u32 {
        match self {
            Self::Stored(list) => list.term_freq(),
            Self::Merged(list, at) => list.strengths.get(*at).copied().unwrap_or(0),
        }
    }
}

/// The first place from `from` on that holds `target` or more, found in growing steps.
fn gallop(sorted: &[DocId], from: usize, target: DocId) -> usize {
    let mut step = 1;
    while sorted.get(from + step).is_some_and(|doc| *doc < target) {
        step *= 2;
    }
    let (start, end) = (from + step / 2, (from + step).min(sorted.len()));
    let start = start.min(end);
    start + sorted[start..end].partition_point(|doc| *doc < target)
}

/// The documents in any of some lists; only ever moves forward.
pub(super) struct AnyOf {
    cursors: Vec<Cursor>,
    documents: u64,
}

impl AnyOf {
    /// Several of them as one.
    pub(super) fn joined(sets: impl IntoIterator<Item = Self>) -> Self {
        let mut joined = Self { cursors: Vec::new(), documents: 0 };
        for set in sets {
            joined.cursors.extend(set.cursors);
            joined.documents += set.documents;
        }
        joined
    }

    /// The first document from `target` on.
    pub(super) fn seek(&mut self, target: DocId) -> DocId {
        let firsts = self.cursors.iter_mut().map(|cursor| cursor.seek(target));
        firsts.min().unwrap_or(TERMINATED)
    }

    /// The greatest strength of `doc`; 0 if it is in none of the lists.
    pub(super) fn strength(&mut self, doc: DocId) -> u32 {
        let mut strength = 0;
        for cursor in &mut self.cursors {
            if cursor.seek(doc) == doc {
                strength = strength.max(cursor.strength());
            }
        }
        strength
    }
}

/// The documents that are in all of some sets, the shortest set leading; all documents if there are
/// no sets.
pub(super) struct Together {
    sets: Vec<AnyOf>,
    documents: DocId,
}

impl Together {
    pub(super) fn new(mut sets: Vec<AnyOf>, documents: DocId) -> Self {
        sets.sort_by_key(|set| set.documents);
        Self { sets, documents }
    }

    /// The first document from `target` on.
    pub(super) fn seek(&mut self, target: DocId) -> DocId {
        let Some((leader, others)) = self.sets.split_first_mut() else {
            return if target < self.documents { target } else { TERMINATED };
        };
        let mut doc = leader.seek(target);
        while doc != TERMINATED {
            match others.iter_mut().map(|other| other.seek(doc)).find(|found| *found != doc) {
                None => return doc,
                Some(TERMINATED) => return TERMINATED,
                Some(further) => doc = leader.seek(further),
            }
        }
        TERMINATED
    }
}
