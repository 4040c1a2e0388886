//! By what statistics are divided.
use super::observation::{Observation, Told};
use crate::notices::Codelist;
use crate::notices::codelists::{FormType, LegalType, Nature, ProcedureType};
use crate::platform::language::Language;
use crate::platform::wording;
use crate::regulations::{CpvEntry, KostraGroup, MunicipalitySize, Region, cpv_entry};
use crate::text_enum;
use std::borrow::Cow;

text_enum! {
    /// By what.
    #[derive(utoipa::ToSchema)]
    pub enum Dimension {
        /// `2026`
        Year = "year",
        /// `2026-Q4`
        Quarter = "quarter",
        /// `2026-11`
        Month = "month",
        /// The county of the buyer.
        County = "county",
        /// The municipality that buys.
        Municipality = "municipality",
        /// How many live in the municipality that buys.
        MunicipalitySize = "municipality-size",
        /// The KOSTRA group of the municipality that buys, `EKG12`.
        KostraGroup = "kostra-group",
        /// CPV division: the first two digits.
        Division = "division",
        /// BT-11.
        BuyerType = "buyer-type",
        /// BT-105.
        Procedure = "procedure",
        /// BT-03.
        Form = "form",
        /// BT-23.
        Nature = "nature",
        /// By estimated value, or, of what tells none, by what was awarded.
        Value = "value",
    }
}

/// The upper bounds of the bands of value, in kroner: what divides purchases in practice, and no legal limits,
/// which change.
const BANDS: [i64; 6] = [500_000, 1_300_000, 5_000_000, 10_000_000, 50_000_000, 100_000_000];

/// Which group a notice belongs to. Groups sort by it; 0 is the group of those that do not say.
pub type Key = u32;

impl Dimension {
    /// Whether its groups follow each other in time.
    pub const fn is_time(self) -> bool {
        self.months().is_some()
    }

    /// How many months each of its groups lasts, where they are periods.
    pub(super) const fn months(self) -> Option<Key> {
        match self {
            Self::Year => Some(12),
            Self::Quarter => Some(3),
            Self::Month => Some(1),
            _ => None,
        }
    }

    /// Whether a need tells it as well as a notice does.
    pub const fn divides_cases(self) -> bool {
        !matches!(self, Self::BuyerType | Self::Procedure | Self::Form | Self::Nature | Self::Value)
    }

    pub(super) fn key(self, notice: &Observation) -> Key {
        match self {
            Self::Year => Key::from(notice.month / 12),
            Self::Quarter => Key::from(notice.month / 3),
            Self::Month => notice.month.into(),
            Self::County => notice.county.into(),
            Self::Municipality => notice.municipality.into(),
            Self::MunicipalitySize => size(notice.municipality),
            Self::KostraGroup => KostraGroup::of(notice.municipality).map_or(0, |group| group.number().into()),
            Self::Division => notice.division.into(),
            Self::BuyerType => of_code(notice.buyer_type, LegalType::ALL),
            Self::Procedure => of_code(notice.kind, ProcedureType::ALL),
            Self::Form => of_code(notice.form, FormType::ALL),
            Self::Nature => of_code(notice.nature, Nature::ALL),
            Self::Value => band(if notice.estimated >= 0 { notice.estimated } else { notice.awarded }),
        }
    }

    /// The group in data: a year, a number, or a code of eForms. Empty for those that do not say.
    pub fn code(self, key: Key) -> Cow<'static, str> {
        if key == 0 {
            return "".into();
        }
        match self {
            Self::Year => key.to_string().into(),
            Self::Quarter => format!("{}-Q{}", key / 4, key % 4 + 1).into(),
            Self::Month => format!("{}-{:02}", key / 12, key % 12 + 1).into(),
            Self::County | Self::Division => format!("{key:02}").into(),
            Self::Municipality => format!("{key:04}").into(),
            Self::MunicipalitySize => size_of(key).map_or("", MunicipalitySize::as_str).into(),
            Self::KostraGroup => {
                KostraGroup::numbered(key).map_or_else(|_| "".into(), |group| group.to_string().into())
            }
            Self::BuyerType => to_code(key, LegalType::ALL).into(),
            Self::Procedure => to_code(key, ProcedureType::ALL).into(),
            Self::Form => to_code(key, FormType::ALL).into(),
            Self::Nature => to_code(key, Nature::ALL).into(),
            Self::Value => band_code(key).into(),
        }
    }

    /// The group in words.
    pub fn label(self, key: Key, language: Language) -> String {
        let code = self.code(key);
        if key == 0 {
            return language.text("statistics-not-told");
        }
        if matches!(&*code, "withheld" | "other-code") {
            return language.text(&format!("statistics-{code}"));
        }
        match self {
            Self::Year => code.into_owned(),
            Self::Quarter => {
                let number = (key % 4 + 1).to_string();
                language.text_with(
                    "statistics-quarter",
                    [("number", number.into()), ("year", (key / 4).to_string().into())],
                )
            }
            Self::Month => {
                let day = chrono::NaiveDate::from_ymd_opt(i32::try_from(key / 12).unwrap_or(0), key % 12 + 1, 1);
                day.map_or_else(|| code.into_owned(), |day| wording::month(day, language))
            }
            Self::County | Self::Municipality => Region::name_of(&code).map_or_else(|| code.to_string(), str::to_owned),
            Self::Division => match cpv_entry(&format!("{code}000000")) {
                Some(entry) => format!("{code} {}", name(entry, language)),
                None => code.into_owned(),
            },
            Self::MunicipalitySize => {
                let (from, to) = size_of(key).map_or((0, None), MunicipalitySize::bounds);
                let number = |inhabitants: u32| wording::number(inhabitants.into()).into();
                let to = to.unwrap_or(from);
                let args = [("from", number(from)), ("to", number(to)), ("last", number(to.saturating_sub(1)))];
                language.text_with(&format!("statistics-size-{code}"), args)
            }
            Self::KostraGroup => language.text_with("statistics-kostra-group", [("number", key.to_string().into())]),
            Self::BuyerType => language.text(&format!("statistics-buyer-{code}")),
            Self::Procedure => language.text(&format!("statistics-procedure-{code}")),
            Self::Form => language.text(&format!("statistics-form-{code}")),
            Self::Nature => language.text(&format!("statistics-nature-{code}")),
            Self::Value => language.text(&format!("statistics-value-{code}")),
        }
    }
}

/// What a division is called. Nynorsk has a name of its own where it differs.
fn name(entry: &CpvEntry, language: Language) -> &'static str {
    match language {
        Language::Nb => entry.nb,
        Language::Nn => entry.nn.unwrap_or(entry.nb),
        Language::En => entry.en,
    }
}

/// 0 nothing, 1 withheld, 2 on no list, 3 and up the codes in the order of their list.
fn of_code<T: Codelist>(told: Told<T>, all: &[T]) -> Key {
    match told {
        Told::Nothing => 0,
        Told::Withheld => 1,
        Told::Other => 2,
        Told::As(code) => {
            let at = all.iter().position(|known| *known == code);
            Key::try_from(at.map_or(2, |at| at + 3)).unwrap_or(2)
        }
    }
}

fn to_code<T: Codelist>(key: Key, all: &'static [T]) -> &'static str {
    match key {
        1 => "withheld",
        2 => "other-code",
        key => {
            let at = usize::try_from(key).ok().and_then(|key| key.checked_sub(3));
            at.and_then(|at| all.get(at)).map_or("", |code| code.as_str())
        }
    }
}

/// 0 where no municipality buys, 1 and up the sizes.
fn size(municipality: u16) -> Key {
    let at = MunicipalitySize::of(municipality)
        .and_then(|size| MunicipalitySize::ALL.iter().position(|known| *known == size));
    at.and_then(|at| Key::try_from(at + 1).ok()).unwrap_or(0)
}

fn size_of(key: Key) -> Option<MunicipalitySize> {
    let at = usize::try_from(key).ok()?.checked_sub(1)?;
    MunicipalitySize::ALL.get(at).copied()
}

/// 0 without a value, 1 and up the bands.
fn band(ore: i64) -> Key {
    if ore < 0 {
        return 0;
    }
    let at = BANDS.iter().take_while(|bound| ore / 100 >= **bound).count();
    Key::try_from(at + 1).unwrap_or(0)
}

/// `0-500000`, `500000-1300000`, … and `100000000-` for the last.
fn band_code(key: Key) -> String {
    let at = usize::try_from(key).unwrap_or(0);
    let from = at.checked_sub(2).and_then(|at| BANDS.get(at)).copied().unwrap_or(0);
    match at.checked_sub(1).and_then(|at| BANDS.get(at)) {
        Some(to) => format!("{from}-{to}"),
        None => format!("{from}-"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bands_begin_where_the_last_ended() {
        assert_eq!((band(-1), band(0), band(49_999_999), band(50_000_000)), (0, 1, 1, 2));
        assert_eq!(band_code(1), "0-500000");
        assert_eq!(band_code(2), "500000-1300000");
        assert_eq!(band_code(7), "100000000-");
        assert_eq!(band(i64::MAX), 7);
    }

    #[test]
    fn months_quarters_and_years_are_named_as_iso_has_them() {
        let key = 2026 * 12 + 10;
        assert_eq!(Dimension::Month.code(key), "2026-11");
        assert_eq!(Dimension::Quarter.code(key / 3), "2026-Q4");
        assert_eq!(Dimension::Year.code(key / 12), "2026");
    }

    #[test]
    fn every_group_has_a_name_in_every_language() {
        for language in Language::ALL {
            for dimension in Dimension::ALL {
                assert!(language.has(&format!("statistics-by-{}", dimension.as_str())), "{dimension:?}");
                let keys = match dimension {
                    Dimension::BuyerType => 0..Key::try_from(LegalType::ALL.len() + 3).unwrap(),
                    Dimension::Procedure => 0..Key::try_from(ProcedureType::ALL.len() + 3).unwrap(),
                    Dimension::Form => 0..Key::try_from(FormType::ALL.len() + 3).unwrap(),
                    Dimension::Nature => 0..Key::try_from(Nature::ALL.len() + 3).unwrap(),
                    Dimension::Value => 0..8,
                    Dimension::MunicipalitySize => 0..4,
                    Dimension::KostraGroup => 0..18,
                    _ => 0..1,
                };
                for key in keys {
                    let label = dimension.label(key, *language);
                    assert!(!label.contains("statistics-"), "{dimension:?} {key}: {label}");
                }
            }
        }
    }
}
