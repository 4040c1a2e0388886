//! Sets reports and pictures by [typst](https://typst.app): the templates of the program, two fonts of the program, and the
//! content as data. There is no file system, no network and no other font, and nothing in the content is read as markup.
use crate::{Error, Result};
use anyhow::{Context, anyhow};
use serde::Serialize;
use std::path::PathBuf;
use std::sync::LazyLock;
use std::time::Duration;
use tokio::sync::{Semaphore, SemaphorePermit};
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Output};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Features, Library, LibraryExt, World};

const REPORT: &str = include_str!("../../templates/report/statistics.typ");
const PICTURE: &str = include_str!("../../templates/report/picture.typ");
const REGULAR: &[u8] = include_bytes!("../../assets/fonts/Inter-Regular.ttf");
const SEMIBOLD: &[u8] = include_bytes!("../../assets/fonts/Inter-SemiBold.ttf");

/// What is set at the same time: each takes a processor and some tens of megabytes while it lasts.
static TURNS: Semaphore = Semaphore::const_new(2);

/// How long somebody waits for a turn.
const PATIENCE: Duration = Duration::from_secs(20);

/// What is remembered between two: parts of the last one that are the same in the next.
const REMEMBERED: usize = 1;

/// Waits for a turn, which is held while something is set.
///
/// # Errors
/// `Unavailable` where too many wait.
pub(super) async fn turn() -> Result<SemaphorePermit<'static>> {
    let turn = tokio::time::timeout(PATIENCE, TURNS.acquire()).await;
    turn.ok().and_then(Result::ok).ok_or(Error::Unavailable("the press"))
}

/// What is set.
#[derive(Debug, Clone, Copy)]
pub(super) enum Template {
    /// A year on sheets of paper.
    Report,
    /// One figure, to be shared.
    Picture,
}

/// What is the same whatever is set.
struct Press {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    report: Source,
    picture: Source,
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
        report: Source::new(file("statistics.typ")?, REPORT.to_owned()),
        picture: Source::new(file("picture.typ")?, PICTURE.to_owned()),
        data: file("content.json")?,
    })
});

/// Whether every font of a report has the character.
pub(super) fn has_glyph(c: char) -> bool {
    let fonts = PRESS.as_ref().map(|press| press.fonts.as_slice()).unwrap_or_default();
    fonts.iter().all(|font| font.info().coverage.contains(c.into()))
}

/// Sets `content` by the template, as what `render` makes of it. The same content gives the same.
///
/// # Errors
/// None that is known: when the library refuses.
pub(super) fn set<D: Output, T>(
    template: Template,
    content: &impl Serialize,
    render: impl FnOnce(&D) -> anyhow::Result<T>,
) -> Result<T> {
    let press = PRESS.as_ref().context("a template has no name")?;
    let json = serde_json::to_vec(content).context("what is to be set")?;
    let template = match template {
        Template::Report => &press.report,
        Template::Picture => &press.picture,
    };
    let sheet = Sheet { press, template, json: Bytes::new(json) };
    let document = typst::compile(&sheet).output.map_err(|e| anyhow!("it cannot be set: {}", told(&e)))?;
    let rendered = render(&document);
    typst::comemo::evict(REMEMBERED);
    Ok(rendered?)
}

pub(super) fn told(errors: &[SourceDiagnostic]) -> String {
    errors.iter().map(|e| e.message.as_str()).collect::<Vec<_>>().join("; ")
}

/// One on its way.
struct Sheet<'a> {
    press: &'a Press,
    template: &'a Source,
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
        self.template.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main() { Ok(self.template.clone()) } else { Err(absent(id)) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.press.data { Ok(self.json.clone()) } else { Err(absent(id)) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.press.fonts.get(index).cloned()
    }

    /// Nobody asks: when it was made is a text of the content.
    fn today(&self, _: Option<typst::foundations::Duration>) -> Option<Datetime> {
        None
    }
}

fn absent(id: FileId) -> FileError {
    FileError::NotFound(PathBuf::from(id.get().vpath().get_without_slash()))
}
