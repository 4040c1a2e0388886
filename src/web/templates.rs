//! The templates of pages: read once for each language, with its texts in place.
use super::labels::Labels;
use super::piece::{Piece, Remembered};
use crate::Result;
use crate::identity::Secret;
use crate::platform::language::{Arg, Language};
use aho_corasick::AhoCorasick;
use anyhow::Context as _;
use handlebars::{
    Context, Handlebars, Helper, HelperDef, RenderContext, RenderError, RenderErrorReason, ScopedJson, html_escape,
};
use rust_embed::RustEmbed;
use serde_json::Value;
use std::collections::HashMap;

#[derive(RustEmbed)]
#[folder = "templates/"]
#[include = "web/*"]
struct Templates;

/// All page templates, once for each language, and what they made of what many are shown.
pub struct Pages {
    languages: [Handlebars<'static>; 3],
    /// What the fields of each template are called.
    labels: HashMap<String, Labels>,
    pub(super) remembered: Remembered,
    pub(super) marks: Marks,
}

/// What stands in a remembered page where everyone has something of their own. Nobody can know it, and so write it into a
/// text of theirs.
pub(super) struct Marks {
    pub csrf: String,
    pub form_key: String,
    both: AhoCorasick,
}

impl Marks {
    fn new() -> Result<Self> {
        let [csrf, form_key] = [Secret::generate().into_string(), Secret::generate().into_string()];
        let both = AhoCorasick::new([&csrf, &form_key]).context("what stands in for tokens cannot be looked for")?;
        Ok(Self { csrf, form_key, both })
    }

    /// The page with what is somebody's own in their places.
    pub(super) fn replaced(&self, html: &str, csrf: &str, form_key: &str) -> String {
        self.both.replace_all(html, &[csrf, form_key])
    }
}

impl Pages {
    /// # Errors
    /// When a template cannot be read, or asks for a text that there is not.
    pub fn load() -> Result<Self> {
        let remembered = Remembered::new();
        let [nb, nn, en] = [Language::Nb, Language::Nn, Language::En].map(|language| load(language, &remembered));
        Ok(Self { languages: [nb?, nn?, en?], labels: labels(), remembered, marks: Marks::new()? })
    }

    /// Of these templates, in all languages the same.
    #[cfg(test)]
    pub(super) fn of(templates: &[(&str, &str)]) -> Self {
        let mut pages = Handlebars::new();
        pages.set_strict_mode(true);
        for (name, source) in templates {
            pages.register_template_string(name, *source).unwrap();
        }
        Self {
            languages: [pages.clone(), pages.clone(), pages],
            labels: HashMap::new(),
            remembered: Remembered::new(),
            marks: Marks::new().unwrap(),
        }
    }

    /// Names the fields of what is wrong with a form.
    pub(super) fn label(&self, template: &str, errors: &mut [Value], language: Language) {
        if let Some(labels) = self.labels.get(template).filter(|_| !errors.is_empty()) {
            labels.name(errors, language);
        }
    }

    /// What the fields of a form are called, and whether one chooses there instead of writing; of no form, if another has as many of
    /// them.
    pub(super) fn labels_of<'a>(&self, names: &[&'a str], language: Language) -> Vec<(&'a str, String, bool)> {
        let mut best = Vec::new();
        let mut others_have_as_many = false;
        for labels in self.labels.values() {
            let found: Vec<_> = names
                .iter()
                .filter_map(|name| Some((*name, labels.label(name, language)?, labels.is_choice(name))))
                .collect();
            if found.len() > best.len() {
                (best, others_have_as_many) = (found, false);
            } else if found.len() == best.len() && found != best {
                others_have_as_many = true;
            }
        }
        if others_have_as_many { Vec::new() } else { best }
    }

    pub(super) fn render(&self, language: Language, template: &str, data: &Context) -> Result<String> {
        let text = self.languages[language as usize].render_with_context(template, data);
        Ok(text.with_context(|| format!("the page {template} could not be rendered"))?)
    }
}

fn labels() -> HashMap<String, Labels> {
    let source = |name: &str| {
        let file = Templates::get(&format!("{name}.hbs"))?;
        String::from_utf8(file.data.into_owned()).ok()
    };
    let names = Templates::iter().filter_map(|path| path.strip_suffix(".hbs").map(str::to_owned));
    let forms = names.filter(|name| !name.starts_with("web/partials/"));
    forms.map(|name| (name.clone(), Labels::read(&name, &source))).collect()
}

fn load(language: Language, remembered: &Remembered) -> Result<Handlebars<'static>> {
    let mut pages = Handlebars::new();
    pages.set_strict_mode(true);
    // A partial that stands indented must not indent what someone typed into a textarea.
    pages.set_prevent_indent(true);
    pages.register_helper("t", Box::new(Text(language)));
    pages.register_helper("piece", Box::new(Piece { language, remembered: remembered.clone() }));
    for path in Templates::iter() {
        let Some(name) = path.strip_suffix(".hbs") else { continue };
        let file = Templates::get(&path).context("an embedded file is missing")?;
        let source = std::str::from_utf8(&file.data).with_context(|| format!("{path} is not UTF-8"))?;
        let source = with_fixed_texts(source, language).with_context(|| format!("the template {path}"))?;
        pages.register_template_string(name, source).with_context(|| format!("the template {path}"))?;
    }
    Ok(pages)
}

/// Puts the texts that need no arguments in place once, instead of at every view: `{{t "key"}}` becomes the text, and
/// `(t "key")` the text in quotation marks.
fn with_fixed_texts(source: &str, language: Language) -> anyhow::Result<String> {
    let text = |key: &str| language.find(key).with_context(|| format!("there is no text `{key}`"));
    let source = replaced(source, "{{t \"", "\"}}", |key| Ok(Some(html_escape(&text(key)?))))?;
    replaced(&source, "(t \"", "\")", |key| {
        // A literal cannot hold every character; what it cannot hold is looked up at every view.
        Ok(Some(text(key)?).filter(|text| !text.contains(['"', '\\', '\n'])).map(|text| format!("\"{text}\"")))
    })
}

/// `source` with each key between `open` and `close` replaced, brackets and all, unless `f` gives nothing.
fn replaced(
    source: &str,
    open: &str,
    close: &str,
    f: impl Fn(&str) -> anyhow::Result<Option<String>>,
) -> anyhow::Result<String> {
    let mut out = String::with_capacity(source.len() * 2);
    let mut rest = source;
    while let Some(start) = rest.find(open) {
        let (before, found) = rest.split_at(start);
        out.push_str(before);
        let inner = &found[open.len()..];
        let key =
            inner.split_once(close).filter(|(key, _)| key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'));
        match key.map(|(key, after)| anyhow::Ok((f(key)?, after))).transpose()? {
            Some((Some(text), after)) => {
                out.push_str(&text);
                rest = after;
            }
            Some((None, _)) | None => {
                out.push_str(open);
                rest = inner;
            }
        }
    }
    out.push_str(rest);
    Ok(out)
}

/// `{{t "key" count=n}}`
struct Text(Language);

impl HelperDef for Text {
    fn call_inner<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        _: &'rc Context,
        _: &mut RenderContext<'reg, 'rc>,
    ) -> std::result::Result<ScopedJson<'rc>, RenderError> {
        let key =
            helper.param(0).and_then(|p| p.value().as_str()).ok_or(RenderErrorReason::ParamNotFoundForIndex("t", 0))?;
        let args = helper.hash().iter().map(|(name, value)| {
            let value = match value.value() {
                Value::Number(n) => Arg::Number(n.as_i64().unwrap_or_default()),
                Value::String(s) => Arg::Text(s.as_str().into()),
                other => Arg::Text(other.to_string().into()),
            };
            ((*name).to_owned(), value)
        });
        let text = self.0.find_with(key, args);
        let text =
            text.ok_or_else(|| RenderErrorReason::Other(format!("there is no text `{key}`, or it takes more")))?;
        Ok(ScopedJson::Derived(Value::String(text)))
    }
}
