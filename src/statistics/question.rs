//! What someone wants to know: which notices, and by what they are divided. Reads and writes itself as parameters of an
//! address, so that a page, a file and a link to it ask the same.
use super::dimension::Dimension;
use super::indicator::Source;
use super::observation::{Day, Observation, Told};
use crate::fields::{Fields, Parameter};
use crate::notices::Codelist;
use crate::notices::codelists::{FormType, LegalType, Nature, ProcedureType};
use crate::regulations::{KostraGroup, OrganisationNumber, Region};
use crate::{Error, FieldError, Result};
use chrono::{Datelike, NaiveDate};
use std::fmt;

/// The country that is asked about when none is said.
const HOME: &str = "NOR";

/// The parameters of a question.
pub const PARAMETERS: [Parameter; 14] = [
    ("source", "`notices` (as delivered), or `cases`: needs in Brobygger and their dialogues."),
    ("from", "The first day, as in `2024-01-01`, by the date of the notice (BT-05)."),
    ("to", "The last day."),
    (
        "by",
        "`year` (as delivered), `quarter`, `month`, `county`, `municipality`, `municipality-size`, `kostra-group`, \
            `division`, `buyer-type`, `procedure`, `form`, `nature` or `value`, the last five of notices only; two of them with a comma between.",
    ),
    ("country", "Where the buyer is, by three letters; `NOR` as delivered, `all` for everywhere."),
    ("region", "The number of a county or a municipality."),
    (
        "kostra_group",
        "The KOSTRA group of the municipality that buys, `EKG01` to `EKG17` (Statistics Norway, KLASS 112).",
    ),
    (
        "compare",
        "With what the region or the buyer is compared: the number of a county or a municipality, `country`, the code of a \
            KOSTRA group, or `kostra-group`: that of the municipality in `region`.",
    ),
    ("division", "CPV division, two digits."),
    ("buyer", "The organisation number of a buyer."),
    ("buyer_type", "The legal type of the buyer (BT-11); of notices only, as the three after it."),
    ("procedure", "The procedure (BT-105)."),
    ("form", "The form (BT-03)."),
    ("nature", "`works`, `supplies` or `services` (BT-23)."),
];

/// A question. As made by `default`, it is about all notices of Norway by year.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    pub source: Source,
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
    /// One or two.
    pub by: Vec<Dimension>,
    /// None: everywhere.
    pub country: Option<[u8; 3]>,
    pub region: Option<Region>,
    pub kostra_group: Option<KostraGroup>,
    /// Beside what the selection is shown.
    pub compare: Option<Peers>,
    /// What is left out: of peers, the selection itself.
    pub without: Option<Place>,
    pub division: Option<u8>,
    pub buyer: Option<OrganisationNumber>,
    pub buyer_type: Option<LegalType>,
    pub procedure: Option<ProcedureType>,
    pub form: Option<FormType>,
    pub nature: Option<Nature>,
}

impl Default for Question {
    fn default() -> Self {
        Self {
            source: Source::Notices,
            from: None,
            to: None,
            by: vec![Dimension::Year],
            country: Some(*b"NOR"),
            region: None,
            kostra_group: None,
            compare: None,
            without: None,
            division: None,
            buyer: None,
            buyer_type: None,
            procedure: None,
            form: None,
            nature: None,
        }
    }
}

impl Question {
    /// Reads the parameters.
    ///
    /// # Errors
    /// `Invalid` with everything that is wrong at once.
    pub fn parse(query: &Fields) -> Result<Self> {
        let mut errors = Vec::new();
        // Nobody chooses it in a list: it stands in links.
        let source = query.filter("source").map_or(Ok(Source::default()), |source| source.parse());
        let source = source.map_err(|_| Error::Malformed { code: "bad-parameter", detail: "source".to_owned() })?;
        let mut question = Self {
            source,
            from: take(query, "from", "date", &mut errors, day),
            to: take(query, "to", "date", &mut errors, day),
            by: take(query, "by", "unknown", &mut errors, dimensions).unwrap_or(vec![Dimension::Year]),
            country: match query.filter("country").as_deref() {
                None => Some(*b"NOR"),
                Some("all") => None,
                Some(_) => take(query, "country", "unknown", &mut errors, country),
            },
            region: take(query, "region", "region-unknown", &mut errors, |text| text.parse().ok()),
            kostra_group: take(query, "kostra_group", "unknown", &mut errors, |text| text.parse().ok()),
            compare: None,
            without: None,
            division: take(query, "division", "cpv-division", &mut errors, division),
            buyer: take(query, "buyer", "organisation-number-no-such-number", &mut errors, |text| {
                OrganisationNumber::parse(text).ok()
            }),
            buyer_type: take(query, "buyer_type", "unknown", &mut errors, |text| text.parse().ok()),
            procedure: take(query, "procedure", "unknown", &mut errors, |text| text.parse().ok()),
            form: take(query, "form", "unknown", &mut errors, |text| text.parse().ok()),
            nature: take(query, "nature", "unknown", &mut errors, |text| text.parse().ok()),
        };
        question.compare = question.peers(query, &mut errors);
        if question.source == Source::Cases {
            let beyond = query.names().filter(|name| !may_be_asked_of_cases(name, query.get(name).trim()));
            let known = beyond.filter(|name| errors.iter().all(|e: &FieldError| e.field != *name)).map(str::to_owned);
            errors.extend(known.collect::<Vec<_>>().into_iter().map(|name| FieldError::new(name, "notices-only")));
        }
        if let (Some(from), Some(to)) = (question.from, question.to)
            && to < from
        {
            errors.push(FieldError::new("to", "before-from"));
        }
        if errors.is_empty() { Ok(question) } else { Err(Error::Invalid(errors)) }
    }

    fn peers(&self, query: &Fields, errors: &mut Vec<FieldError>) -> Option<Peers> {
        if query.filter("compare").as_deref() != Some(Peers::ALIKE) {
            return take(query, "compare", "region-unknown", errors, Peers::read);
        }
        let alike = self.region.as_ref().and_then(Peers::alike);
        if alike.is_none() {
            errors.push(FieldError::new("compare", "municipality-first"));
        }
        alike
    }

    /// The parameters that ask it again, those left out that say nothing.
    pub fn parameters(&self) -> Vec<(&'static str, String)> {
        let text = |text: &str| text.to_owned();
        let by: Vec<&str> = self.by.iter().map(|by| by.as_str()).collect();
        let country = match &self.country {
            Some(code) if code == HOME.as_bytes() => None,
            Some(code) => Some(String::from_utf8_lossy(code).into_owned()),
            None => Some(text("all")),
        };
        let source = Some(self.source).filter(|source| *source != Source::default());
        let all = [
            ("source", source.map(|source| text(source.as_str()))),
            ("from", self.from.map(|day| day.to_string())),
            ("to", self.to.map(|day| day.to_string())),
            ("by", Some(by.join(",")).filter(|by| by != Dimension::Year.as_str())),
            ("country", country),
            ("region", self.region.as_ref().map(ToString::to_string)),
            ("kostra_group", self.kostra_group.map(|group| group.to_string())),
            ("compare", self.compare.as_ref().map(ToString::to_string)),
            ("division", self.division.map(|division| format!("{division:02}"))),
            ("buyer", self.buyer.as_ref().map(|buyer| text(buyer.as_str()))),
            ("buyer_type", self.buyer_type.map(|kind| text(kind.as_str()))),
            ("procedure", self.procedure.map(|kind| text(kind.as_str()))),
            ("form", self.form.map(|form| text(form.as_str()))),
            ("nature", self.nature.map(|nature| text(nature.as_str()))),
        ];
        all.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
    }

    /// The same question about those that the selection is compared with.
    pub fn about_peers(&self) -> Option<Self> {
        let (region, kostra_group) = match self.compare.as_ref()? {
            Peers::Country => (None, None),
            Peers::Region(region) => (Some(region.clone()), None),
            Peers::KostraGroup(group) => (None, Some(*group)),
        };
        let without = (self.own_among_peers() == Own::LeftOut).then(|| self.place());
        Some(Self { region, kostra_group, buyer: None, compare: None, without, ..self.clone() })
    }

    fn place(&self) -> Place {
        Place { region: self.region.clone(), kostra_group: self.kostra_group, buyer: self.buyer.clone() }
    }

    /// Whether those that the selection is compared with have it among them. Of notices it is left out. Of needs it is not: the
    /// whole without a small part would tell what is withheld of the part.
    pub(super) fn own_among_peers(&self) -> Own {
        let Some(peers) = self.compare.as_ref() else { return Own::Elsewhere };
        let (region, group) = (self.region.as_ref(), self.kostra_group);
        if region.is_none() && group.is_none() && self.buyer.is_none() {
            return Own::Elsewhere;
        }
        let is_in = |place: &Region, other: &Region| {
            place == other || (other.is_county() && place.county_number() == other.as_str())
        };
        let group_of = |place: &Region| if place.is_county() { None } else { KostraGroup::of(number(place)) };
        let is_elsewhere = match peers {
            Peers::Country => false,
            // Peers that lie within the selection are a part of it that is looked at, and so are the same once more.
            Peers::Region(other) => {
                let apart = |own: &Region| !is_in(own, other);
                let holds = group.is_some() && group_of(other) == group;
                region.is_some_and(apart)
                    || region == Some(other) && self.buyer.is_none()
                    || holds && self.buyer.is_none()
            }
            Peers::KostraGroup(other) => {
                let apart = region.and_then(group_of).is_some_and(|own| own != *other);
                apart || group.is_some() && region.is_none() && self.buyer.is_none()
            }
        };
        match self.source {
            _ if is_elsewhere => Own::Elsewhere,
            Source::Notices => Own::LeftOut,
            Source::Cases => Own::Among,
        }
    }

    /// Gets the question ready to be asked a million times.
    pub(super) fn filter(&self) -> Filter {
        Filter {
            // A notice without a date belongs to no period.
            from: self.from.map_or(Day::NONE, Day::nearest),
            to: self.to.map(Day::nearest),
            country: self.country,
            place: self.place().filter(),
            without: self.without.as_ref().map(Place::filter),
            division: self.division,
            buyer_type: self.buyer_type,
            procedure: self.procedure,
            form: self.form,
            nature: self.nature,
        }
    }
}

fn number(region: &Region) -> u16 {
    region.as_str().parse().unwrap_or(0)
}

/// Those that a municipality, a county or a buyer is compared with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Peers {
    /// The whole country.
    Country,
    Region(Region),
    KostraGroup(KostraGroup),
}

impl Peers {
    /// How the whole country is written.
    pub(super) const COUNTRY: &'static str = "country";
    /// How one asks for those that are like the municipality that is asked about: its KOSTRA group.
    pub(super) const ALIKE: &'static str = "kostra-group";

    pub(super) fn read(text: &str) -> Option<Self> {
        if text == Self::COUNTRY {
            return Some(Self::Country);
        }
        let group = text.parse().map(Self::KostraGroup);
        group.ok().or_else(|| text.parse().ok().map(Self::Region))
    }

    /// The municipalities that are like this one: its KOSTRA group. A county has none.
    pub(super) fn alike(region: &Region) -> Option<Self> {
        if region.is_county() { None } else { KostraGroup::of(number(region)).map(Self::KostraGroup) }
    }
}

impl fmt::Display for Peers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Country => f.write_str(Self::COUNTRY),
            Self::Region(region) => region.fmt(f),
            Self::KostraGroup(group) => group.fmt(f),
        }
    }
}

/// Where the selection and those that it is compared with meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Own {
    /// The selection is not among them.
    Elsewhere,
    /// It would be, and is left out.
    LeftOut,
    /// It is among them.
    Among,
}

/// Whose notices: of a place, of places that are alike, or of a buyer.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    region: Option<Region>,
    kostra_group: Option<KostraGroup>,
    buyer: Option<OrganisationNumber>,
}

impl Place {
    fn filter(&self) -> PlaceFilter {
        PlaceFilter {
            county: self.region.as_ref().filter(|region| region.is_county()).map(number),
            municipality: self.region.as_ref().filter(|region| !region.is_county()).map(number),
            kostra_group: self.kostra_group,
            buyer: self.buyer.as_ref().and_then(|buyer| buyer.as_str().parse().ok()),
        }
    }
}

/// A place in the shape of the observations.
struct PlaceFilter {
    county: Option<u16>,
    municipality: Option<u16>,
    kostra_group: Option<KostraGroup>,
    buyer: Option<u32>,
}

impl PlaceFilter {
    fn fits(&self, notice: &Observation) -> bool {
        self.county.is_none_or(|county| u16::from(notice.county) == county)
            && self.municipality.is_none_or(|municipality| notice.municipality == municipality)
            && self.kostra_group.is_none_or(|group| KostraGroup::of(notice.municipality) == Some(group))
            && self.buyer.is_none_or(|buyer| notice.buyer == buyer)
    }
}

/// A question in the shape of the observations.
pub(super) struct Filter {
    from: Day,
    to: Option<Day>,
    country: Option<[u8; 3]>,
    place: PlaceFilter,
    without: Option<PlaceFilter>,
    division: Option<u8>,
    buyer_type: Option<LegalType>,
    procedure: Option<ProcedureType>,
    form: Option<FormType>,
    nature: Option<Nature>,
}

impl Filter {
    pub fn fits(&self, notice: &Observation) -> bool {
        notice.issued >= self.from
            && self.to.is_none_or(|to| !notice.issued.is_none() && notice.issued <= to)
            && self.country.is_none_or(|country| notice.country == country)
            && self.place.fits(notice)
            && self.without.as_ref().is_none_or(|own| !own.fits(notice))
            && self.division.is_none_or(|division| notice.division == division)
            && is(self.buyer_type, notice.buyer_type)
            && is(self.procedure, notice.kind)
            && is(self.form, notice.form)
            && is(self.nature, notice.nature)
    }
}

fn is<T: Codelist>(wanted: Option<T>, told: Told<T>) -> bool {
    wanted.is_none_or(|wanted| told == Told::As(wanted))
}

fn take<T>(
    query: &Fields,
    name: &'static str,
    code: &'static str,
    errors: &mut Vec<FieldError>,
    read: impl FnOnce(&str) -> Option<T>,
) -> Option<T> {
    let text = query.filter(name)?;
    let value = read(&text);
    if value.is_none() {
        errors.push(FieldError::new(name, code));
    }
    value
}

/// Whether needs tell what the parameter asks for.
pub(super) fn may_be_asked_of_cases(name: &str, value: &str) -> bool {
    match name {
        "buyer_type" | "procedure" | "form" | "nature" => value.is_empty(),
        "by" => dimensions(value).is_none_or(|by| by.iter().all(|by| by.divides_cases())),
        _ => true,
    }
}

/// `2026-11-28`: chrono reads years of more digits too, and before the first.
fn day(text: &str) -> Option<NaiveDate> {
    text.parse().ok().filter(|day: &NaiveDate| (1..=9999).contains(&day.year()))
}

fn dimensions(text: &str) -> Option<Vec<Dimension>> {
    let by: Vec<Dimension> = text.split(',').map(|name| name.trim().parse().ok()).collect::<Option<_>>()?;
    let distinct = by.first() != by.get(1);
    (matches!(by.len(), 1 | 2) && distinct).then_some(by)
}

fn country(text: &str) -> Option<[u8; 3]> {
    crate::notices::Country::parse(text).and_then(|country| country.as_str().as_bytes().try_into().ok())
}

fn division(text: &str) -> Option<u8> {
    let digits = text.len() == 2 && text.bytes().all(|digit| digit.is_ascii_digit());
    text.parse().ok().filter(|division| digits && *division > 0)
}
