//! The index on disk: takes in changes, keeps the position of the feed, shows a steady picture.
//!
//! Documents go in through one writer and become visible with a commit. The picture searches look at
//! is taken then.

use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use anyhow::{Context, Result};
use tantivy::directory::MmapDirectory;
use tantivy::indexer::{IndexWriterOptions, LogMergePolicy};
use tantivy::schema::{BytesOptions, FAST, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::TextAnalyzer;
use tantivy::{IndexReader, IndexWriter, ReloadPolicy, TantivyDocument, Term};

use super::picture::{Fields, Picture};
use super::query::{Hits, Query};
use super::terms::{Scribe, StoredTerms, TERMS};
use super::{compounds, query, stem};

/// Raise this when `cut.rs`, `fold.rs`, `stem.rs`, `words.rs`, `compounds.rs` or `terms.rs` change what is stored.
/// Changes of the word lists are noticed without it.
const ANALYSIS: u32 = 5;

/// What the writer may hold before it writes a segment. The least tantivy accepts is 15 MB.
const WRITER_MEMORY: usize = 24_000_000;

/// One public document as the index sees it.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// What it is known by; a second document with the same id replaces the first.
    pub id: [u8; 16],
    /// Counts most.
    pub title: String,
    /// Counts more than the body.
    pub summary: String,
    /// Plain text, without markup.
    pub body: String,
    /// Microseconds of publication: newest first, also among equally good hits.
    pub order: i64,
    /// Exact filters, such as `region:11` or `status:published`.
    pub facets: Vec<String>,
    /// Microseconds of the deadline, if it has one.
    pub deadline: Option<i64>,
}

/// What happened to a document.
#[derive(Clone, Debug)]
pub enum Change {
    /// It is public and looks like this now.
    Put(Document),
    /// It is no longer public, or gone. Removing what is not there is no error.
    Remove([u8; 16]),
}

/// The search index of this node. Clones share it.
#[derive(Clone)]
pub struct Index {
    inner: Arc<Inner>,
}

struct Inner {
    tantivy: tantivy::Index,
    reader: IndexReader,
    fields: Fields,
    writer: Mutex<Writer>,
    picture: RwLock<Arc<Picture>>,
}

#[derive(Default)]
struct Writer {
    /// None until something is written, and after a failed write: the next one starts afresh from
    /// what is on disk.
    tantivy: Option<IndexWriter>,
    scribe: Scribe,
}

impl Index {
    /// An index that is gone when it is dropped: for tests, and for those who look for nothing.
    pub fn in_memory() -> Result<Self> {
        let index = tantivy::Index::create_in_ram(schema());
        Self::over(index)
    }

    /// Opens the index in `dir`, or makes one there.
    ///
    /// An index made by another version of the analysis, and one that cannot be read, is thrown
    /// away and made anew; its [`position`](Self::position) is then 0. Fails if another process has
    /// it open for writing only when changes are first applied.
    pub fn open(dir: &Path) -> Result<Self> {
        let current = dir.join(format!("words-{:016x}", fingerprint()));
        remove_other_versions(dir, &current)?;
        match Self::open_folder(&current) {
            Ok(index) => Ok(index),
            Err(_) => {
                remove_folder(&current)?;
                Self::open_folder(&current)
            }
        }
    }

    fn open_folder(folder: &Path) -> Result<Self> {
        fs::create_dir_all(folder)
            .with_context(|| format!("Failed to make the search folder {}.", folder.display()))?;
        let directory = MmapDirectory::open(folder).context("Failed to open the search folder.")?;
        let index = tantivy::Index::open_or_create(directory, schema()).context("Failed to open the search index.")?;
        Self::over(index)
    }

    fn over(tantivy: tantivy::Index) -> Result<Self> {
        tantivy.tokenizers().register(TERMS, TextAnalyzer::from(StoredTerms::default()));
        let reader = tantivy
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .try_into()
            .context("Failed to read the search index.")?;
        let fields = Fields::of(&tantivy.schema())?;
        let picture = Picture::take(position_of(&tantivy)?, &reader, fields, None)?;
        Ok(Self {
            inner: Arc::new(Inner {
                tantivy,
                reader,
                fields,
                writer: Mutex::default(),
                picture: RwLock::new(Arc::new(picture)),
            }),
        })
    }

    /// How far the change feed has been taken in; 0 for a new index.
    pub fn position(&self) -> i64 {
        self.picture().position
    }

    /// How many documents can be found.
    pub fn documents(&self) -> u64 {
        self.picture().documents
    }

    /// Takes in changes, in their order, and moves the position: all of it or nothing.
    ///
    /// When it returns, every search sees it. The position is stored in the same commit as the
    /// documents, so a follower that starts again at [`position`](Self::position) neither misses nor
    /// needs to fear repeating a change: taking in the same changes twice changes nothing.
    ///
    /// Writers wait for each other; searches do not wait.
    pub fn apply(&self, changes: Vec<Change>, position: i64) -> Result<()> {
        let mut desk = self.writer();
        // Taken out while it works: after an error it is dropped, and with it what was begun.
        let mut writer = match desk.tantivy.take() {
            Some(writer) => writer,
            None => self.new_writer()?,
        };
        for change in changes {
            self.take_in(&writer, &mut desk.scribe, change)?;
        }
        let mut commit = writer.prepare_commit().context("Failed to prepare the search index.")?;
        commit.set_payload(&position.to_string());
        commit.commit().context("Failed to commit the search index.")?;
        desk.tantivy = Some(writer);
        self.refresh()
    }

    fn take_in(&self, writer: &IndexWriter, scribe: &mut Scribe, change: Change) -> Result<()> {
        let fields = self.inner.fields;
        match change {
            Change::Remove(id) => remove(writer, fields, id),
            Change::Put(document) => {
                remove(writer, fields, document.id);
                writer
                    .add_document(stored(fields, scribe, &document))
                    .context("Failed to add a document to the search index.")?;
            }
        }
        Ok(())
    }

    /// How many documents have a facet; counted once, until something changes. For the few facets that every
    /// list asks for: what has been counted is kept.
    pub fn documents_with(&self, facet: &str) -> Result<u64> {
        let picture = self.picture();
        let mut counted = picture.with_facet.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = counted.get(facet) {
            return Ok(*count);
        }
        let all = vec![vec![facet.to_owned()]];
        let found = query::search(&picture, &Query { all, ..Query::default() })?;
        counted.insert(facet.to_owned(), found.total.count);
        Ok(found.total.count)
    }

    /// Finds documents.
    ///
    /// Fails with [`super::WrongCursor`] if `query.after` was made by another query.
    pub fn search(&self, query: &Query) -> Result<Hits> {
        query::search(&self.picture(), query)
    }

    fn refresh(&self) -> Result<()> {
        let inner = &self.inner;
        inner.reader.reload().context("Failed to reload the search index.")?;
        let before = self.picture();
        let picture = Picture::take(position_of(&inner.tantivy)?, &inner.reader, inner.fields, Some(&before))?;
        *inner.picture.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(picture);
        Ok(())
    }

    fn picture(&self) -> Arc<Picture> {
        self.inner.picture.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn writer(&self) -> MutexGuard<'_, Writer> {
        self.inner.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn new_writer(&self) -> Result<IndexWriter> {
        let options = IndexWriterOptions::builder()
            .num_worker_threads(1)
            .num_merge_threads(1)
            .memory_budget_per_thread(WRITER_MEMORY)
            .build();
        let writer =
            self.inner.tantivy.writer_with_options(options).context("Failed to open the search index for writing.")?;
        let mut policy = LogMergePolicy::default();
        // Replaced documents stay on disk until their segment is merged.
        policy.set_del_docs_ratio_before_merge(0.2);
        writer.set_merge_policy(Box::new(policy));
        Ok(writer)
    }
}

fn schema() -> Schema {
    let mut schema = Schema::builder();
    let terms = |record| {
        let indexing = TextFieldIndexing::default().set_fieldnorms(false).set_index_option(record);
        TextOptions::default().set_indexing_options(indexing.set_tokenizer(TERMS))
    };
    schema.add_bytes_field("id", BytesOptions::default().set_indexed());
    schema.add_text_field("text", terms(IndexRecordOption::WithFreqs));
    schema.add_text_field("facet", terms(IndexRecordOption::Basic));
    schema.add_i64_field("order", FAST);
    schema.add_i64_field("deadline", FAST);
    schema.add_u64_field("id_high", FAST);
    schema.add_u64_field("id_low", FAST);
    schema.build()
}

/// The position is the whole payload of a commit.
fn position_of(index: &tantivy::Index) -> Result<i64> {
    let metas = index.load_metas().context("Failed to read the state of the search index.")?;
    match metas.payload {
        None => Ok(0),
        Some(payload) => payload.parse().context("The search index does not know its position."),
    }
}

fn remove(writer: &IndexWriter, fields: Fields, id: [u8; 16]) {
    writer.delete_term(Term::from_field_bytes(fields.id, &id));
}

fn stored(fields: Fields, scribe: &mut Scribe, document: &Document) -> TantivyDocument {
    let number = u128::from_be_bytes(document.id);
    let mut stored = TantivyDocument::new();
    stored.add_bytes(fields.id, &document.id);
    stored.add_u64(fields.id_high, (number >> 64) as u64);
    stored.add_u64(fields.id_low, number as u64);
    stored.add_i64(fields.order, document.order);
    stored.add_i64(fields.deadline, document.deadline.unwrap_or(i64::MAX));
    stored.add_text(fields.text, scribe.terms(document));
    stored.add_text(fields.facet, scribe.facets(document));
    stored
}

/// Tells versions of the stored terms apart.
fn fingerprint() -> u64 {
    let lists = [stem::VARIANTS, compounds::WORDLIST];
    let bytes = lists.iter().flat_map(|list| list.bytes()).chain(ANALYSIS.to_le_bytes());
    query::fnv(bytes)
}

fn remove_other_versions(dir: &Path, current: &Path) -> Result<()> {
    let Ok(entries) = fs::read_dir(dir) else {
        return Ok(());
    };
    let others = entries.filter_map(|entry| entry.ok()).map(|entry| entry.path());
    for other in others.filter(|path| path != current && is_ours(path)) {
        remove_folder(&other)?;
    }
    Ok(())
}

fn is_ours(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    path.is_dir() && name.starts_with("words-")
}

fn remove_folder(folder: &Path) -> Result<()> {
    match fs::remove_dir_all(folder) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(error) => {
            Err(error).with_context(|| format!("Failed to remove the old search folder {}.", folder.display()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::random::Random;
    use super::super::{Matched, Order};
    use super::*;

    fn id(number: u64) -> [u8; 16] {
        u128::from(number).to_be_bytes()
    }

    fn document(number: u64, title: &str) -> Document {
        Document { id: id(number), title: title.to_owned(), order: number as i64, ..Document::default() }
    }

    fn found(index: &Index, text: &str) -> Vec<u64> {
        let query = Query { text: text.to_owned(), limit: 50, ..Query::default() };
        numbers(&index.search(&query).unwrap())
    }

    fn numbers(hits: &Hits) -> Vec<u64> {
        hits.ids.iter().map(|id| u128::from_be_bytes(*id) as u64).collect()
    }

    fn with(titles: &[&str]) -> Index {
        let index = Index::in_memory().unwrap();
        let put = |(at, title): (usize, &&str)| Change::Put(document(at as u64 + 1, title));
        index.apply(titles.iter().enumerate().map(put).collect(), 1).unwrap();
        index
    }

    #[test]
    fn the_same_changes_twice_change_nothing() {
        let index = Index::in_memory().unwrap();
        let changes = || {
            vec![
                Change::Put(document(1, "Parkering")),
                Change::Put(document(2, "Parkering i sentrum")),
                Change::Put(document(1, "Parkering ved skolen")),
                Change::Remove(id(3)),
            ]
        };
        for _ in 0..3 {
            index.apply(changes(), 7).unwrap();
            assert_eq!(index.documents(), 2);
            assert_eq!(found(&index, "parkering"), [2, 1]);
            assert_eq!(found(&index, "skole"), [1]);
            assert_eq!(index.position(), 7);
        }
    }

    #[test]
    fn what_is_removed_is_gone_at_once_and_not_counted() {
        let index = with(&["Parkering i nord", "Parkering i sør"]);
        index.apply(vec![Change::Remove(id(1))], 2).unwrap();
        assert_eq!(found(&index, "parkering"), [2]);
        let total = index.search(&Query { text: "parkering".into(), ..Query::default() }).unwrap().total;
        assert_eq!((total.count, total.exact), (1, true));
        index.apply(vec![Change::Remove(id(2))], 3).unwrap();
        assert_eq!(found(&index, "parkering"), Vec::<u64>::new());
        assert_eq!(index.documents(), 0);
    }

    #[test]
    fn the_position_and_the_documents_survive_a_restart() {
        let dir = tempfile::tempdir().unwrap();
        for round in 1..=3 {
            let index = Index::open(dir.path()).unwrap();
            assert_eq!(index.position(), (round - 1) * 10);
            index.apply(vec![Change::Put(document(round as u64, "Parkering"))], round * 10).unwrap();
            assert_eq!(index.documents(), round as u64);
        }
        let index = Index::open(dir.path()).unwrap();
        assert_eq!(found(&index, "parkering"), [3, 2, 1]);
        assert_eq!(index.position(), 30);
    }

    #[test]
    fn another_version_and_a_broken_index_are_made_anew() {
        let dir = tempfile::tempdir().unwrap();
        let old = dir.path().join("words-00000000000000ff");
        fs::create_dir(&old).unwrap();
        fs::write(dir.path().join("notes.txt"), "not ours").unwrap();
        let index = Index::open(dir.path()).unwrap();
        index.apply(vec![Change::Put(document(1, "Parkering"))], 5).unwrap();
        drop(index);
        assert!(!old.exists());
        assert!(dir.path().join("notes.txt").exists());

        let current = fs::read_dir(dir.path()).unwrap().map(|entry| entry.unwrap().path());
        let current = current.filter(|path| path.is_dir()).collect::<Vec<_>>();
        fs::write(current[0].join("meta.json"), "{ broken").unwrap();
        let index = Index::open(dir.path()).unwrap();
        assert_eq!((index.position(), index.documents()), (0, 0));
        index.apply(vec![Change::Put(document(1, "Parkering"))], 5).unwrap();
        assert_eq!(found(&index, "parkering"), [1]);
    }

    #[test]
    fn a_failed_write_leaves_everything_as_it_was() {
        let dir = tempfile::tempdir().unwrap();
        let index = Index::open(dir.path()).unwrap();
        index.apply(vec![Change::Put(document(1, "Parkering"))], 1).unwrap();
        // A second writer, as another process would be.
        let other = Index::open(dir.path()).unwrap();
        assert!(other.apply(vec![Change::Put(document(2, "Parkering"))], 2).is_err());
        assert_eq!((other.position(), found(&other, "parkering")), (1, vec![1]));
        drop(index);
        other.apply(vec![Change::Put(document(2, "Parkering"))], 2).unwrap();
        assert_eq!((other.position(), found(&other, "parkering")), (2, vec![2, 1]));
    }

    #[test]
    fn titles_count_more_than_summaries_and_those_more_than_bodies() {
        let index = Index::in_memory().unwrap();
        let other = "Noe helt annet".to_owned();
        let text = "Kommunen trenger parkering".to_owned();
        let put = |number, title: &String, summary: &String, body: &String| {
            Change::Put(Document { summary: summary.clone(), body: body.clone(), ..document(number, title) })
        };
        let changes = vec![
            put(1, &text, &other, &other),
            put(2, &other, &text, &other),
            put(3, &other, &other, &text),
            put(4, &"Parkeringsplasser".to_owned(), &other, &other),
        ];
        index.apply(changes, 1).unwrap();
        assert_eq!(found(&index, "parkering"), [1, 4, 2, 3]);
    }

    #[test]
    fn filters_let_through_what_has_one_facet_of_each_list() {
        let index = Index::in_memory().unwrap();
        let put = |number, facets: &[&str], deadline| {
            Change::Put(Document {
                facets: facets.iter().map(|facet| (*facet).to_owned()).collect(),
                deadline,
                ..document(number, "Parkering")
            })
        };
        let changes = vec![
            put(1, &["region:11", "cpv:7", "odd\nfacet"], Some(100)),
            put(2, &["region:11", "cpv:9"], Some(200)),
            put(3, &["region:30", "cpv:7"], None),
            put(4, &[], Some(50)),
        ];
        index.apply(changes, 1).unwrap();
        let at = |now, text: &str, all: &[&[&str]], from, before, order| {
            let any = |any: &&[&str]| any.iter().map(|facet| (*facet).to_owned()).collect();
            let query = Query {
                text: text.to_owned(),
                all: all.iter().map(any).collect(),
                deadline_from: from,
                deadline_before: before,
                order,
                now,
                limit: 10,
                after: None,
            };
            let hits = index.search(&query).unwrap();
            assert_eq!(hits.total.count, hits.ids.len() as u64);
            numbers(&hits)
        };
        let search = |text: &str, all: &[&[&str]], from, before, order| at(0, text, all, from, before, order);
        for text in ["", "parkering", "parkering finnesikke"] {
            for order in [Order::Relevance, Order::Newest] {
                assert_eq!(search(text, &[], None, None, order), [4, 3, 2, 1]);
                assert_eq!(search(text, &[&["region:11"]], None, None, order), [2, 1]);
                assert_eq!(search(text, &[&["region:11", "region:30"], &["cpv:7"]], None, None, order), [3, 1]);
                assert_eq!(search(text, &[&["odd\nfacet"]], None, None, order), [1]);
                assert_eq!(search(text, &[&[]], None, None, order), Vec::<u64>::new());
                assert_eq!(search(text, &[&["region:1"]], None, None, order), Vec::<u64>::new());
                assert_eq!(search(text, &[], Some(100), None, order), [2, 1]);
                assert_eq!(search(text, &[], None, Some(200), order), [4, 1]);
                assert_eq!(search(text, &[&["region:11"]], Some(101), Some(300), order), [2]);
            }
            assert_eq!(search(text, &[], None, None, Order::Deadline), [4, 1, 2, 3]);
            assert_eq!(search(text, &[], Some(60), None, Order::Deadline), [1, 2]);
            // What has passed comes last, and of it first what passed last.
            assert_eq!(at(100, text, &[], None, None, Order::Deadline), [1, 2, 3, 4]);
            assert_eq!(at(101, text, &[], None, None, Order::Deadline), [2, 3, 1, 4]);
            assert_eq!(at(201, text, &[], None, None, Order::Deadline), [3, 2, 1, 4]);
            assert_eq!(at(201, text, &[], Some(60), None, Order::Deadline), [2, 1]);
        }
    }

    #[test]
    fn all_words_must_match_and_if_none_has_all_any_is_said_to_be_enough() {
        let index = with(&["Parkering for sykler", "Parkering for biler", "Lading av biler"]);
        let matched = |text: &str| {
            let query = Query { text: text.to_owned(), limit: 10, ..Query::default() };
            let hits = index.search(&query).unwrap();
            (numbers(&hits), hits.matched)
        };
        assert_eq!(matched("parkering bil"), (vec![2], Matched::All));
        assert_eq!(matched("bil parkering, og med på"), (vec![2], Matched::All));
        let (numbers, how) = matched("sykler lading");
        assert_eq!((numbers.len(), how), (2, Matched::Any));
        assert_eq!(matched("parkering finnesikke"), (vec![2, 1], Matched::Any));
        assert_eq!(matched("finnesikke"), (vec![], Matched::All));
        assert_eq!(matched("for"), (vec![2, 1], Matched::All));
    }

    #[test]
    fn words_are_found_by_their_beginning_inside_compounds_and_in_every_spelling() {
        let index = with(&[
            "Sykkelparkering ved stasjonen",
            "Parkeringsplasser",
            "Velferdsteknologi i heimetenesta",
            "Rådgivning om overvannshåndtering",
            "Ladestasjon for elbiler",
        ]);
        assert_eq!(found(&index, "parkering"), [2, 1]);
        assert_eq!(found(&index, "parkeri"), [2, 1]);
        assert_eq!(found(&index, "parkeringsp"), [2]);
        assert_eq!(found(&index, "velferd"), [3]);
        assert_eq!(found(&index, "hjemmetjeneste"), [3]);
        assert_eq!(found(&index, "tjenester"), [3]);
        assert_eq!(found(&index, "radgiving"), [4]);
        assert_eq!(found(&index, "raadgivning"), [4]);
        assert_eq!(found(&index, "overvann"), [4]);
        // Nobody has written it, but its parts.
        assert_eq!(found(&index, "elbillading"), [5]);
        assert_eq!(found(&index, "st"), Vec::<u64>::new());
        assert_eq!(found(&index, "sta"), [1, 5]);
    }

    #[test]
    fn a_compound_that_nobody_has_written_is_found_by_all_that_matters_in_it_and_not_by_one_part() {
        let index = with(&[
            "Barnevern og helsetjenester",
            "Tjenester for eldre",
            "Mat til skoler",
            "Mindre avfall",
            "Mindre avfall av mat",
            "Tilsyn om natten",
            "Nattilsyn med kamera",
            "Natt-tilsyn i heimen",
            "Nettverk og tilsyn",
        ]);
        assert_eq!(found(&index, "barnevernstenesta"), [1]);
        assert_eq!(found(&index, "matavfall"), [5]);
        assert_eq!(found(&index, "matpakke"), Vec::<u64>::new());
        // Of several words one is enough where none has all; a part is not.
        let sorted = |text: &str| {
            let mut numbers = found(&index, text);
            numbers.sort_unstable();
            numbers
        };
        assert_eq!(sorted("matavfall eldre"), [2, 5]);
        assert_eq!(sorted("barnevernstenesta eldre"), [1, 2]);
        assert_eq!(sorted("nattilsyn"), [7, 8]);
        assert_eq!(sorted("natt-tilsyn"), [7, 8]);
        assert_eq!(sorted("nattetilsyn"), [6, 7, 8]);
    }

    #[test]
    fn whatever_is_typed_finds_something_or_nothing_but_does_no_harm() {
        let index = with(&["Parkering", "\u{0}\u{1}\u{2}", "𝒫arkering \u{202e} 駐車場 駐車", "", "a"]);
        let mut random = Random(1);
        for round in 0..1_000 {
            let text = random.text(40);
            let query = Query {
                text: text.clone(),
                all: if random.below(4) == 0 { vec![vec![random.text(10)]] } else { Vec::new() },
                order: [Order::Relevance, Order::Newest, Order::Deadline][random.below(3) as usize],
                limit: random.below(4) as usize,
                ..Query::default()
            };
            index.search(&query).unwrap();
            if round % 20 == 0 {
                let title = random.text(20);
                let strange = Document { body: text, ..document(9, &title) };
                index.apply(vec![Change::Put(strange)], round).unwrap();
            }
        }
        assert_eq!(found(&index, "駐車場"), [3]);
        assert_eq!(found(&index, &"parkering ".repeat(10_000)), [1]);
        assert_eq!(found(&index, &"x".repeat(100_000)), Vec::<u64>::new());
        let many: String = (0..10_000).map(|number| format!("ord{number} ")).collect();
        assert_eq!(found(&index, &many), Vec::<u64>::new());
        let long = Document { body: "lang".repeat(200_000), ..document(10, "Parkering") };
        index.apply(vec![Change::Put(long)], 2).unwrap();
        assert_eq!(found(&index, "parkering"), [10, 1]);
    }
}
