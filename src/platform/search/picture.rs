//! The index as a search sees it: steady from its beginning to its end, with everything at hand that would otherwise be
//! opened for every search.
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use anyhow::Result;
use tantivy::columnar::ColumnValues;
use tantivy::schema::{Field, Schema};
use tantivy::{DocId, IndexReader, SegmentReader};

/// Documents whose newest and latest are noted together, to skip them together.
pub(super) const BLOCK: DocId = 4096;

#[derive(Clone, Copy)]
pub(super) struct Fields {
    pub id: Field,
    pub text: Field,
    pub facet: Field,
    pub order: Field,
    pub deadline: Field,
    pub id_high: Field,
    pub id_low: Field,
}

/// The index as it was after one [`Index::apply`](super::Index::apply); a search uses one from beginning to end.
pub(super) struct Picture {
    pub fields: Fields,
    pub segments: Vec<Arc<Segment>>,
    pub position: i64,
    /// Documents, without the removed ones.
    pub documents: u64,
    /// How many have a facet, as far as somebody asked.
    pub(super) with_facet: Mutex<BTreeMap<String, u64>>,
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

impl Fields {
    pub(super) fn of(schema: &Schema) -> Result<Self> {
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
    pub(super) fn take(position: i64, reader: &IndexReader, fields: Fields, before: Option<&Picture>) -> Result<Self> {
        let searcher = reader.searcher();
        let segments = searcher
            .segment_readers()
            .iter()
            .map(|reader| {
                let known = before.and_then(|before| before.segment(reader));
                known.map_or_else(|| Segment::open(reader).map(Arc::new), |known| Ok(Arc::new(known.with(reader))))
            })
            .collect::<Result<_>>()?;
        Ok(Self { fields, segments, position, documents: searcher.num_docs(), with_facet: Mutex::default() })
    }

    fn segment(&self, reader: &SegmentReader) -> Option<&Segment> {
        let id = reader.segment_id();
        self.segments.iter().map(Arc::as_ref).find(|segment| segment.reader.segment_id() == id)
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

fn bounds(documents: DocId, order: &dyn ColumnValues<i64>, deadline: &dyn ColumnValues<i64>) -> Vec<Bounds> {
    let block = |start: DocId| {
        let docs = || start..documents.min(start + BLOCK);
        // What has no deadline is later than everything, but never due.
        let due = docs().map(|doc| deadline.get_val(doc)).filter(|deadline| *deadline < i64::MAX);
        Bounds {
            newest: docs().map(|doc| order.get_val(doc)).max().unwrap_or(i64::MIN),
            first_deadline: due.clone().min().unwrap_or(i64::MAX),
            last_deadline: due.max().unwrap_or(i64::MIN),
        }
    };
    (0..documents).step_by(BLOCK as usize).map(block).collect()
}
