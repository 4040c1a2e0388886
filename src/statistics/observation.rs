//! A notice as statistics see it: small, so that a million of them fit in memory and are looked through in an instant.
use super::store::{Published, Row};
use crate::notices::codelists::{FormType, Innovation, LegalType, Nature, ProcedureType, Strategic};
use crate::notices::{Code, Codelist, Outcome, names_procedure};
use crate::platform::wording::in_norway;
use crate::regulations::{OrganisationNumber, county_of_nuts, municipality_of};
use crate::suppliers::SupplierKind;
use chrono::{Datelike, NaiveDate};

/// What a notice says in a place where a code belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Told<T> {
    /// Nothing.
    Nothing,
    /// That it is not told yet (BT-195).
    Withheld,
    /// Something that is on no list.
    Other,
    As(T),
}

impl<T: Codelist> Told<T> {
    fn read(text: Option<&str>) -> Self {
        match text.map(Code::<T>::new) {
            None => Self::Nothing,
            Some(Code::Withheld) => Self::Withheld,
            Some(Code::Other(_)) => Self::Other,
            Some(Code::Known(known)) => Self::As(known),
        }
    }
}

/// The day from which days are counted in 16 bits: 0 is no day, and the last is in 2149.
const FIRST_DAY: NaiveDate = match NaiveDate::from_ymd_opt(1969, 12, 31) {
    Some(day) => day,
    None => NaiveDate::MIN,
};

/// A day in 16 bits. Days before 1970 and after 2149, which nobody means, are none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(u16);

impl Day {
    pub const NONE: Self = Self(0);

    pub fn new(day: Option<NaiveDate>) -> Self {
        let number = day.and_then(|day| u16::try_from((day - FIRST_DAY).num_days()).ok());
        Self(number.unwrap_or(0))
    }

    /// A day that is asked for, or the nearest that there is. Never that of a notice without a day.
    pub fn nearest(day: NaiveDate) -> Self {
        let number = (day - FIRST_DAY).num_days().clamp(1, u16::MAX.into());
        Self(u16::try_from(number).unwrap_or(u16::MAX))
    }

    pub fn is_none(self) -> bool {
        self.0 == 0
    }

    pub fn date(self) -> Option<NaiveDate> {
        (self.0 > 0).then(|| FIRST_DAY + chrono::TimeDelta::days(self.0.into()))
    }

    /// Months since the year 0; 0 for no day.
    pub fn month(self) -> u16 {
        let month = |day: NaiveDate| u16::try_from(day.year() * 12 + i32::try_from(day.month0()).unwrap_or(0)).ok();
        self.date().and_then(month).unwrap_or(0)
    }

    /// How many days it is after another. None if one of the two is none, or it comes first.
    pub fn days_after(self, other: Self) -> Option<u16> {
        if self.is_none() || other.is_none() { None } else { self.0.checked_sub(other.0) }
    }
}

/// One version of a notice.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Observation {
    /// Tells it from others.
    pub key: u64,
    /// The procedure (BT-04), as a hash. 0 for none.
    pub procedure: u64,
    /// In øre; −1 for none. Other currencies than NOK are not added up.
    pub estimated: i64,
    /// In øre; −1 for none.
    pub awarded: i64,
    /// The organisation number of the first buyer; 0 for none.
    pub buyer: u32,
    /// The month of `issued`, kept because every question needs it.
    pub month: u16,
    pub issued: Day,
    pub deadline: Day,
    pub decided: Day,
    /// Of a result: days from the deadline of its competition to the decision. `NO_DAYS` where one of the two is not known.
    pub decision_days: u16,
    pub lots: u16,
    /// 0 for none.
    pub municipality: u16,
    /// 0 for none.
    pub county: u8,
    /// CPV; 0 for none.
    pub division: u8,
    pub country: [u8; 3],
    pub form: Told<FormType>,
    pub kind: Told<ProcedureType>,
    pub buyer_type: Told<LegalType>,
    pub nature: Told<Nature>,
    pub marks: Marks,
    pub outcome: Counts,
    pub numbered: Numbered,
}

/// No number of days is known.
pub const NO_DAYS: u16 = u16::MAX;

/// [`Outcome`], in less room: a notice has fewer than 65,536 lots and winners.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    pub results: u16,
    pub awarded: u16,
    pub closed: u16,
    pub counted: u16,
    pub single: u16,
    pub sme_counted: u16,
    pub winners: u16,
    pub winners_sized: u16,
    pub winners_sme: u16,
    pub tenders: u32,
    pub sme_tenders: u32,
    pub sme_base: u32,
}

impl From<&Outcome> for Counts {
    fn from(outcome: &Outcome) -> Self {
        let small = |number: u32| u16::try_from(number).unwrap_or(u16::MAX);
        Self {
            results: small(outcome.results),
            awarded: small(outcome.awarded),
            closed: small(outcome.closed),
            counted: small(outcome.counted),
            single: small(outcome.single),
            sme_counted: small(outcome.sme_counted),
            winners: small(outcome.winners),
            winners_sized: small(outcome.winners_sized),
            winners_sme: small(outcome.winners_sme),
            tenders: outcome.tenders,
            sme_tenders: outcome.sme_tenders,
            sme_base: outcome.sme_base,
        }
    }
}

/// Organisations that won and gave a Norwegian organisation number, each once.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Numbered {
    pub winners: u16,
    /// Of these, those that are registered in Brobygger as startups: found when all are ([`super::winners`]).
    pub startups: u16,
    /// The same of social entrepreneurs.
    pub social_entrepreneurs: u16,
}

impl Numbered {
    fn of(winners: usize) -> Self {
        Self { winners: u16::try_from(winners).unwrap_or(u16::MAX), ..Self::default() }
    }

    /// One of them is registered.
    pub(super) fn count(&mut self, kind: SupplierKind) {
        let of_kind = match kind {
            SupplierKind::Startup => &mut self.startups,
            SupplierKind::SocialEntrepreneur => &mut self.social_entrepreneurs,
            SupplierKind::Established => return,
        };
        *of_kind = of_kind.saturating_add(1);
    }
}

/// Yes or no.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Marks {
    pub is_change: bool,
    /// It counts: the last version that is no change.
    pub is_newest: bool,
    /// BT-776 has a code that is or was on its list, whichever it is, or BT-06 says innovation: what Doffin shows as
    /// "innovasjon". A code that is on no list, or is withheld, says nothing.
    pub innovation: bool,
    /// The codes of BT-776 that it has, in the order of their list.
    pub novelties: [bool; Innovation::ALL.len()],
    /// BT-06 has a code that is or was on its list, if only `none`.
    pub tells_aims: bool,
    pub environment: bool,
    pub social: bool,
    /// It points at a notice before it (BT-125, OPP-090), whether that is here or not.
    pub follows_notice: bool,
    /// Planning or a consultation comes before it and is here: found when all are ([`super::earlier`]).
    pub planned: bool,
    /// Of these, there is a consultation.
    pub consulted: bool,
}

impl Observation {
    /// Of a row. `home` knows the municipalities of buyers that are here as tenants.
    pub(super) fn of(row: &Row, home: impl Fn(&str) -> Option<u16>) -> Self {
        let number = row.buyer_number.as_deref();
        let municipality = number.and_then(|number| {
            home(number).or_else(|| municipality_of(&OrganisationNumber::parse(number).ok()?)?.parse().ok())
        });
        let county = municipality
            .map(|number| number / 100)
            .or_else(|| county_of_nuts(row.buyer_nuts.as_deref()?)?.parse().ok())
            .and_then(|number| u8::try_from(number).ok());
        let mut country = *b"   ";
        if let Some(code) = row.country.as_deref().and_then(|code| code.as_bytes().try_into().ok()) {
            country = code;
        }
        let nok = |value: Option<i64>, currency: Option<&str>| value.filter(|_| currency == Some("NOK")).unwrap_or(-1);
        let aims: Vec<Strategic> = row.aims.0.iter().filter_map(|aim| aim.parse().ok()).collect();
        let issued = Day::new(row.issued_on);
        Self {
            key: row.id.uuid().as_u64_pair().0,
            procedure: row.procedure_id.as_deref().filter(|id| names_procedure(id)).map_or(0, hash),
            estimated: nok(row.estimated_value, row.estimated_currency.as_deref()),
            awarded: nok(row.awarded_value, row.awarded_currency.as_deref()),
            buyer: number.and_then(|number| number.parse().ok()).unwrap_or(0),
            month: issued.month(),
            issued,
            deadline: Day::new(row.tender_deadline_on),
            decided: Day::new(row.decided_on),
            decision_days: NO_DAYS,
            lots: u16::try_from(row.lots).unwrap_or(u16::MAX),
            municipality: municipality.unwrap_or(0),
            county: county.unwrap_or(0),
            division: division(row.cpv.as_deref()),
            country,
            form: Told::read(row.form.as_deref()),
            kind: Told::read(row.procedure_type.as_deref()),
            buyer_type: Told::read(row.buyer_type.as_deref()),
            nature: Told::read(row.nature.as_deref()),
            marks: Marks {
                is_change: row.is_change,
                is_newest: row.is_newest,
                innovation: row.innovation.0.iter().any(|code| is_listed::<Innovation>(code))
                    || aims.contains(&Strategic::Innovation),
                novelties: std::array::from_fn(|at| {
                    Innovation::ALL
                        .get(at)
                        .is_some_and(|code| row.innovation.0.iter().any(|told| told == code.as_str()))
                }),
                tells_aims: row.aims.0.iter().any(|aim| is_listed::<Strategic>(aim)),
                environment: aims.contains(&Strategic::Environment),
                social: aims.contains(&Strategic::Social),
                follows_notice: row.follows_notice,
                planned: false,
                consulted: false,
            },
            outcome: Counts::from(&row.outcome.0),
            numbered: Numbered::of(row.winner_numbers.0.len()),
        }
    }

    /// The place of a need among notices: when, where, about what, and whose. It has no form and no procedure.
    pub(super) fn of_need(need: &Published) -> Self {
        let municipality: u16 = need.municipality.as_deref().and_then(|number| number.parse().ok()).unwrap_or(0);
        let published = Day::new(need.published_at.map(|at| in_norway(at).date_naive()));
        Self {
            key: need.id.uuid().as_u64_pair().1,
            procedure: 0,
            estimated: -1,
            awarded: -1,
            buyer: need.buyer_number.parse().unwrap_or(0),
            month: published.month(),
            issued: published,
            deadline: Day::NONE,
            decided: Day::NONE,
            decision_days: NO_DAYS,
            lots: 0,
            municipality,
            county: u8::try_from(municipality / 100).unwrap_or(0),
            division: division(need.cpv.0.first().map(String::as_str)),
            country: *b"NOR",
            form: Told::Nothing,
            kind: Told::Nothing,
            buyer_type: Told::Nothing,
            nature: Told::Nothing,
            marks: Marks::default(),
            outcome: Counts::default(),
            numbered: Numbered::default(),
        }
    }

    /// Whether its procedure is one that is made for innovation: innovation partnership or competitive dialogue.
    pub fn made_for_innovation(&self) -> bool {
        matches!(self.kind, Told::As(ProcedureType::InnovationPartnership | ProcedureType::CompetitiveDialogue))
    }
}

/// Whether a code is, or once was, on its list: not one that is withheld, or a word in its place.
fn is_listed<List: Codelist>(code: &str) -> bool {
    let code = Code::<List>::new(code);
    code.known().is_some() || code.is_retired()
}

/// The first two of eight digits.
fn division(cpv: Option<&str>) -> u8 {
    let eight = cpv.filter(|cpv| cpv.len() == 8 && cpv.bytes().all(|digit| digit.is_ascii_digit()));
    eight.and_then(|cpv| cpv.get(..2)?.parse().ok()).unwrap_or(0)
}

/// The same for the same text, in this process: never stored.
pub(super) fn hash(text: &str) -> u64 {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish().max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_observation_is_small() {
        assert!(size_of::<Observation>() <= 112, "{} bytes", size_of::<Observation>());
    }

    #[test]
    fn a_code_counts_if_it_is_or_was_on_its_list() {
        for code in ["mar-nov", "proc-innov", "prod-innov", "rd-act", "other", "fp-requ", "org-nov", "buy-eff"] {
            assert!(is_listed::<Innovation>(code), "{code}");
        }
        assert!(is_listed::<Strategic>("none"));
        for code in ["bar", "unpublished", ""] {
            assert!(!is_listed::<Innovation>(code) && !is_listed::<Strategic>(code), "{code}");
        }
    }

    #[test]
    fn days_fit_in_sixteen_bits_or_are_none() {
        let day = |text: &str| Day::new(text.parse().ok());
        assert_eq!(day("2026-11-28").date(), "2026-11-28".parse().ok());
        assert_eq!(day("1970-01-01").date(), "1970-01-01".parse().ok());
        assert!(day("1969-12-31").is_none() && day("2200-01-01").is_none() && Day::new(None).is_none());
        assert_eq!(day("2026-11-28").month(), 2026 * 12 + 10);
        assert_eq!(day("2026-03-01").days_after(day("2026-02-01")), Some(28));
        assert_eq!(day("2026-02-01").days_after(day("2026-03-01")), None);
    }
}
