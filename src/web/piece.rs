//! Pieces of pages, and whole pages: rendered once for each content, and then remembered.
//!
//! `{{piece "web/partials/options" options=search.area_options}}` and `{{piece "web/partials/need_card" this}}` write the same
//! as the partial with these values, or with the fields of this one, and nothing else of the page in sight. What was rendered is found again by the digest of all that it depends on, so that nothing remembered can
//! be out of date: a need that has changed is another content.
use crate::platform::language::Language;
use handlebars::{
    Context, Handlebars, Helper, HelperDef, HelperResult, Output, PathAndJson, RenderContext, RenderError,
    RenderErrorReason,
};
use quick_cache::sync::Cache;
use serde::Serialize;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use std::sync::Arc;

/// Bytes of HTML that are remembered, in all languages: two thousand cards.
const LARGEST: u64 = 4 << 20;
/// What a piece takes beside its HTML, in bytes.
const BESIDE: u64 = 128;
/// What most pieces take, in bytes.
const USUAL: u64 = 2_000;

/// What has been rendered, by the digest of its template and values.
#[derive(Clone)]
pub(super) struct Remembered(Arc<Cache<[u8; 32], Arc<str>, Size>>);

#[derive(Clone)]
struct Size;

impl quick_cache::Weighter<[u8; 32], Arc<str>> for Size {
    fn weight(&self, _: &[u8; 32], html: &Arc<str>) -> u64 {
        html.len() as u64 + BESIDE
    }
}

impl Remembered {
    pub(super) fn new() -> Self {
        let pieces = usize::try_from(LARGEST / USUAL).unwrap_or(4_096);
        Self(Arc::new(Cache::with_weighter(pieces, LARGEST, Size)))
    }

    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// What `render` makes of this template and these values, by their digest.
    pub(super) fn get_or_render<E>(
        &self,
        digest: &[u8; 32],
        render: impl FnOnce() -> Result<Arc<str>, E>,
    ) -> Result<Arc<str>, E> {
        self.0.get_or_insert_with(digest, render)
    }
}

/// The helper of the pages in one language.
pub(super) struct Piece {
    pub language: Language,
    pub remembered: Remembered,
}

impl HelperDef for Piece {
    fn call<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        pages: &'reg Handlebars<'reg>,
        _: &'rc Context,
        _: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        let template = helper.param(0).and_then(|p| p.value().as_str());
        let template = template.ok_or(RenderErrorReason::ParamNotFoundForIndex("piece", 0))?;
        let whole = helper.param(1).map(PathAndJson::value);
        let named = || helper.hash().iter().map(|(name, value)| (*name, value.value()));
        let render = || -> Result<Arc<str>, RenderError> {
            let mut data: Map<String, Value> = whole.and_then(Value::as_object).cloned().unwrap_or_default();
            data.extend(named().map(|(name, value)| (name.to_owned(), value.clone())));
            Ok(pages.render_with_context(template, &Context::from(Value::Object(data)))?.into())
        };
        let values = whole.map(|whole| ("", whole)).into_iter().chain(named());
        let digest = digest(self.language, template, values).map_err(RenderErrorReason::from)?;
        let html = self.remembered.get_or_render(&digest, render)?;
        Ok(out.write(&html)?)
    }
}

/// Of everything that a piece depends on. No text can look like another list of values: JSON has no byte 0.
pub(super) fn digest<'a, V: Serialize + ?Sized + 'a>(
    language: Language,
    template: &str,
    values: impl Iterator<Item = (&'a str, &'a V)>,
) -> serde_json::Result<[u8; 32]> {
    let mut content = Vec::with_capacity(2_048);
    content.extend([language as u8]);
    content.extend(template.as_bytes());
    for (name, value) in values {
        content.push(0);
        content.extend(name.as_bytes());
        content.push(0);
        serde_json::to_writer(&mut content, value)?;
    }
    Ok(Sha256::digest(&content).into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn pages(language: Language, remembered: &Remembered) -> Handlebars<'static> {
        let mut pages = Handlebars::new();
        pages.set_strict_mode(true);
        pages.register_helper("piece", Box::new(Piece { language, remembered: remembered.clone() }));
        let word = if language == Language::En { "Hello" } else { "Hei" };
        pages.register_template_string("greeting", format!("<b>{word} {{{{who}}}}{{{{end}}}}</b>")).unwrap();
        pages
            .register_template_string("page", r#"{{#each all}}{{piece "greeting" who=this end=@root.end}}{{/each}}"#)
            .unwrap();
        pages.register_template_string("wrong", r#"{{piece "greeting" who=1}}"#).unwrap();
        pages.register_template_string("fields", r#"{{#each all}}{{piece "greeting" this end="?"}}{{/each}}"#).unwrap();
        pages
    }

    #[test]
    fn a_piece_is_what_its_template_makes_of_its_values_however_often() {
        let remembered = Remembered::new();
        let (nb, en) = (pages(Language::Nb, &remembered), pages(Language::En, &remembered));
        for _ in 0..3 {
            let data = json!({"all": ["<Kari>", "Ola", "<Kari>"], "end": "!"});
            let html = "<b>Hei &lt;Kari&gt;!</b><b>Hei Ola!</b><b>Hei &lt;Kari&gt;!</b>";
            assert_eq!(nb.render("page", &data).unwrap(), html);
            assert_eq!(en.render("page", &data).unwrap(), html.replace("Hei", "Hello"));
            let data = json!({"all": ["<Kari>"], "end": "?"});
            assert_eq!(nb.render("page", &data).unwrap(), "<b>Hei &lt;Kari&gt;?</b>");
        }
        assert_eq!(remembered.len(), 5);
    }

    #[test]
    fn a_piece_sees_the_fields_of_what_it_is_of() {
        let pages = pages(Language::Nb, &Remembered::new());
        for _ in 0..2 {
            let data = json!({"all": [{"who": "Kari", "end": "!"}, {"who": "Ola"}]});
            assert_eq!(pages.render("fields", &data).unwrap(), "<b>Hei Kari?</b><b>Hei Ola?</b>");
        }
    }

    #[test]
    fn a_piece_that_lacks_a_value_is_an_error_and_not_remembered() {
        let remembered = Remembered::new();
        for _ in 0..2 {
            assert!(pages(Language::Nb, &remembered).render("wrong", &json!({})).is_err());
        }
        assert_eq!(remembered.len(), 0);
    }

    #[test]
    fn what_is_remembered_stays_within_its_bounds() {
        let remembered = Remembered::new();
        let pages = pages(Language::Nb, &remembered);
        for number in 0..3_000 {
            let who = format!("{number}{}", "å".repeat(5_000));
            pages.render("page", &json!({"all": [who], "end": ""})).unwrap();
        }
        assert!(remembered.0.weight() <= LARGEST);
    }
}
