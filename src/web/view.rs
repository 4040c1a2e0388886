//! Small pieces that many pages show.
use super::Visitor;
use super::form::Choice;
use crate::platform::db::types::Timestamp;
use crate::platform::language::Language;
use crate::platform::wording;
use crate::regulations::{StrategicArea, places};
use chrono::{NaiveDate, TimeDelta};
use serde::Serialize;

/// A deadline is near for this long.
const SOON: TimeDelta = TimeDelta::days(7);

/// Where a page is seen from: what its links begin with, and its language.
#[derive(Debug, Clone, Copy)]
pub struct Seen {
    pub root: &'static str,
    pub language: Language,
}

impl Seen {
    /// As a visitor sees it.
    pub fn by(visitor: &Visitor) -> Self {
        Self { root: visitor.root, language: visitor.language() }
    }
    pub fn when(self, at: Timestamp) -> When {
        When::at(at, self.language)
    }
}

/// A time as people read it, and as machines do.
#[derive(Debug, Clone, Serialize)]
pub struct When {
    pub text: String,
    pub iso: String,
}

impl When {
    /// With the time of day.
    pub fn at(at: Timestamp, language: Language) -> Self {
        Self { text: wording::date_time(at, language), iso: wording::rfc3339(at) }
    }
    /// With the time of day, without the day of the week: for tables.
    pub fn short(at: Timestamp, language: Language) -> Self {
        Self { text: wording::day_and_time(at, language), iso: wording::rfc3339(at) }
    }
    /// The day only.
    pub fn day(at: Timestamp, language: Language) -> Self {
        Self { text: wording::day(at, language), iso: wording::rfc3339(at) }
    }
    pub fn date(day: NaiveDate, language: Language) -> Self {
        Self { text: wording::date(day, language), iso: day.to_string() }
    }
}

/// When something must be there, and how near that is.
#[derive(Debug, Clone, Serialize)]
pub struct Deadline {
    pub text: String,
    pub iso: String,
    pub passed: bool,
    pub soon: bool,
}

impl Deadline {
    pub fn new(at: Timestamp, now: Timestamp, language: Language) -> Self {
        let passed = at < now;
        Self {
            text: wording::date_time(at, language),
            iso: wording::rfc3339(at),
            passed,
            soon: !passed && at < now + SOON,
        }
    }
}

/// What state something is in.
#[derive(Debug, Clone, Serialize)]
pub struct StatusView {
    pub code: &'static str,
    pub text: String,
}

/// What an area is called.
pub fn area_text(area: StrategicArea, language: Language) -> String {
    language.text(&format!("needs-area-{}", area.as_str()))
}

/// The areas as choices.
pub fn area_choices(chosen: &[String], language: Language) -> Vec<Choice> {
    StrategicArea::ALL
        .iter()
        .map(|area| Choice {
            value: area.as_str().to_owned(),
            text: area_text(*area, language),
            selected: chosen.iter().any(|c| c == area.as_str()),
        })
        .collect()
}

/// The counties as choices.
pub fn county_choices(chosen: &[String], today: NaiveDate) -> Vec<Choice> {
    places()
        .counties(today)
        .map(|county| Choice {
            value: county.number.clone(),
            text: county.name.clone(),
            selected: chosen.contains(&county.number),
        })
        .collect()
}

/// A choice that filters nothing, in front of the others.
pub fn with_any(text: String, mut choices: Vec<Choice>) -> Vec<Choice> {
    let selected = !choices.iter().any(|c| c.selected);
    choices.insert(0, Choice { value: String::new(), text, selected });
    choices
}

/// The address with one parameter of the query set anew; for the next page.
pub fn with_parameter(path: &str, name: &str, value: &str) -> String {
    let bare = without_parameter(path, name);
    let mut pair = url::form_urlencoded::Serializer::new(String::new());
    let pair = pair.append_pair(name, value).finish();
    format!("{bare}{}{pair}", if bare.contains('?') { '&' } else { '?' })
}

/// The address without one parameter of the query.
pub fn without_parameter(path: &str, name: &str) -> String {
    let (bare, query) = path.split_once('?').unwrap_or((path, ""));
    let mut pairs = url::form_urlencoded::Serializer::new(String::new());
    pairs.extend_pairs(url::form_urlencoded::parse(query.as_bytes()).filter(|(k, _)| k != name));
    let query = pairs.finish();
    if query.is_empty() { bare.to_owned() } else { format!("{bare}?{query}") }
}

/// Where a list begins of which a later page is shown.
pub fn first_page(visitor: &Visitor) -> Option<String> {
    let first = without_parameter(&visitor.path, "cursor");
    let (_, query) = visitor.path.split_once('?')?;
    let is_later =
        url::form_urlencoded::parse(query.as_bytes()).any(|(name, value)| name == "cursor" && !value.is_empty());
    is_later.then(|| format!("{}{first}", visitor.root))
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    #[test]
    fn the_next_page_keeps_the_filters() {
        assert_eq!(with_parameter("/?q=a+b&cursor=x&region=11", "cursor", "y z"), "/?q=a+b&region=11&cursor=y+z");
        assert_eq!(with_parameter("/radgiver", "cursor", "y"), "/radgiver?cursor=y");
    }

    #[test]
    fn the_way_back_keeps_the_filters_and_leaves_the_place() {
        let first = |address: &str| first_page(&Visitor::of(&TestRequest::with_uri(address).to_http_request()));
        assert_eq!(first("/?q=a+b&cursor=x&region=11").as_deref(), Some("/?q=a+b&region=11"));
        assert_eq!(first("/radgiver?cursor=x").as_deref(), Some("/radgiver"));
        for at_its_beginning in ["/", "/?q=cursor", "/?cursor=", "/?xcursor=y"] {
            assert_eq!(first(at_its_beginning), None, "{at_its_beginning}");
        }
    }
}
