//! One figure on the page: its chart, its table, and what it means.
use super::address;
use crate::Result;
use crate::platform::language::Language;
use crate::statistics::chart::Place;
use crate::statistics::selection::period_text;
use crate::statistics::shown::{
    Legend, Quoted, base_number, can_be_drawn, drawn, left_out, legend, names, peers_head, quoted, told_by, value_text,
    with_base,
};
use crate::statistics::{self, Answer, Indicator, Question, Sums};
use serde::Serialize;

/// Rows that a table on the page has: as many as there are municipalities, and some. The files have all.
const MOST_ROWS: u32 = 400;

/// Rows of a table that find room beside its chart on paper.
const BESIDE: usize = 25;

/// An indicator with its chart, its table and what it means.
#[derive(Serialize)]
pub(super) struct Figure {
    code: &'static str,
    name: String,
    definition: String,
    base: String,
    /// The days from which there are figures.
    period: String,
    source: String,
    references: Vec<Quoted>,
    /// None where there is nothing to draw.
    svg: Option<String>,
    picture_url: String,
    /// Some groups are only in the table, and some only in the files.
    cut: String,
    by: String,
    rows: Vec<TableRow>,
    /// On paper it stands below its chart, closer and in columns.
    is_long: bool,
    total: TableRow,
    is_count: bool,
    /// Whether its peers stand in the table only.
    is_sum: bool,
    /// The names of the selection and of its peers, where it is compared.
    legend: Option<Legend>,
    /// What stands above the column of the peers, whose base stands behind their figures.
    peers_head: Option<String>,
}

#[derive(Serialize)]
pub(super) struct TableRow {
    group: String,
    value: String,
    base: String,
    peers: Option<String>,
}

pub(super) fn figure(
    indicator: Indicator,
    question: &Question,
    answer: &Answer,
    root: &str,
    language: Language,
) -> Result<Figure> {
    let row = |group: String, sums: &Sums, of_peers: Option<statistics::Figure>| {
        let figure = indicator.of(sums);
        TableRow {
            group,
            value: value_text(figure, indicator.unit(), language),
            base: base_number(indicator, figure, language),
            peers: of_peers.map(|figure| with_base(indicator, figure, language)),
        }
    };
    let legend = legend(question, language);
    let by: Vec<String> = answer.by.iter().map(|by| language.text(&format!("statistics-by-{}", by.as_str()))).collect();
    let mut cut: Vec<String> = left_out(answer, language).into_iter().collect();
    if answer.groups.len() > MOST_ROWS as usize {
        cut.push(language.text_with("statistics-cut-table", [("number", i64::from(MOST_ROWS).into())]));
    } else if !cut.is_empty() {
        cut.push(language.text("statistics-cut-table-has-all"));
    }
    Ok(Figure {
        code: indicator.as_str(),
        name: language.text(&indicator.key()),
        definition: language.text(&format!("{}-definition", indicator.key())),
        base: language.text(&format!("{}-base", indicator.key())),
        period: answer.period.map_or_else(String::new, |days| period_text(days, language)),
        source: told_by(indicator, answer, language),
        references: quoted(indicator, language),
        svg: can_be_drawn(indicator, answer)
            .then(|| drawn(indicator, answer, legend.as_ref(), Place::Page, language))
            .transpose()?,
        picture_url: address(root, &format!("/statistikk/bilde/{}", indicator.as_str()), &question.parameters()),
        cut: cut.join(" "),
        by: by.join(", "),
        rows: answer
            .groups
            .iter()
            .take(MOST_ROWS as usize)
            .map(|group| {
                let of_peers = answer.figure_of_peers(&group.keys, indicator);
                row(names(answer, &group.keys, language), &group.sums, of_peers)
            })
            .collect(),
        is_long: answer.groups.len() > BESIDE,
        total: row(language.text("statistics-total"), &answer.total, answer.total_of_peers(indicator)),
        is_count: indicator.is_count(),
        is_sum: indicator.is_sum(),
        peers_head: legend.as_ref().map(|legend| peers_head(Some(indicator), &legend.peers, language)),
        legend,
    })
}
