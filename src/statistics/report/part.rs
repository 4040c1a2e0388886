//! One part of a report: the key figures of a source, each indicator with its chart and its table, and more tables.
use super::content::{Block, Link, Part, Picture, Table};
use crate::Result;
use crate::op::Op;
use crate::platform::language::Language;
use crate::regulations::{Region, places};
use crate::statistics::chart::Place;
use crate::statistics::shown::{
    Legend, base_number, base_text, can_be_drawn, drawn, legend, moved_note, names, peers_head, peers_name, quoted,
    told_by, value_text, with_base,
};
use crate::statistics::{Answer, Dimension, Figure, Group, Indicator, Peers, Question, Source, Statistics, Sums};
use url::form_urlencoded;

/// Which figures a table has that divides the year: by month and by anything else.
const OF_MONTHS: [Indicator; 5] = [
    Indicator::Notices,
    Indicator::Competitions,
    Indicator::Results,
    Indicator::EstimatedValue,
    Indicator::AwardedValue,
];
const OF_NOTICES: [Indicator; 4] =
    [Indicator::Competitions, Indicator::Results, Indicator::EstimatedValue, Indicator::AwardedValue];
const OF_CASES: [Indicator; 4] =
    [Indicator::Cases, Indicator::ParticipantsPerCase, Indicator::AnswersPerCase, Indicator::OutcomeShare];

/// What a part is about, and for whom.
pub(super) struct Asked<'a> {
    pub statistics: &'a Statistics,
    /// By quarter, beside the whole country.
    pub question: Question,
    /// What it is compared with too.
    pub peers: Vec<Peers>,
    /// What the selection is called in the heads of tables.
    pub selected: &'a str,
    pub language: Language,
    pub public_url: &'a str,
}

/// What the part says in words: the rest is figures.
pub(super) struct Said {
    pub title: String,
    pub lead: String,
    pub note: String,
    pub empty: String,
}

/// The county of a municipality, where it says something else than the municipality does.
pub(super) fn county_of(municipality: &Region, question: &Question) -> Option<Region> {
    let day = question.to?;
    let county: Region = municipality.county_number().parse().ok()?;
    (places().municipalities_of(county.as_str(), day).count() > 1).then_some(county)
}

impl Asked<'_> {
    /// Asks all that the part tells. Gives the part and the answer that its summary is made of.
    pub fn part(&self, op: &mut Op<'_>, said: Said) -> Result<(Part, Answer)> {
        let answer = self.statistics.ask(op, &self.question)?;
        let is_empty = self.number_of_things(&answer.total) == 0;
        let mut part = Part {
            title: said.title,
            lead: said.lead,
            note: said.note,
            empty: is_empty.then_some(said.empty),
            key_figures: None,
            figures: Vec::new(),
            tables: Vec::new(),
            link: self.link(),
        };
        if is_empty {
            return Ok((part, answer));
        }
        let mut beside = Vec::new();
        for peers in &self.peers {
            let question = Question { compare: Some(peers.clone()), ..self.question.clone() };
            let name = peers_name(&question, self.language).unwrap_or_default();
            beside.push((name, self.statistics.ask(op, &question)?));
        }
        part.key_figures = Some(self.key_figures(&answer, &beside));
        // The order of the page: shares say more than counts and sums, which grow with whoever is asked about.
        let (sums, shares): (Vec<Indicator>, Vec<Indicator>) =
            self.question.source.indicators().into_iter().partition(|i| i.is_sum());
        part.figures = shares.into_iter().chain(sums).map(|i| self.block(i, &answer)).collect::<Result<_>>()?;
        for by in self.divisions() {
            part.tables.push(self.division(op, *by)?);
        }
        Ok((part, answer))
    }

    fn number_of_things(&self, sums: &Sums) -> u64 {
        match self.question.source {
            Source::Notices => sums.notices,
            Source::Cases => sums.cases,
        }
    }

    /// How the year is divided beside its quarters.
    fn divisions(&self) -> &'static [Dimension] {
        match self.question.source {
            Source::Notices => &[Dimension::Month, Dimension::Procedure, Dimension::Value, Dimension::Division],
            Source::Cases => &[Dimension::Month, Dimension::Division],
        }
    }

    /// All figures of the year on one page, beside those of its peers and the country.
    fn key_figures(&self, answer: &Answer, beside: &[(String, Answer)]) -> Table {
        let language = self.language;
        let mut columns = vec![language.text("statistics-indicator"), self.selected.to_owned()];
        columns.push(language.text("statistics-base"));
        let names = beside.iter().map(|(peers, _)| peers.clone()).chain(peers_name(&self.question, language));
        columns.extend(names.map(|peers| peers_head(None, &peers, language)));
        let indicators = self.question.source.indicators();
        let of_peers = |indicator: &Indicator| -> Vec<Option<Figure>> {
            let others = beside.iter().map(|(_, answer)| answer.total_of_peers(*indicator));
            others.chain([answer.total_of_peers(*indicator)]).collect()
        };
        let row = |indicator: &Indicator| {
            let text = |figure: Option<Figure>| figure.map_or(String::new(), |f| with_base(*indicator, f, language));
            let figure = indicator.of(&answer.total);
            let mut row = vec![language.text(&indicator.key()), value(*indicator, figure, language)];
            row.push(base(*indicator, figure, language).unwrap_or_default());
            row.extend(of_peers(indicator).into_iter().map(text));
            row
        };
        let figures = indicators.iter().flat_map(|i| of_peers(i).into_iter().flatten().chain([i.of(&answer.total)]));
        Table {
            title: language.text("statistics-report-key-figures"),
            columns,
            rows: indicators.iter().map(row).collect(),
            total: None,
            note: moved_note(figures, language),
        }
    }

    fn block(&self, indicator: Indicator, answer: &Answer) -> Result<Block> {
        let language = self.language;
        let figure = indicator.of(&answer.total);
        Ok(Block {
            name: language.text(&indicator.key()),
            value: value(indicator, figure, language),
            base: if indicator.is_count() { String::new() } else { base_text(indicator, figure, language) },
            definition: language.text(&format!("{}-definition", indicator.key())),
            source: if answer.is_invented {
                told_by(indicator, answer, language)
            } else {
                indicator.authority().to_owned()
            },
            references: quoted(indicator, language),
            legend: self.compared(indicator),
            chart: self.chart(indicator, answer)?,
            table: self.quarters(indicator, answer),
        })
    }

    /// The names in the chart. Sums are compared in the table only: beside those of a whole country nobody sees one's own.
    fn compared(&self, indicator: Indicator) -> Option<Legend> {
        let legend = legend(&self.question, self.language).filter(|_| !indicator.is_sum())?;
        Some(Legend { selected: self.selected.to_owned(), ..legend })
    }

    fn chart(&self, indicator: Indicator, answer: &Answer) -> Result<Option<Picture>> {
        if !can_be_drawn(indicator, answer) {
            return Ok(None);
        }
        let compared = self.compared(indicator);
        let svg = drawn(indicator, answer, compared.as_ref(), Place::Report, self.language)?;
        let name = self.language.text(&indicator.key());
        let alt = match &compared {
            Some(legend) => self.language.text_with(
                "statistics-report-chart-compared",
                [
                    ("indicator", name.as_str().into()),
                    ("selected", legend.selected.as_str().into()),
                    ("peers", legend.peers.as_str().into()),
                ],
            ),
            None => self.language.text_with("statistics-report-chart", [("indicator", name.as_str().into())]),
        };
        Ok(Some(Picture { svg, alt }))
    }

    fn quarters(&self, indicator: Indicator, answer: &Answer) -> Table {
        let language = self.language;
        let row = |name: String, figure: Figure, peers: Option<Figure>| {
            let mut row = vec![name, value(indicator, figure, language)];
            row.extend(peers.map(|peers| with_base(indicator, peers, language)));
            row.extend(base(indicator, figure, language));
            row
        };
        let mut columns = vec![language.text("statistics-by-quarter"), self.selected.to_owned()];
        columns.extend(peers_name(&self.question, language).map(|peers| peers_head(Some(indicator), &peers, language)));
        columns.extend((!indicator.is_count()).then(|| language.text("statistics-base")));
        let of_group = |group: &Group| {
            let peers = answer.figure_of_peers(&group.keys, indicator);
            row(names(answer, &group.keys, language), group.figure(indicator), peers)
        };
        let total =
            row(language.text("statistics-total"), indicator.of(&answer.total), answer.total_of_peers(indicator));
        let of_groups = answer.groups.iter().flat_map(|group| {
            [Some(group.figure(indicator)), answer.figure_of_peers(&group.keys, indicator)].into_iter().flatten()
        });
        let of_all = [Some(indicator.of(&answer.total)), answer.total_of_peers(indicator)].into_iter().flatten();
        Table {
            title: String::new(),
            columns,
            rows: answer.groups.iter().map(of_group).collect(),
            total: Some(total),
            note: moved_note(of_groups.chain(of_all), language),
        }
    }

    /// The year divided by something else, without anybody beside it.
    fn division(&self, op: &mut Op<'_>, by: Dimension) -> Result<Table> {
        let question = Question { by: vec![by], compare: None, ..self.question.clone() };
        let answer = self.statistics.ask(op, &question)?;
        let language = self.language;
        let indicators: &[Indicator] = match (question.source, by) {
            (Source::Notices, Dimension::Month) => &OF_MONTHS,
            (Source::Notices, _) => &OF_NOTICES,
            (Source::Cases, _) => &OF_CASES,
        };
        let of = |name: String, sums: &Sums| {
            let figures = indicators.iter().map(|i| value(*i, i.of(sums), language));
            std::iter::once(name).chain(figures).collect::<Vec<_>>()
        };
        let by_name = language.text(&format!("statistics-by-{}", by.as_str()));
        let heads = indicators.iter().map(|i| language.text(&i.key()));
        Ok(Table {
            title: language.text_with("statistics-report-divided", [("by", within_sentence(&by_name).into())]),
            columns: std::iter::once(by_name).chain(heads).collect(),
            rows: answer.groups.iter().map(|g| of(names(&answer, &g.keys, language), &g.sums)).collect(),
            total: Some(of(language.text("statistics-total"), &answer.total)),
            note: moved_note(
                (answer.groups.iter().map(|group| &group.sums).chain([&answer.total]))
                    .flat_map(|sums| indicators.iter().map(|indicator| indicator.of(sums))),
                language,
            ),
        })
    }

    /// The page where the same is asked.
    fn link(&self) -> Link {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(self.question.parameters());
        Link {
            url: format!("{}/{}/statistikk?{}", self.public_url, self.language.as_str(), query.finish()),
            text: self.language.text("statistics-report-link"),
        }
    }
}

/// `Måned` becomes `måned`, and `CPV` stays.
fn within_sentence(name: &str) -> String {
    let mut letters = name.chars();
    match (letters.next(), letters.next()) {
        (Some(first), Some(second)) if second.is_lowercase() => {
            first.to_lowercase().chain(name.chars().skip(1)).collect()
        }
        _ => name.to_owned(),
    }
}

/// None for a count.
fn base(indicator: Indicator, figure: Figure, language: Language) -> Option<String> {
    (!indicator.is_count()).then(|| base_number(indicator, figure, language))
}

fn value(indicator: Indicator, figure: Figure, language: Language) -> String {
    value_text(figure, indicator.unit(), language)
}
