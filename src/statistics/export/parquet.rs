//! All notices as Parquet, a row for each version, for those who go on in DuckDB or Spark. Read from the database and
//! written in groups of rows, so that memory does not grow with their number.
use crate::Result;
use crate::platform::db::Db;
use crate::statistics::Dimension;
use crate::statistics::observation::Observation;
use crate::statistics::store::{self, Exported};
use anyhow::Context;
use chrono::NaiveDate;
use parquet::basic::Compression;
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, Int32Type, Int64Type};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::parser::parse_message_type;
use std::io::Write;
use std::sync::Arc;

/// Rows that are in memory at a time.
const GROUP: i64 = 20_000;

/// The columns: names as in the page's files where they are the same. Amounts are in hundredths of their currency.
const SCHEMA: &str = "message notices {
    optional binary notice_id (STRING);
    optional binary version (STRING);
    optional binary procedure_id (STRING);
    optional binary publication_id (STRING);
    optional binary form (STRING);
    optional binary subtype (STRING);
    optional binary procedure (STRING);
    optional int32 issued_on (DATE);
    optional binary country (STRING);
    optional binary buyer (STRING);
    optional binary buyer_name (STRING);
    optional binary buyer_type (STRING);
    optional binary county (STRING);
    optional binary municipality (STRING);
    optional binary nature (STRING);
    optional binary cpv (STRING);
    optional int64 estimated_value;
    optional binary estimated_currency (STRING);
    optional int64 awarded_value;
    optional binary awarded_currency (STRING);
    required int32 lots;
    optional binary innovation (STRING);
    optional binary aims (STRING);
    required boolean is_change;
    required boolean is_newest;
    required boolean follows_notice;
    optional binary previous_notices (STRING);
    optional int32 tender_deadline_on (DATE);
    optional int32 decided_on (DATE);
    required int32 lot_results;
    required int32 lots_awarded;
    required int32 lots_closed;
    required int32 lots_counted;
    required int32 lots_single;
    required int32 tenders;
    required int32 sme_tenders;
    required int32 sme_base;
    required int32 winners;
    required int32 winners_sized;
    required int32 winners_sme;
    optional binary winner_numbers (STRING);
}";

/// Writes all notices to `to`, with a note if they are made up for a demonstration. Gives how many.
///
/// # Errors
/// When the database refuses, or `to` does.
pub fn write_notices(db: &mut Db, to: impl Write + Send, is_invented: bool) -> Result<u64> {
    let schema = Arc::new(parse_message_type(SCHEMA).context("Parquet")?);
    let note = is_invented.then(|| vec![KeyValue::new("invented".to_owned(), "true".to_owned())]);
    let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).set_key_value_metadata(note);
    let mut file = SerializedFileWriter::new(to, schema, Arc::new(properties.build())).context("Parquet")?;
    let (mut position, mut written) = (0, 0);
    let homes = store::homes(db)?;
    loop {
        let rows = store::exported_after(db, position, GROUP)?;
        let Some(last) = rows.last() else { break };
        position = last.row.position;
        written += u64::try_from(rows.len()).unwrap_or(u64::MAX);
        let places: Vec<Observation> =
            rows.iter().map(|e| Observation::of(&e.row, |number| homes.get(number).copied())).collect();
        let mut group = file.next_row_group().context("Parquet")?;
        write_group(&mut group, &rows, &places).context("Parquet")?;
        group.close().context("Parquet")?;
    }
    file.close().context("Parquet")?;
    Ok(written)
}

type Group<'a, W> = SerializedRowGroupWriter<'a, W>;
type Written = parquet::errors::Result<()>;

fn write_group<W: Write + Send>(group: &mut Group<'_, W>, rows: &[Exported], places: &[Observation]) -> Written {
    text(group, rows, |e| e.row.notice_id.as_deref())?;
    text(group, rows, |e| e.version.as_deref())?;
    text(group, rows, |e| e.row.procedure_id.as_deref())?;
    text(group, rows, |e| e.row.publication_id.as_deref())?;
    text(group, rows, |e| e.row.form.as_deref())?;
    text(group, rows, |e| e.subtype.as_deref())?;
    text(group, rows, |e| e.row.procedure_type.as_deref())?;
    day(group, rows, |e| e.row.issued_on)?;
    text(group, rows, |e| e.row.country.as_deref())?;
    text(group, rows, |e| e.row.buyer_number.as_deref())?;
    text(group, rows, |e| e.buyer_name.as_deref())?;
    text(group, rows, |e| e.row.buyer_type.as_deref())?;
    place(group, Dimension::County, places)?;
    place(group, Dimension::Municipality, places)?;
    text(group, rows, |e| e.row.nature.as_deref())?;
    text(group, rows, |e| e.row.cpv.as_deref())?;
    optional::<Int64Type, W>(group, rows.iter().map(|e| e.row.estimated_value))?;
    text(group, rows, |e| e.row.estimated_currency.as_deref())?;
    optional::<Int64Type, W>(group, rows.iter().map(|e| e.row.awarded_value))?;
    text(group, rows, |e| e.row.awarded_currency.as_deref())?;
    required::<Int32Type, W>(group, rows.iter().map(|e| e.row.lots))?;
    codes(group, rows, |e| &e.row.innovation.0)?;
    codes(group, rows, |e| &e.row.aims.0)?;
    required::<BoolType, W>(group, rows.iter().map(|e| e.row.is_change))?;
    required::<BoolType, W>(group, rows.iter().map(|e| e.row.is_newest))?;
    required::<BoolType, W>(group, rows.iter().map(|e| e.row.follows_notice))?;
    codes(group, rows, |e| &e.row.previous_notices.0)?;
    day(group, rows, |e| e.row.tender_deadline_on)?;
    day(group, rows, |e| e.row.decided_on)?;
    let counts: [fn(&crate::notices::Outcome) -> u32; 11] = [
        |o| o.results,
        |o| o.awarded,
        |o| o.closed,
        |o| o.counted,
        |o| o.single,
        |o| o.tenders,
        |o| o.sme_tenders,
        |o| o.sme_base,
        |o| o.winners,
        |o| o.winners_sized,
        |o| o.winners_sme,
    ];
    for count in counts {
        let numbers = rows.iter().map(|e| i32::try_from(count(&e.row.outcome.0)).unwrap_or(i32::MAX));
        required::<Int32Type, W>(group, numbers)?;
    }
    codes(group, rows, |e| &e.row.winner_numbers.0)
}

fn text<W: Write + Send>(
    group: &mut Group<'_, W>,
    rows: &[Exported],
    of: impl for<'a> Fn(&'a Exported) -> Option<&'a str>,
) -> Written {
    optional::<ByteArrayType, W>(group, rows.iter().map(|row| of(row).map(ByteArray::from)))
}

/// The number of a county or a municipality, which may begin with a nought; null for none.
fn place<W: Write + Send>(group: &mut Group<'_, W>, dimension: Dimension, places: &[Observation]) -> Written {
    let number = |place: &Observation| Some(dimension.code(dimension.key(place))).filter(|code| !code.is_empty());
    optional::<ByteArrayType, W>(group, places.iter().map(|place| number(place).map(|code| ByteArray::from(&*code))))
}

/// Codes, names of notices or numbers, with commas between; null for none.
fn codes<W: Write + Send>(
    group: &mut Group<'_, W>,
    rows: &[Exported],
    of: impl for<'a> Fn(&'a Exported) -> &'a Vec<String>,
) -> Written {
    let joined = |row: &Exported| Some(of(row).join(",")).filter(|codes| !codes.is_empty());
    optional::<ByteArrayType, W>(
        group,
        rows.iter().map(|row| joined(row).map(|codes| ByteArray::from(codes.into_bytes()))),
    )
}

/// Days since 1970.
fn day<W: Write + Send>(
    group: &mut Group<'_, W>,
    rows: &[Exported],
    of: impl Fn(&Exported) -> Option<NaiveDate>,
) -> Written {
    let number = |day: NaiveDate| i32::try_from((day - NaiveDate::default()).num_days()).ok();
    optional::<Int32Type, W>(group, rows.iter().map(|row| of(row).and_then(number)))
}

fn optional<T: DataType, W: Write + Send>(
    group: &mut Group<'_, W>,
    values: impl Iterator<Item = Option<T::T>>,
) -> Written {
    let (mut told, mut levels) = (Vec::new(), Vec::new());
    for value in values {
        levels.push(i16::from(value.is_some()));
        told.extend(value);
    }
    column::<T, W>(group, &told, Some(&levels))
}

fn required<T: DataType, W: Write + Send>(group: &mut Group<'_, W>, values: impl Iterator<Item = T::T>) -> Written {
    column::<T, W>(group, &values.collect::<Vec<_>>(), None)
}

fn column<T: DataType, W: Write + Send>(group: &mut Group<'_, W>, values: &[T::T], levels: Option<&[i16]>) -> Written {
    let Some(mut column) = group.next_column()? else {
        return Err(parquet::errors::ParquetError::General("more columns than the schema has".to_owned()));
    };
    column.typed::<T>().write_batch(values, levels, None)?;
    column.close()
}
