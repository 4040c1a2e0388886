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

/// What a column holds.
#[derive(Debug, Clone, Copy)]
enum Kind {
    /// Null where it is not told, as of the next two.
    Text,
    Day,
    /// In hundredths.
    Amount,
    Count,
    Flag,
}
use Kind::{Amount, Count, Day, Flag, Text};

impl Kind {
    /// A field of the file.
    fn field(self, name: &str) -> String {
        match self {
            Text => format!("optional binary {name} (STRING);"),
            Day => format!("optional int32 {name} (DATE);"),
            Amount => format!("optional int64 {name};"),
            Count => format!("required int32 {name};"),
            Flag => format!("required boolean {name};"),
        }
    }
}

/// The columns, in the order in which they are written: names as in the page's files where they are the same. `docs/statistics.md` has
/// them as a table.
const COLUMNS: [(&str, Kind, &str); 41] = [
    ("notice_id", Text, "BT-701: the identifier, the same in all versions of a notice"),
    ("version", Text, "BT-757"),
    ("procedure_id", Text, "BT-04: the procedure that it belongs to"),
    ("publication_id", Text, "OPP-010: its number on TED"),
    ("form", Text, "BT-03: `planning`, `consultation`, `competition`, `result` …"),
    ("subtype", Text, "OPP-070: `16`, `E3` …"),
    ("procedure", Text, "BT-105: `open`, `innovation` …"),
    ("issued_on", Day, "BT-05: the day on which it was sent"),
    ("country", Text, "BT-514 of the first buyer: `NOR`"),
    ("buyer", Text, "BT-501 of the first buyer, where it is a Norwegian organisation number"),
    ("buyer_name", Text, "BT-500 of the first buyer"),
    ("buyer_type", Text, "BT-11 of the first buyer that tells it"),
    ("county", Text, "The number of the county of the buyer: `03`"),
    ("municipality", Text, "The number of the municipality that buys: `0301`"),
    ("nature", Text, "BT-23: `works`, `supplies` or `services`"),
    ("cpv", Text, "BT-262: the main code"),
    ("estimated_value", Amount, "BT-27, else the sum over the lots, in hundredths of its currency, without VAT"),
    ("estimated_currency", Text, "Of `estimated_value`: `NOK`"),
    (
        "awarded_value",
        Amount,
        "BT-161, else the sum over the tenders that won (BT-720), in hundredths of its currency, without VAT",
    ),
    ("awarded_currency", Text, "Of `awarded_value`"),
    ("lots", Count, "Lots (BT-137); the parts of a plan are not among them"),
    ("innovation", Text, "BT-776: codes with commas between"),
    ("aims", Text, "BT-06: codes with commas between"),
    ("is_change", Flag, "It changes an earlier notice (BT-758, BT-140)"),
    ("is_newest", Flag, "It counts: the last version that is no change"),
    ("follows_notice", Flag, "It points at a notice before it (BT-125, OPP-090)"),
    (
        "previous_notices",
        Text,
        "Those that it points at, with commas between: BT-701 in small letters, `53150-2024` for a number on TED",
    ),
    ("tender_deadline_on", Day, "BT-131, or BT-1311 where only that is told: the first of its lots"),
    ("decided_on", Day, "BT-1451: the first day on which a contract was decided on"),
    ("lot_results", Count, "Lots with a result"),
    ("lots_awarded", Count, "Lots that somebody won (BT-142 `selec-w`)"),
    ("lots_closed", Count, "Lots that ended without a winner (BT-142 `clos-nw`)"),
    ("lots_counted", Count, "Lots won of which the number of tenders is told (BT-759)"),
    ("lots_single", Count, "Of these, lots with one tender"),
    ("tenders", Count, "Tenders for the lots of `lots_counted`"),
    ("sme_tenders", Count, "Tenders from small and medium-sized companies (BT-760 `t-sme`)"),
    ("sme_base", Count, "All tenders for the lots that tell `sme_tenders`"),
    ("winners", Count, "Organisations that won, each once"),
    ("winners_sized", Count, "Of these, those whose size is told (BT-165)"),
    ("winners_sme", Count, "Of these, small and medium-sized ones"),
    ("winner_numbers", Text, "BT-501 of those who won: Norwegian organisation numbers with commas between"),
];

/// Writes all notices to `to`, with a note if they are made up for a demonstration. Gives how many.
///
/// # Errors
/// When the database refuses, or `to` does.
pub fn write_notices(db: &mut Db, to: impl Write + Send, is_invented: bool) -> Result<u64> {
    let fields: String = COLUMNS.iter().map(|(name, kind, _)| kind.field(name)).collect();
    let schema = Arc::new(parse_message_type(&format!("message notices {{ {fields} }}")).context("Parquet")?);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::language::Language;
    use crate::statistics::{Indicator, Source};

    const DOCUMENT: &str = include_str!("../../../docs/statistics.md");

    impl Kind {
        fn told(self) -> &'static str {
            match self {
                Text => "text",
                Day => "date",
                Amount => "integer, may be null",
                Count => "integer",
                Flag => "boolean",
            }
        }
    }

    /// The lines of the table below `head`.
    fn table(head: &str) -> Vec<&'static str> {
        DOCUMENT.lines().skip_while(|line| *line != head).skip(2).take_while(|line| line.starts_with('|')).collect()
    }

    #[test]
    fn the_document_has_the_columns_of_the_file() {
        let rows = COLUMNS.iter().map(|(name, kind, what)| format!("| `{name}` | {} | {what} |", kind.told()));
        assert_eq!(table("| column | type | what it is |"), rows.collect::<Vec<_>>());
    }

    #[test]
    fn the_document_has_the_columns_of_every_other_file() {
        let said = |indicator: &Indicator, of: &str| Language::En.text(&format!("{}{of}", indicator.key()));
        let rows = [Source::Notices, Source::Cases].into_iter().flat_map(Source::indicators).map(|indicator| {
            let base = if indicator.is_count() { "–".to_owned() } else { said(&indicator, "-base") };
            let (code, unit) = (indicator.as_str(), indicator.unit().as_str());
            format!("| `{code}` | {unit} | {} | {base} |", said(&indicator, ""))
        });
        assert_eq!(table("| column | unit | what it is | divided by, or counted over |"), rows.collect::<Vec<_>>());
    }
}
