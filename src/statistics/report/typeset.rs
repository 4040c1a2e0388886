//! A report as PDF, by [typst](https://typst.app): the template of the program, two fonts of the program, and the content as
//! data. There is no file system, no network and no other font, and nothing in the content is read as markup.
use super::Content;
use crate::Result;
use crate::platform::wording;
use anyhow::{Context, anyhow};
use chrono::{Datelike, Offset, Timelike};
use std::path::PathBuf;
use std::sync::LazyLock;
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Features, Library, LibraryExt, World};
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

const TEMPLATE: &str = include_str!("../../../templates/report/statistics.typ");
const REGULAR: &[u8] = include_bytes!("../../../assets/fonts/Inter-Regular.ttf");
const SEMIBOLD: &[u8] = include_bytes!("../../../assets/fonts/Inter-SemiBold.ttf");

/// What is remembered between reports: parts of the last one that are the same in the next.
const REMEMBERED: usize = 1;

/// What is the same for all reports.
struct Press {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    template: Source,
    data: FileId,
}

static PRESS: LazyLock<Option<Press>> = LazyLock::new(|| {
    let file = |name: &str| Some(RootedPath::new(VirtualRoot::Project, VirtualPath::new(name).ok()?).intern());
    let fonts: Vec<Font> = [REGULAR, SEMIBOLD].into_iter().filter_map(|font| Font::new(Bytes::new(font), 0)).collect();
    // Cells that name their row are still called an extra.
    let features: Features = [Feature::A11yExtras].into_iter().collect();
    Some(Press {
        library: LazyHash::new(Library::builder().with_features(features).build()),
        book: LazyHash::new(FontBook::from_fonts(&fonts)),
        fonts,
        template: Source::new(file("statistics.typ")?, TEMPLATE.to_owned()),
        data: file("content.json")?,
    })
});

/// Whether every font of a report has the character.
pub(super) fn has_glyph(c: char) -> bool {
    let fonts = PRESS.as_ref().map(|press| press.fonts.as_slice()).unwrap_or_default();
    fonts.iter().all(|font| font.info().coverage.contains(c.into()))
}

/// Sets a report: a tagged PDF by PDF/UA-1, the same for the same content.
///
/// # Errors
/// None that is known: when the library refuses.
pub fn typeset(content: &Content) -> Result<Vec<u8>> {
    let press = PRESS.as_ref().context("the template of the report has no name")?;
    let json = serde_json::to_vec(content).context("the content of a report")?;
    let sheet = Sheet { press, json: Bytes::new(json) };
    let document = typst::compile(&sheet).output.map_err(|e| anyhow!("a report cannot be set: {}", told(&e)))?;
    let standards = PdfStandards::new(&[PdfStandard::Ua_1]).map_err(|e| anyhow!("{}", e.message()))?;
    let options = PdfOptions {
        ident: Smart::Custom(format!("{} {} {}", content.number, content.year, content.language.as_str())),
        creator: Smart::Custom(Some("Brobygger".to_owned())),
        timestamp: timestamp(content),
        standards,
        ..PdfOptions::default()
    };
    let pdf = typst_pdf::pdf(&document, &options).map_err(|e| anyhow!("a report cannot be written: {}", told(&e)));
    typst::comemo::evict(REMEMBERED);
    Ok(pdf?)
}

fn told(errors: &[SourceDiagnostic]) -> String {
    errors.iter().map(|e| e.message.as_str()).collect::<Vec<_>>().join("; ")
}

/// The clock in Norway when it was counted.
fn timestamp(content: &Content) -> Option<Timestamp> {
    let at = wording::in_norway(content.as_of);
    let small = |number: u32| u8::try_from(number).unwrap_or(0);
    let (hour, minute, second) = (small(at.hour()), small(at.minute()), small(at.second()));
    let time = Datetime::from_ymd_hms(at.year(), small(at.month()), small(at.day()), hour, minute, second)?;
    Timestamp::new_local(time, at.offset().fix().local_minus_utc() / 60)
}

/// One report on its way.
struct Sheet<'a> {
    press: &'a Press,
    json: Bytes,
}

impl World for Sheet<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.press.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.press.book
    }

    fn main(&self) -> FileId {
        self.press.template.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main() { Ok(self.press.template.clone()) } else { Err(absent(id)) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.press.data { Ok(self.json.clone()) } else { Err(absent(id)) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.press.fonts.get(index).cloned()
    }

    /// A report does not ask: when it was made is a text of its content.
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn absent(id: FileId) -> FileError {
    FileError::NotFound(PathBuf::from(id.get().vpath().get_without_slash()))
}
