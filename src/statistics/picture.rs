//! One figure as a picture that can stand alone: what it shows, of what, in how much, when, and where from.
use super::chart::Place;
use super::press::{self, Template};
use super::selection;
use super::shown::{Legend, base_text, can_be_drawn, drawn, left_out, legend, told_by, value_text};
use super::{Answer, Indicator, Question};
use crate::Result;
use crate::platform::db::types::Timestamp;
use crate::platform::language::Language;
use crate::platform::wording;
use anyhow::Context;
use serde::Serialize;
use typst::layout::Abs;
use typst_render::{RenderOptions, render_merged};

/// What the template shows.
#[derive(Serialize)]
pub(super) struct Picture {
    language: Language,
    source: String,
    title: String,
    /// All groups together.
    value: String,
    base: String,
    selection: Vec<String>,
    legend: Option<Legend>,
    definition: String,
    /// None where there is nothing to draw; then `empty` says so.
    svg: Option<String>,
    empty: String,
    left_out: Option<String>,
    /// From where the figures are, and when they were counted.
    origin: String,
}

/// `host` is where the figures can be had.
pub(super) fn picture(
    indicator: Indicator,
    question: &Question,
    answer: &Answer,
    as_of: Timestamp,
    host: &str,
    language: Language,
) -> Result<Picture> {
    let legend = legend(question, language).filter(|_| !indicator.is_sum());
    let figure = indicator.of(&answer.total);
    let counted = wording::day(as_of, language);
    let (title, source) = (indicator.key(), format!("statistics-source-{}", question.source.as_str()));
    let (title, source) = (language.text(&title), language.text(&source));
    Ok(Picture {
        language,
        // What counts all of them is called as they are.
        source: if source == title { String::new() } else { source },
        title,
        value: value_text(figure, indicator.unit(), language),
        base: if indicator.is_count() { String::new() } else { base_text(indicator, figure, language) },
        // With what it is compared stands beside the ring.
        selection: (selection::answered(&Question { compare: None, ..question.clone() }, answer, language).into_iter())
            .map(|asked| format!("{}: {}", asked.name, asked.value))
            .collect(),
        definition: language.text(&format!("{}-definition", indicator.key())),
        left_out: left_out(answer, language),
        svg: can_be_drawn(indicator, answer)
            .then(|| drawn(indicator, answer, legend.as_ref(), Place::Report, language))
            .transpose()?,
        empty: if answer.groups.is_empty() {
            language.text(&format!("statistics-empty-{}", question.source.as_str()))
        } else {
            language.text("statistics-not-drawn")
        },
        legend,
        origin: language.text_with(
            "statistics-picture-origin",
            [
                ("host", host.into()),
                ("counted", counted.as_str().into()),
                ("source", told_by(indicator, answer, language).into()),
            ],
        ),
    })
}

impl Picture {
    /// 1,200 pixels wide, and 630 high or as high as the chart needs: what most places show a link with.
    ///
    /// # Errors
    /// None that is known: when a library refuses.
    pub fn png(&self) -> Result<Vec<u8>> {
        press::set(Template::Picture, self, |document| {
            let pixels = render_merged(document, &RenderOptions::default(), Abs::zero(), None);
            pixels.encode_png().context("a picture cannot be written")
        })
    }
}
