//! The parts that the forms share, at random.
use chrono::{DateTime, FixedOffset, NaiveDate, TimeDelta};
use eforms_write::codes::*;
use eforms_write::facts::time::Unit;
use eforms_write::facts::*;
use eforms_write::languages::{Languages, Norwegian, Text};
use proptest::collection::vec;
use proptest::option::{of, weighted};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::string::{RegexGeneratorStrategy, string_regex};
use std::sync::LazyLock;
use uuid::{Builder, Uuid};

/// Texts of a shape. Compiled once: there are thousands of them in the facts of one notice.
type Shape = LazyLock<RegexGeneratorStrategy<String>>;
macro_rules! shape {
    ($regex:literal) => {
        LazyLock::new(|| string_regex($regex).unwrap())
    };
}

/// The day on which all of these are sent.
pub fn issued() -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339("2026-11-20T12:00:00+01:00").unwrap()
}

/// What random facts are told in, before they are translated.
pub const OURS: &str = "NOB";
pub const THEIRS: &str = "ENG";

pub fn told() -> Languages {
    Languages { norwegian: Norwegian::Bokmaal, official: Some(Code::new(THEIRS)) }
}

pub fn any_code<L: List>() -> impl Strategy<Value = &'static str> {
    select(L::codes().collect::<Vec<_>>())
}

pub fn uuid() -> impl Strategy<Value = Uuid> {
    any::<[u8; 16]>().prop_map(|bytes| Builder::from_random_bytes(bytes).into_uuid())
}

/// Letters of many kinds, what XML makes much of, and sometimes as many as there may be.
pub fn words(max: usize) -> impl Strategy<Value = String> {
    static PLAIN: Shape = shape!("[A-ZÆØÅ][a-zæøå ,.]{1,40}");
    static ODD: Shape = shape!("[ -~æøåÆØÅ€ßłñ漢🎈\u{a0}][ -~\n\tæøåÆØÅ€ßłñ漢🎈]{0,60}");
    prop_oneof![30 => &*PLAIN, 8 => &*ODD, 1 => Just("æ".repeat(max))]
}

/// Now and then with spaces around it, which a text may have and an identifier may not.
pub fn line() -> impl Strategy<Value = String> + Clone {
    static LINE: Shape = shape!("[A-ZÆØÅ0-9][A-Za-z0-9æøå&<>'\"/ -]{0,30}[A-Za-z]");
    static PADDED: Shape = shape!(" ?[a-z]{1,9}( |\n)");
    prop_oneof![40 => &*LINE, 1 => &*PADDED]
}

pub fn text(max: usize) -> BoxedStrategy<Text> {
    (words(max), words(max))
        .prop_map(|(ours, theirs)| Text::new([(OURS, ours.as_str()), (THEIRS, theirs.as_str())]))
        .boxed()
}

pub fn cpv(nature: Nature) -> impl Strategy<Value = Cpv> {
    static WORKS: LazyLock<Vec<&str>> = LazyLock::new(|| of_nature(Nature::Works));
    static SUPPLIES: LazyLock<Vec<&str>> = LazyLock::new(|| of_nature(Nature::Supplies));
    static SERVICES: LazyLock<Vec<&str>> = LazyLock::new(|| of_nature(Nature::Services));
    let codes: &'static [&str] = match nature {
        Nature::Works => &WORKS,
        Nature::Supplies => &SUPPLIES,
        Nature::Services => &SERVICES,
    };
    select(codes).prop_map(|code| Cpv(code.to_owned()))
}

pub fn of_nature(nature: Nature) -> Vec<&'static str> {
    let fits = |code: &&str| match (&code[..2], nature) {
        ("45", nature) => nature == Nature::Works,
        ("48", nature) => nature == Nature::Supplies,
        (division, Nature::Supplies) => division < "45",
        (division, Nature::Services) => division > "48",
        (_, Nature::Works) => false,
    };
    regulations::cpv_list().iter().map(|entry| entry.code).filter(fits).collect()
}

pub fn money() -> impl Strategy<Value = Amount> {
    prop_oneof![(0..50_000_000u32).prop_map(Amount::kroner), (0..9_000_000_000u64).prop_map(Amount::oere)]
}

pub fn later(days: std::ops::Range<i64>) -> impl Strategy<Value = Deadline> {
    (days, 0..24 * 60i64).prop_map(|(days, minutes)| {
        Deadline(issued() - TimeDelta::hours(12) + TimeDelta::days(days) + TimeDelta::minutes(minutes))
    })
}

pub fn day(days: std::ops::Range<i64>) -> impl Strategy<Value = NaiveDate> {
    days.prop_map(|days| issued().date_naive() + TimeDelta::days(days))
}

pub fn unit() -> impl Strategy<Value = Unit> {
    select(vec![Unit::Days, Unit::Weeks, Unit::Months, Unit::Years])
}

pub fn period() -> impl Strategy<Value = Period> {
    prop_oneof![
        (1..50u16, unit()).prop_map(|(number, unit)| Period::Lasts { number, unit }),
        Just(Period::Dates {
            start: NaiveDate::from_ymd_opt(2027, 3, 28).unwrap(),
            end: NaiveDate::from_ymd_opt(2029, 10, 28).unwrap()
        }),
        Just(Period::Unlimited),
    ]
}

pub fn place() -> impl Strategy<Value = Place> {
    prop_oneof![
        3 => (select(vec!["NO020", "NO081", "NO0A1", "NO073", "NO094"]), of(line()))
            .prop_map(|(nuts, city)| Place::Region { nuts: Code::new(nuts), city }),
        1 => (any_code::<Nuts>(), of(line())).prop_map(|(nuts, city)| Place::Region { nuts: Code::new(nuts), city }),
        1 => any_code::<Countries>().prop_map(|country| Place::Country { country: Code::new(country) }),
        1 => Just(Place::Eea),
        1 => Just(Place::Anywhere),
    ]
}

pub fn url() -> impl Strategy<Value = Url> {
    static URL: Shape =
        shape!("https?://[a-zæ0-9]{1,12}\\.no(/[A-Za-z0-9._~&=?,;:@()*+!$'-]{1,20}){0,2}(#[a-z]{1,5})?");
    (&*URL).prop_map(Url)
}

pub fn organisation() -> impl Strategy<Value = Organisation> {
    let norwegian = (
        select(vec!["964965226", "974760673", "958935420", "839953062", "974 683 520"]),
        select(vec!["NO020", "NO081", "NO0A1"]),
    )
        .prop_map(|(number, nuts)| (number.to_owned(), Some(nuts), "NOR"));
    static ABROAD: LazyLock<Vec<(&str, Option<&str>)>> =
        LazyLock::new(|| Countries::codes().map(|country| (country, first_region(country))).collect());
    let foreign =
        ("[A-Z0-9 -]{1,20}[0-9]", select(&**ABROAD)).prop_map(|(number, (country, nuts))| (number, nuts, country));
    let contact = (
        of(line()),
        "[a-z]{1,8}(\\.[a-z+]{1,8})?@[a-zæøå0-9]{1,9}\\.(no|com|example)",
        "\\+?[0-9]{3,8}([ -][0-9]{2}){0,3}",
    );
    (line(), prop_oneof![9 => norwegian.boxed(), 1 => foreign.boxed()], of(line()), of(url()), contact).prop_map(
        |(name, (number, nuts, country), street, website, (contact, email, phone))| Organisation {
            name,
            number: Some(number),
            address: Address {
                street,
                postcode: Some("0161".to_owned()),
                city: Some("Oslo".to_owned()),
                nuts: nuts.map(Code::new),
                country: Code::new(country),
            },
            contact: Contact { name: contact, email: Some(Email(email)), phone: Some(Phone(phone)) },
            website,
        },
    )
}

pub fn first_region(country: &str) -> Option<&'static str> {
    let mut rows = Nuts::DATA.lines().filter_map(|line| line.split_once(','));
    rows.find_map(|(region, of)| (of == country).then_some(region))
}

pub fn buyers(national: bool) -> impl Strategy<Value = Vec<Buyer>> {
    let fits = move |code: &&str| {
        let code = Code::<BuyerLegalType>::new(*code);
        if national { code.is_precise() } else { !code.is_utility() }
    };
    let legal_types: Vec<&str> = BuyerLegalType::codes().filter(fits).collect();
    let buyer = (organisation(), select(legal_types), any::<prop::sample::Index>(), of(url())).prop_map(
        |(organisation, legal_type, activity, profile)| {
            let legal_type = Code::<BuyerLegalType>::new(legal_type);
            let fits = |code: &Code<MainActivity>| {
                if legal_type.is_utility() { code.is_of_utilities() } else { code.is_of_authorities() }
            };
            let activities: Vec<_> = MainActivity::codes().map(Code::new).filter(fits).collect();
            let activity = Some(activity.get(&activities).clone());
            Buyer { organisation, legal_type: Some(legal_type), activity, profile }
        },
    );
    vec(buyer, 1..4)
}

pub fn subject() -> impl Strategy<Value = Subject> {
    let texts = (text(400), text(6_000), of(text(10_000)));
    let nature = select(Nature::ALL).prop_flat_map(|nature| {
        let others: Vec<Nature> = Nature::ALL.iter().copied().filter(|other| *other != nature).collect();
        (Just(nature), prop::sample::subsequence(others, 0..=2), cpv(nature))
    });
    let more = vec(select(Nature::ALL).prop_flat_map(cpv), 0..3);
    (texts, nature, more, vec(place(), 1..4), weighted(0.3, line())).prop_map(
        |((title, description, further), (nature, also, cpv), additional_cpv, places, reference)| Subject {
            reference,
            title,
            description,
            nature,
            also,
            cpv,
            additional_cpv,
            value: None,
            places,
            further,
        },
    )
}

/// What only the forms of the directives ask for.
pub fn required_unless<S: Strategy + 'static>(national: bool, strategy: S) -> BoxedStrategy<Option<S::Value>>
where
    S::Value: Clone,
{
    if national { of(strategy).boxed() } else { strategy.prop_map(Some).boxed() }
}

/// Values that add up, or none.
pub fn divided(whole: &mut Subject, lots: &mut [&mut Subject], values: Option<Vec<Amount>>) {
    let Some(values) = values else { return };
    whole.value = Some(values.iter().copied().take(lots.len()).sum());
    for (lot, value) in lots.iter_mut().zip(values) {
        lot.value = Some(value);
    }
}

pub fn values() -> impl Strategy<Value = Option<Vec<Amount>>> {
    of(vec(money(), 4..5))
}

pub fn legal_basis(form: &'static str) -> impl Strategy<Value = LegalBasis> {
    let row = move |code: &&str| LegalBases::row(code).unwrap().nth(1).unwrap().split(' ').any(|f| f == form);
    select(LegalBases::codes().filter(row).collect::<Vec<_>>()).prop_map(Code::new)
}

pub fn documents() -> impl Strategy<Value = Documents> {
    prop_oneof![
        url().prop_map(|url| Documents::Open { url }),
        (url(), any_code::<CommunicationJustification>())
            .prop_map(|(url, reason)| Documents::Restricted { url, reason: Code::new(reason) }),
    ]
}

pub fn previous() -> impl Strategy<Value = PreviousNotice> {
    (uuid(), 1..=99u8, of("(PAR|LOT)-[0-9]{4}")).prop_map(|(notice_id, version, part)| PreviousNotice {
        notice_id,
        version,
        part,
    })
}

pub fn submission_languages() -> impl Strategy<Value = Vec<Code<AnyLanguage>>> {
    vec(any_code::<AnyLanguage>().prop_map(Code::new), 1..4)
}
