//! What a list of needs is filtered by, as parameters of an address.
use super::Status;
use super::search::{Place, Search, Sort};
use crate::fields::{Fields, Parameter, bad_parameter};
use crate::regulations::{Region, StrategicArea};
use crate::{Result, cpv, input};

/// The parameters of a list of needs.
pub const SEARCH: [Parameter; 8] = [
    ("q", "Norwegian full-text search: all the words, in any form and spelling, also as parts of compounds."),
    (
        "status",
        "`published` (when left out), `concluded`, or one's own `draft` and `withdrawn`, without other filters.",
    ),
    ("cpv", "The beginning of a CPV code, at least two digits, or a whole one, as `72000000-5`."),
    ("region", "The number of a county or municipality."),
    ("area", "`smidig`, `samskapende`, `smart`, `gront_skifte` or `helse_i_alt`."),
    ("deadline_before", "A day or an instant: needs whose deadline is before it."),
    ("buyer", "The organisation number of the buyer."),
    (
        "sort",
        "`relevance` (when there are words), `newest` or `deadline`: the nearest that is to come first, what has passed last.",
    ),
];

/// What the query asks for.
///
/// # Errors
/// `Malformed` for a value that cannot be understood.
pub fn search_of(query: &Fields, after: Option<Place>, limit: usize) -> Result<(Search, Option<Status>)> {
    let list = |name: &'static str| query.all(name).map(|v| v.trim().to_owned()).collect::<Vec<_>>();
    let status =
        query.filter("status").map(|s| s.parse::<Status>().map_err(|_| bad_parameter("status"))).transpose()?;
    let digits = |name: &'static str, lengths: std::ops::RangeInclusive<usize>| {
        let values = list(name);
        let good = |v: &String| lengths.contains(&v.len()) && v.bytes().all(|b| b.is_ascii_digit());
        if values.iter().all(good) { Ok(values) } else { Err(bad_parameter(name)) }
    };
    let areas = list("area");
    if areas.iter().any(|a| a.parse::<StrategicArea>().is_err()) {
        return Err(bad_parameter("area"));
    }
    let search = Search {
        words: query.get("q").to_owned(),
        statuses: status.into_iter().collect(),
        cpv: list("cpv").iter().map(|code| cpv::beginning_of_query(code)).collect::<Result<_>>()?,
        regions: list("region")
            .into_iter()
            .map(|number| Region::name_of(&number).map(|_| number.clone()).ok_or_else(|| bad_parameter("region")))
            .collect::<Result<_>>()?,
        areas,
        buyer: digits("buyer", 9..=9)?.into_iter().next(),
        deadline_before: query
            .filter("deadline_before")
            .map(|d| input::instant(&d).ok_or_else(|| bad_parameter("deadline_before")))
            .transpose()?,
        deadline_after: None,
        sort: query.filter("sort").map(|s| s.parse::<Sort>().map_err(|_| bad_parameter("sort"))).transpose()?,
        after,
        limit,
        as_of: None,
    };
    Ok((search, status))
}
