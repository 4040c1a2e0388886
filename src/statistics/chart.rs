//! Charts as SVG, made on the server: no script, one colour that prints in grey, and a title that screen readers read. The
//! numbers stand in a table beside each.
use super::indicator::Unit;
use crate::Result;
use crate::platform::language::Language;
use crate::platform::wording;
use anyhow::anyhow;
use plotters::coord::ranged1d::SegmentValue;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

/// Half a page of paper wide, and little wider than a phone.
const WIDTH: u32 = 350;
const HEIGHT: u32 = 230;
/// Of a group's name, and of the bar below it.
const NAME: u32 = 26;
const BAR: u32 = 20;
/// Between a bar and the name of the next.
const AFTER: u32 = 8;
/// Of the bar, counted from the lower end of its place.
const MIDDLE: i32 = -14;
/// Bars that are drawn; the table has all.
pub const MOST_BARS: u32 = 25;

const INK: RGBColor = RGBColor(30, 43, 60);
const LINE: RGBColor = RGBColor(208, 215, 222);
const FILL: RGBColor = RGBColor(0, 98, 186);
/// The pages have the one, paper and pictures the other.
const FONT: &str = "Inter Variable, Inter, sans-serif";

/// A group: its name and its value, and that of peers. None where there is nothing to divide by, or nothing to compare.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    pub name: String,
    pub value: Option<f64>,
    /// The value in words: beside a bar.
    pub told: String,
    pub peers: Option<f64>,
}

impl Point {
    /// How far its bar reaches. A bar of no length is none.
    fn length(&self) -> Option<f64> {
        self.value.filter(|value| *value > 0.0)
    }
}

/// Where a chart is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Page,
    /// Beside a table, on paper.
    Report,
}

impl Place {
    /// Of its letters, in the library's measure: 1.24 of it are a unit of the drawing. A phone makes the drawing smaller.
    const fn letters(self) -> u32 {
        match self {
            Self::Page => 18,
            Self::Report => 14,
        }
    }
}

/// What a chart shows.
pub struct Chart<'a> {
    pub title: &'a str,
    pub points: &'a [Point],
    /// What the selection and its peers are called, where there are peers.
    pub names: Option<(&'a str, &'a str)>,
    pub unit: Unit,
    /// Whether groups follow each other in time.
    pub is_time: bool,
    pub place: Place,
    pub language: Language,
}

impl Chart<'_> {
    /// Columns from left to right for time, bars from top to bottom for everything else.
    ///
    /// # Errors
    /// None that is known: when the library refuses.
    pub fn svg(&self) -> Result<String> {
        let mut svg = String::new();
        if self.is_time { self.columns(&mut svg) } else { self.bars(&mut svg) }.map_err(|e| anyhow!("a chart: {e}"))?;
        Ok(self.titled(&svg))
    }

    /// What a screen reader says instead of the picture.
    fn titled(&self, svg: &str) -> String {
        let title = match self.names {
            Some((selected, peers)) => format!("{}: {selected} (■), {peers} (○)", self.title),
            None => self.title.to_owned(),
        };
        let title = handlebars::html_escape(&title);
        // What is thinner than a pixel has no width, which some who read SVG complain of.
        let is_flat = |line: &str| line.contains(" width=\"0\"") || line.contains(" height=\"0\"");
        let is_seen = |line: &&str| !(line.starts_with("<rect") && is_flat(line));
        match svg.split_once('>') {
            Some((head, rest)) => {
                let rest: Vec<&str> = rest.split('\n').filter(is_seen).collect();
                format!("{head} role=\"img\"><title>{title}</title>{}", rest.join("\n"))
            }
            None => String::new(),
        }
    }

    /// What stands at the axis: nothing at half a thing, which would be written as a whole one.
    fn tick(&self, value: f64) -> String {
        let is_half = self.unit == Unit::Count && value.fract() != 0.0;
        if is_half { String::new() } else { shown(value, self.unit, self.language) }
    }

    fn largest(&self) -> f64 {
        let values = self.points.iter().flat_map(|point| [point.value, point.peers]).flatten();
        let largest = values.fold(0.0, f64::max);
        if largest > 0.0 { largest * 1.1 } else { 1.0 }
    }

    /// Places along the axis of the groups, and that of the first group: one alone stands in the middle of three, for an axis of
    /// one place has no length.
    fn places(shown: usize) -> (usize, usize) {
        if shown == 1 { (3, 1) } else { (shown.max(2), 0) }
    }

    fn columns(&self, svg: &mut String) -> Result<(), Box<dyn std::error::Error>> {
        let (for_kroner, for_others) = match self.place {
            Place::Page => (108, 66),
            Place::Report => (84, 50),
        };
        let root = SVGBackend::with_string(svg, (WIDTH, HEIGHT)).into_drawing_area();
        let (count, first) = Self::places(self.points.len());
        let placed = || self.points.iter().enumerate().map(|(at, point)| (at + first, point));
        let mut chart = ChartBuilder::on(&root)
            .margin(8)
            .x_label_area_size(30)
            .y_label_area_size(if self.unit == Unit::Kroner { for_kroner } else { for_others })
            .build_cartesian_2d((0..count - 1).into_segmented(), 0.0..self.largest())?;
        let name = |at: &SegmentValue<usize>| match at {
            SegmentValue::CenterOf(at) => at
                .checked_sub(first)
                .and_then(|at| self.points.get(at))
                .map_or(String::new(), |point| point.name.clone()),
            SegmentValue::Exact(_) | SegmentValue::Last => String::new(),
        };
        chart
            .configure_mesh()
            .disable_x_mesh()
            .axis_style(LINE)
            .bold_line_style(LINE)
            .light_line_style(TRANSPARENT)
            .x_labels(count.min(if self.points.iter().any(|point| point.name.len() > 4) { 3 } else { 6 }))
            .y_labels(5)
            .x_label_formatter(&name)
            .y_label_formatter(&|value| self.tick(*value))
            .label_style((FONT, self.place.letters()).into_font().color(&INK))
            .draw()?;
        chart.draw_series(placed().filter_map(|(at, point)| {
            let corners = [(SegmentValue::Exact(at), 0.0), (SegmentValue::Exact(at + 1), point.length()?)];
            let mut column = Rectangle::new(corners, FILL.filled());
            let gap = if count > 30 { 1 } else { 5 };
            column.set_margin(0, 0, gap, gap);
            Some(column)
        }))?;
        let peers = || placed().filter_map(|(at, p)| Some((SegmentValue::CenterOf(at), p.peers?)));
        chart.draw_series(LineSeries::new(peers(), INK.stroke_width(2)))?;
        chart.draw_series(peers().map(|at| Circle::new(at, 4, WHITE.filled())))?;
        chart.draw_series(peers().map(|at| Circle::new(at, 4, INK.stroke_width(2))))?;
        root.present()?;
        drop(chart);
        Ok(())
    }

    fn bars(&self, svg: &mut String) -> Result<(), Box<dyn std::error::Error>> {
        let points: Vec<&Point> = self.points.iter().take(MOST_BARS as usize).collect();
        let (count, first) = Self::places(points.len());
        let height = u32::try_from(count).unwrap_or(1) * (NAME + BAR) + 16;
        let root = SVGBackend::with_string(svg, (WIDTH, height)).into_drawing_area();
        let largest = self.largest();
        let mut chart = ChartBuilder::on(&root)
            .margin(8)
            // From the top down.
            .build_cartesian_2d(0.0..largest, (0..count - 1).into_segmented())?;
        // A group's place counted from below.
        let from_top = |at: usize| (count - 1).checked_sub(at + first);
        chart.draw_series(points.iter().enumerate().filter_map(|(at, point)| {
            let row = from_top(at)?;
            let corners = [(0.0, SegmentValue::Exact(row)), (point.length()?, SegmentValue::Exact(row + 1))];
            let mut bar = Rectangle::new(corners, FILL.filled());
            bar.set_margin(NAME, AFTER, 0, 0);
            Some(bar)
        }))?;
        // Above each bar its name and its value.
        let letters = || (FONT, self.place.letters()).into_font().color(&INK);
        let named = || points.iter().enumerate().filter_map(|(at, point)| Some((from_top(at)? + 1, point)));
        chart.draw_series(named().map(|(top, point)| {
            EmptyElement::at((0.0, SegmentValue::Exact(top))) + Text::new(short(&point.name), (0, 7), letters())
        }))?;
        let at_right = || letters().pos(Pos::new(HPos::Right, VPos::Top));
        chart.draw_series(named().map(|(top, point)| {
            let told = point.told.clone();
            EmptyElement::at((largest, SegmentValue::Exact(top))) + Text::new(told, (0, 7), at_right())
        }))?;
        let peers =
            || points.iter().enumerate().filter_map(|(at, p)| Some((p.peers?, SegmentValue::Exact(from_top(at)?))));
        // In the middle of the bar.
        let ring = |at| {
            EmptyElement::at(at)
                + Circle::new((0, MIDDLE), 5, WHITE.filled())
                + Circle::new((0, MIDDLE), 5, INK.stroke_width(2))
        };
        chart.draw_series(peers().map(ring))?;
        root.present()?;
        drop(chart);
        Ok(())
    }
}

/// A name that fits above a bar, beside its value.
fn short(name: &str) -> String {
    const MOST: usize = 32;
    if name.chars().count() <= MOST {
        return name.to_owned();
    }
    let start: String = name.chars().take(MOST - 1).collect();
    format!("{}…", start.trim_end())
}

/// A value as people read it: `1,3 %`, `4,2`, `12 mrd. kr`.
pub fn shown(value: f64, unit: Unit, language: Language) -> String {
    match unit {
        #[expect(clippy::cast_possible_truncation, reason = "counts and days are far below what an i64 holds")]
        Unit::Count => wording::number(value.round() as i64),
        Unit::Share => format!("{}\u{a0}%", decimal(value * 100.0, 1, language)),
        Unit::Days if value.fract() == 0.0 => decimal(value, 0, language),
        Unit::Mean | Unit::Days => decimal(value, 1, language),
        Unit::Kroner => kroner(value, language),
    }
}

/// What chance has moved: of a share its decimals would be chance.
pub fn shown_moved(value: f64, unit: Unit, language: Language) -> String {
    match unit {
        Unit::Share => format!("{}\u{a0}%", decimal(value * 100.0, 0, language)),
        unit => shown(value, unit, language),
    }
}

fn kroner(value: f64, language: Language) -> String {
    let (divided, unit) = match (value, language) {
        (0.0..1e6, Language::En) => return format!("NOK\u{a0}{}", decimal(value, 0, language)),
        (0.0..1e6, _) => return format!("{}\u{a0}kr", decimal(value, 0, language)),
        (0.0..1e9, Language::En) => (value / 1e6, "m"),
        (0.0..1e9, _) => (value / 1e6, "mill."),
        (_, Language::En) => (value / 1e9, "bn"),
        (_, _) => (value / 1e9, "mrd."),
    };
    let number = decimal(divided, 1, language);
    if language == Language::En {
        format!("NOK\u{a0}{number}\u{a0}{unit}")
    } else {
        format!("{number}\u{a0}{unit}\u{a0}kr")
    }
}

fn decimal(value: f64, digits: usize, language: Language) -> String {
    let text = format!("{value:.digits$}");
    let (whole, rest) = text.split_once('.').unwrap_or((&text, ""));
    let whole = whole.parse().map_or_else(|_| whole.to_owned(), wording::number);
    if rest.is_empty() {
        return whole;
    }
    let point = if language == Language::En { '.' } else { ',' };
    format!("{whole}{point}{rest}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_written_as_people_read_them() {
        let plain = |value, unit, language| shown(value, unit, language).replace('\u{a0}', " ");
        assert_eq!(plain(0.0043, Unit::Share, Language::Nb), "0,4 %");
        assert_eq!(plain(1_234.0, Unit::Count, Language::Nb), "1 234");
        assert_eq!(plain(2_500_000_000.0, Unit::Kroner, Language::Nn), "2,5 mrd. kr");
        assert_eq!(plain(2_500_000.0, Unit::Kroner, Language::En), "NOK 2.5 m");
        assert_eq!(plain(3.25, Unit::Mean, Language::En), "3.2");
    }

    #[test]
    fn one_group_alone_has_a_bar_and_a_name() {
        let point =
            Point { name: "Stavanger".to_owned(), value: Some(0.5), told: "50,0\u{a0}%".to_owned(), peers: Some(0.4) };
        for (is_time, place) in [(true, Place::Page), (true, Place::Report), (false, Place::Page)] {
            let (points, unit, language) = (std::slice::from_ref(&point), Unit::Share, Language::Nb);
            let svg = Chart { title: "", points, names: None, unit, is_time, place, language }.svg().unwrap();
            let xml = roxmltree::Document::parse(&svg).unwrap();
            let number = |node: &roxmltree::Node<'_, '_>, name| node.attribute(name).unwrap().parse::<f64>().unwrap();
            let bars: Vec<_> = xml.descendants().filter(|n| n.attribute("fill") == Some("#0062BA")).collect();
            assert_eq!(bars.len(), 1, "{svg}");
            assert!(number(&bars[0], "width") > 20.0 && number(&bars[0], "height") > 10.0, "{svg}");
            assert_eq!(xml.descendants().filter(|n| n.tag_name().name() == "circle").count(), 2, "{svg}");
            assert!(svg.contains("Stavanger"), "{svg}");
        }
    }

    #[test]
    fn what_is_too_small_to_be_seen_is_no_bar() {
        let point = |value| Point { name: String::new(), value: Some(value), told: String::new(), peers: None };
        let points = [point(1e-9), point(1e9)];
        for is_time in [true, false] {
            let (unit, place, language) = (Unit::Kroner, Place::Page, Language::Nb);
            let svg = Chart { title: "", points: &points, names: None, unit, is_time, place, language }.svg().unwrap();
            assert_eq!(svg.matches("#0062BA").count(), 1, "{svg}");
            assert!(roxmltree::Document::parse(&svg).is_ok());
        }
    }

    #[test]
    fn a_chart_has_a_title_and_no_style_of_its_own_that_a_policy_refuses() {
        let point = |name: &str, value, peers| Point { name: name.to_owned(), value, told: String::new(), peers };
        let points = [point("2024", Some(0.1), Some(0.2)), point("2025 <script>", None, None)];
        for is_time in [true, false] {
            let chart = Chart {
                title: "Andel & <b>",
                points: &points,
                names: Some(("Utvalget", "Hele landet")),
                unit: Unit::Share,
                is_time,
                place: Place::Page,
                language: Language::Nb,
            };
            let svg = chart.svg().unwrap();
            assert!(
                svg.starts_with("<svg") && svg.contains("role=\"img\"><title>Andel &amp; &lt;b&gt;: Utvalget"),
                "{svg}"
            );
            assert!(!svg.contains("<script") && !svg.contains("style="), "{svg}");
            assert!(roxmltree::Document::parse(&svg).is_ok());
        }
        let empty = Chart {
            title: "",
            points: &[],
            names: None,
            unit: Unit::Count,
            is_time: true,
            place: Place::Report,
            language: Language::En,
        };
        assert!(empty.svg().unwrap().starts_with("<svg"));
    }
}
