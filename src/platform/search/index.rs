//! The index on disk: takes in changes, keeps the position of the feed, shows a steady picture.
//!
//! Documents go in through one writer and become visible with a commit. The picture searches look at
//! is taken then, with everything at hand that would otherwise be opened for every search.

use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use anyhow::{Context, Result};
use tantivy::columnar::ColumnValues;
use tantivy::directory::MmapDirectory;
use tantivy::indexer::{IndexWriterOptions, LogMergePolicy};
use tantivy::schema::{
    BytesOptions, FAST, Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::tokenizer::TextAnalyzer;
use tantivy::{
    DocId, IndexReader, IndexWriter, ReloadPolicy, SegmentReader, TantivyDocument, Term,
};

use super::query::{Hits, Query};
use super::terms::{Scribe, StoredTerms, TERMS};
use super::{compounds, query, words};

/// Raise this when `words.rs`, `compounds.rs` or `terms.rs` change what is stored.
/// Changes of the word lists are noticed without it.
const ANALYSIS: u32 = 1;

/// What the writer may hold before it writes a segment. The least tantivy accepts is 15 MB.
const WRITER_MEMORY: usize = 24_000_000;

/// Documents whose newest and latest are noted together, to skip them together.
pub(super) const BLOCK: DocId = 4096;

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

#[derive(Clone, Copy)]
pub(super) struct Fields {
    pub id: Field,
    pub text: Field,
    pub facet: Field,
    order: Field,
    deadline: Field,
    id_high: Field,
    id_low: Field,
}

/// The index as it was after one [`Index::apply`]; a search uses one from beginning to end.
pub(super) struct Picture {
    pub fields: Fields,
    pub segments: Vec<Arc<Segment>>,
    pub position: i64,
    /// Documents, without the removed ones.
    pub documents: u64,
}

/// One segment with what a search needs of it at hand.
pub(super) struct Segment {
    pub reader: SegmentReader,
    pub order: Arc<dyn ColumnValues<i64>>,
    /// `i64::MAX` where there is none.
    pub deadline: Arc<dyn ColumnValues<i64>>,
    id_high: Arc<dyn ColumnValues<u64>>,
    id_low: Arc<dyn ColumnValues<u64>>,
    /// Of each [`BLOCK`] documents.
    pub blocks: Vec<Bounds>,
}

/// The extremes of a block.
#[derive(Clone, Copy)]
pub(super) struct Bounds {
    pub newest: i64,
    pub first_deadline: i64,
    pub last_deadline: i64,
}

impl Index {
    /// An index that is gone when it is dropped, for tests and trying out.
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
        let index = tantivy::Index::open_or_create(directory, schema())
            .context("Failed to open the search index.")?;
        Self::over(index)
    }

    fn over(tantivy: tantivy::Index) -> Result<Self> {
        tantivy
            .tokenizers()
            .register(TERMS, TextAnalyzer::from(StoredTerms::default()));
        let reader = tantivy
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .try_into()
            .context("Failed to read the search index.")?;
        let fields = Fields::of(&tantivy.schema())?;
        let picture = Picture::take(&tantivy, &reader, fields, None)?;
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
        let mut commit = writer
            .prepare_commit()
            .context("Failed to prepare the search index.")?;
        commit.set_payload(&position.to_string());
        commit
            .commit()
            .context("Failed to commit the search index.")?;
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

    /// Finds documents.
    ///
    /// Fails with [`super::WrongCursor`] if `query.after` was made by another query.
    pub fn search(&self, query: &Query) -> Result<Hits> {
        query::search(&self.picture(), query)
    }

    fn refresh(&self) -> Result<()> {
        let inner = &self.inner;
        inner
            .reader
            .reload()
            .context("Failed to reload the search index.")?;
        let before = self.picture();
        let picture = Picture::take(&inner.tantivy, &inner.reader, inner.fields, Some(&before))?;
        *inner
            .picture
            .write()
            .unwrap_or_else(PoisonError::into_inner) = Arc::new(picture);
        Ok(())
    }

    fn picture(&self) -> Arc<Picture> {
        self.inner
            .picture
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    fn writer(&self) -> MutexGuard<'_, Writer> {
        self.inner
            .writer
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    fn new_writer(&self) -> Result<IndexWriter> {
        let options = IndexWriterOptions::builder()
            .num_worker_threads(1)
            .num_merge_threads(1)
            .memory_budget_per_thread(WRITER_MEMORY)
            .build();
        let writer = self
            .inner
            .tantivy
            .writer_with_options(options)
            .context("Failed to open the search index for writing.")?;
        let mut policy = LogMergePolicy::default();
        // Replaced documents stay on disk until their segment is merged.
        policy.set_del_docs_ratio_before_merge(0.2);
        writer.set_merge_policy(Box::new(policy));
        Ok(writer)
    }
}

impl Fields {
    fn of(schema: &Schema) -> Result<Self> {
        Ok(Self {
            id: schema.get_field("id")?,
            text: schema.get_field("text")?,
            facet: schema.get_field("facet")?,
            order: schema.get_field("order")?,
            deadline: schema.get_field("deadline")?,
            id_high: schema.get_field("id_high")?,
            id_low: schema.get_field("id_low")?,
        })
    }
}

impl Picture {
    /// The index as the reader sees it now. Segments known from `before` are not opened again.
    fn take(
        index: &tantivy::Index,
        reader: &IndexReader,
        fields: Fields,
        before: Option<&Picture>,
    ) -> Result<Self> {
        let position = position_of(index)?;
        let searcher = reader.searcher();
        let segments = searcher
            .segment_readers()
            .iter()
            .map(|reader| {
                let known = before.and_then(|before| before.segment(reader));
                known.map_or_else(
                    || Segment::open(reader).map(Arc::new),
                    |known| Ok(Arc::new(known.with(reader))),
                )
            })
            .collect::<Result<_>>()?;
        Ok(Self {
            fields,
            segments,
            position,
            documents: searcher.num_docs(),
        })
    }

    fn segment(&self, reader: &SegmentReader) -> Option<&Segment> {
        let id = reader.segment_id();
        self.segments
            .iter()
            .map(Arc::as_ref)
            .find(|segment| segment.reader.segment_id() == id)
    }
}

impl Segment {
    fn open(reader: &SegmentReader) -> Result<Self> {
        let columns = reader.fast_fields();
        let order = columns.column_first_or_default::<i64>("order")?;
        let deadline = columns.column_first_or_default::<i64>("deadline")?;
        let blocks = bounds(reader.max_doc(), &*order, &*deadline);
        Ok(Self {
            reader: reader.clone(),
            order,
            deadline,
            id_high: columns.column_first_or_default::<u64>("id_high")?,
            id_low: columns.column_first_or_default::<u64>("id_low")?,
            blocks,
        })
    }

    /// The same segment with the documents removed that `reader` knows to be removed.
    fn with(&self, reader: &SegmentReader) -> Self {
        Self {
            reader: reader.clone(),
            order: self.order.clone(),
            deadline: self.deadline.clone(),
            id_high: self.id_high.clone(),
            id_low: self.id_low.clone(),
            blocks: self.blocks.clone(),
        }
    }

    pub(super) fn id(&self, doc: DocId) -> u128 {
        (u128::from(self.id_high.get_val(doc)) << 64) | u128::from(self.id_low.get_val(doc))
    }
}

fn bounds(
    documents: DocId,
    order: &dyn ColumnValues<i64>,
    deadline: &dyn ColumnValues<i64>,
) -> Vec<Bounds> {
    let block = |start: DocId| {
        let docs = || start..documents.min(start + BLOCK);
        // What has no deadline is later than everything, but never due.
        let due = docs()
            .map(|doc| deadline.get_val(doc))
            .filter(|deadline| *deadline < i64::MAX);
        Bounds {
            newest: docs()
                .map(|doc| order.get_val(doc))
                .max()
                .unwrap_or(i64::MIN),
            first_deadline: due.clone().min().unwrap_or(i64::MAX),
            last_deadline: due.max().unwrap_or(i64::MIN),
        }
    };
    (0..documents).step_by(BLOCK as usize).map(block).collect()
}

fn schema() -> Schema {
    let mut schema = Schema::builder();
    let terms = |record| {
        let indexing = TextFieldIndexing::default()
            .set_fieldnorms(false)
            .set_index_option(record);
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
    let metas = index
        .load_metas()
        .context("Failed to read the state of the search index.")?;
    match metas.payload {
        None => Ok(0),
        Some(payload) => payload
            .parse()
            .context("The search index does not know its position."),
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
    let lists = [words::VARIANTS, compounds::WORDLIST];
    let bytes = lists
        .iter()
        .flat_map(|list| list.bytes())
        .chain(ANALYSIS.to_le_bytes());
    query::fnv(bytes)
}

fn remove_other_versions(dir: &Path, current: &Path) -> Result<()> {
    let Ok(entries) = fs::read_dir(dir) else {
        return Ok(());
    };
    let others = entries
        .filter_map(|entry| entry.ok())
        .map(|entry| entry.path());
    for other in others.filter(|path| path != current && is_ours(path)) {
        remove_folder(&other)?;
    }
    Ok(())
}

fn is_ours(path: &Path) -> bool {
    let name = path
        .file_name()
        .and_then(|name| name.to_str())
        .unwrap_or_default();
    path.is_dir() && name.starts_with("words-")
}

fn remove_folder(folder: &Path) -> Result<()> {
    match fs::remove_dir_all(folder) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error).with_context(|| {
            format!(
                "Failed to remove the old search folder {}.",
                folder.display()
            )
        }),
    }
}
