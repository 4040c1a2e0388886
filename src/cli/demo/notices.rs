//! The notices of the demo: thirty months of invented competitions and results of its buyers, so that there is something to
//! plot.
use super::people::{BuyerRow, SellerRow};
use crate::app::Caller;
use crate::notices::codelists::{
    CompanySize, FormType, LegalType, LotKind, Nature, ProcedureType, Strategic, Submission, Subtype, WinnerChosen,
};
use crate::notices::{
    Amount, Buyer, Change, Code, Contract, Count, Country, Cpv, Currency, Date, Decimal, DocumentKind, Language, Lot,
    LotResult, Moment, Notice, NoticeReference, Organisation, PreviousNotice, Reference, Statistic, Stored, Tender,
    Tenderer, TenderingParty, Text, keep, policy,
};
use crate::regulations::OrganisationNumber;
use crate::suppliers::Employees;
use crate::tenancy::Reason;
use crate::{App, Result};
use chrono::{Datelike, Days, Months, NaiveDate};
use sha2::{Digest, Sha256};

/// How long the demo's buyers have been buying.
const MONTHS: u32 = 30;

/// How many in a hundred contracts go to a supplier of the demo, where there is one that sells such things.
const REGISTERED: u32 = 20;

/// Enters them, up to the day before today.
pub fn enter(app: &App, buyers: &[BuyerRow], sellers: &[SellerRow]) -> Result<()> {
    let now = app.clock.now();
    let today = crate::platform::wording::day_of(now);
    let first = today.with_day(1).unwrap_or(today).checked_sub_months(Months::new(MONTHS)).unwrap_or(today);
    let mut rows = Vec::new();
    for (number, buyer) in buyers.iter().enumerate() {
        for month in 0..MONTHS {
            let begins = first.checked_add_months(Months::new(month)).unwrap_or(first);
            for nth in 0..Draw(number, month, 0).below("how many", 4) {
                let draw = Draw(number, month, nth);
                for notice in case(buyer, sellers, begins, month, &draw).into_iter().flatten() {
                    if notice.issued.date.is_some_and(|date| date.day < today) {
                        let json = serde_json::to_vec(&notice).unwrap_or_default();
                        rows.push(Stored::of(notice, first_bytes(&json), now)?);
                    }
                }
            }
        }
    }
    app.write_now(&Caller::system(Reason::Demo), |op| {
        let permit = policy::import(op.actor())?;
        keep(op, permit, rows).map(|_| ())
    })
}

/// Chance that is the same every time: buyer, month, and which of the month.
struct Draw(usize, u32, u32);

impl Draw {
    fn bytes(&self, what: &str) -> [u8; 16] {
        first_bytes(format!("{} {} {} {what}", self.0, self.1, self.2).as_bytes())
    }

    fn below(&self, what: &str, n: u32) -> u32 {
        let [a, b, c, d, ..] = self.bytes(what);
        u32::from_be_bytes([a, b, c, d]) % n
    }

    /// So many times in a hundred.
    fn happens(&self, what: &str, percent: u32) -> bool {
        self.below(what, 100) < percent
    }

    fn id(&self, what: &str) -> Option<Box<str>> {
        Some(uuid::Builder::from_random_bytes(self.bytes(what)).into_uuid().to_string().into())
    }
}

fn first_bytes(bytes: &[u8]) -> [u8; 16] {
    let mut first = [0; 16];
    first.iter_mut().zip(Sha256::digest(bytes)).for_each(|(to, from)| *to = from);
    first
}

/// What buyers buy, and by which division.
const PURCHASES: [(&str, &str, Nature); 12] = [
    ("Velferdsteknologi til hjemmetjenesten", "33196000", Nature::Supplies),
    ("Drift av IKT-plattform", "72500000", Nature::Services),
    ("Rehabilitering av skolebygg", "45214200", Nature::Works),
    ("Renhold av kommunale bygg", "90911200", Nature::Services),
    ("Rådgivende ingeniørtjenester", "71300000", Nature::Services),
    ("Matvarer til institusjoner", "15000000", Nature::Supplies),
    ("Elektriske nyttekjøretøy", "34144900", Nature::Supplies),
    ("Skoleskyss med minibuss", "60130000", Nature::Services),
    ("Vannledninger og overvann", "45231300", Nature::Works),
    ("Læremidler og programvare", "48190000", Nature::Supplies),
    ("Omsorgsboliger med bemanning", "85311000", Nature::Services),
    ("Gatelys med sensorer", "34993000", Nature::Supplies),
];

/// A consultation before it, perhaps; the competition, perhaps changed once; and its result, perhaps.
fn case(buyer: &BuyerRow, sellers: &[SellerRow], begins: NaiveDate, month: u32, draw: &Draw) -> [Option<Notice>; 4] {
    let issued = begins + Days::new(draw.below("day", 27).into());
    // What is new becomes more usual with time.
    let procedure = match draw.below("procedure", 100) {
        n if n < month / 10 => ProcedureType::InnovationPartnership,
        n if n < month / 5 => ProcedureType::CompetitiveDialogue,
        0..20 => ProcedureType::Restricted,
        20..40 => ProcedureType::NegotiatedWithCall,
        _ => ProcedureType::Open,
    };
    let new = matches!(procedure, ProcedureType::InnovationPartnership | ProcedureType::CompetitiveDialogue);
    let consulted = draw.happens("consulted", if new { 90 } else { 8 + month });
    let consultation = consulted.then(|| {
        let day = issued - Days::new(60 + u64::from(draw.below("before", 60)));
        notice(buyer, draw, "consultation", day, FormType::Consultation, Subtype::E1)
    });
    let mut competition = notice(buyer, draw, "competition", issued, FormType::Competition, Subtype::S16);
    competition.procedure.kind = Some(Code::Known(procedure));
    let deadline = issued + Days::new(30 + u64::from(draw.below("deadline", 20)));
    for lot in &mut competition.lots {
        lot.process.tender_deadline = moment(deadline);
        lot.project.strategy.aims = aims(draw, new);
        if let Some(id) = consultation.as_ref().and_then(|notice| notice.id.clone()) {
            lot.process.previous_notices = {
                let notice = Some(NoticeReference::Notice { id, version: Some("01".into()) });
                vec![PreviousNotice { notice, part: None }]
            };
        }
    }
    let changed = draw.happens("changed", 12).then(|| {
        let mut changed = competition.clone();
        changed.id = draw.id("changed");
        changed.issued = moment(issued + Days::new(10));
        let before = competition.id.clone().map(|id| NoticeReference::Notice { id, version: Some("01".into()) });
        changed.change = Some(Change { notice: before, reason: None });
        changed
    });
    let result = draw.happens("concluded", 85).then(|| result(buyer, sellers, draw, procedure, deadline));
    [consultation, Some(competition), changed, result]
}

fn aims(draw: &Draw, new: bool) -> Vec<Code<Strategic>> {
    let mut aims = Vec::new();
    if new || draw.happens("innovation", 3) {
        aims.push(Code::Known(Strategic::Innovation));
    }
    if draw.happens("environment", 55) {
        aims.push(Code::Known(Strategic::Environment));
    }
    if draw.happens("social", 20) {
        aims.push(Code::Known(Strategic::Social));
    }
    if aims.is_empty() {
        aims.push(Code::Known(Strategic::Nothing));
    }
    aims
}

fn notice(buyer: &BuyerRow, draw: &Draw, what: &str, issued: NaiveDate, form: FormType, subtype: Subtype) -> Notice {
    let at = usize::try_from(draw.below("purchase", 12)).unwrap_or(0);
    let (title, cpv, nature) = PURCHASES[at.min(PURCHASES.len() - 1)];
    let mut notice = Notice {
        document: match form {
            FormType::Competition => DocumentKind::Contract,
            FormType::Result => DocumentKind::ContractAward,
            _ => DocumentKind::PriorInformation,
        },
        id: draw.id(what),
        version: Some("01".into()),
        // A consultation must not carry one (BT-04).
        procedure_id: (form != FormType::Consultation).then(|| draw.id("procedure")).flatten(),
        subtype: Some(Code::Known(subtype)),
        form: Some(Code::Known(form)),
        language: Language::parse("NOB"),
        issued: moment(issued),
        ..Notice::default()
    };
    let name = |text: &str| vec![Text { language: Language::parse("NOB"), text: text.into() }];
    notice.project.title = name(title);
    notice.project.cpv = Some(Cpv::new(cpv));
    notice.project.nature = Some(Code::Known(nature));
    // From half a million to a hundred.
    let kroner = 500_000 * (1_i64 << draw.below("size", 8)) * i64::from(100 + draw.below("value", 60)) / 100;
    notice.project.estimated_value = Some(amount(kroner));
    notice.organisations.push(Organisation {
        id: Some("ORG-0001".into()),
        name: name(&buyer.name),
        identifiers: vec![buyer.organisation_number.as_str().into()],
        number: OrganisationNumber::parse(&buyer.organisation_number).ok(),
        country: Country::parse("NOR"),
        ..Organisation::default()
    });
    notice.buyers.push(Buyer {
        organisation: Some(Reference { id: "ORG-0001".into(), at: Some(0) }),
        legal_type: Some(Code::Known(LegalType::LocalAuthority)),
        ..Buyer::default()
    });
    let lots = if draw.happens("lots", 20) { 2 + draw.below("how many lots", 3) } else { 1 };
    notice.lots = (1..=lots)
        .map(|n| Lot {
            id: Some(format!("LOT-{n:04}").into()),
            kind: Some(Code::Known(LotKind::Lot)),
            ..Lot::default()
        })
        .collect();
    notice
}

fn result(
    buyer: &BuyerRow,
    sellers: &[SellerRow],
    draw: &Draw,
    procedure: ProcedureType,
    deadline: NaiveDate,
) -> Notice {
    let decided = deadline + Days::new(20 + u64::from(draw.below("decided", 70)));
    let issued = decided + Days::new(12 + u64::from(draw.below("announced", 20)));
    let mut notice = notice(buyer, draw, "result", issued, FormType::Result, Subtype::S29);
    notice.procedure.kind = Some(Code::Known(procedure));
    let mut value = 0;
    for nth in 0..notice.lots.len() {
        let draw = Draw(draw.0, draw.1, draw.2 * 100 + u32::try_from(nth).unwrap_or(0) + 1);
        let tenders = draw.below("tenders", 4) + draw.below("more tenders", 5);
        let mut lot = LotResult {
            id: Some(format!("RES-{:04}", nth + 1).into()),
            lot: notice.lots[nth].id.clone().map(|id| Reference { id, at: u32::try_from(nth).ok() }),
            outcome: Some(Code::Known(WinnerChosen::ClosedWithoutAward)),
            ..LotResult::default()
        };
        if tenders > 0 {
            let count = |of, n| Statistic { of: Some(Code::Known(of)), count: Some(Count::Of(n)) };
            let small = (0..tenders).filter(|n| draw.happens(&format!("small {n}"), 70)).count();
            lot.outcome = Some(Code::Known(WinnerChosen::Awarded));
            lot.statistics = vec![
                count(Submission::Tenders, tenders),
                count(Submission::SmallOrMedium, u32::try_from(small).unwrap_or(0)),
            ];
            let kroner = 400_000 * (1 + i64::from(draw.below("price", 100)));
            value += kroner;
            lot.tenders = vec![award(&mut notice, sellers, &draw, kroner)];
        }
        notice.result.lots.push(lot);
    }
    notice.result.value = (value > 0).then(|| amount(value));
    notice.result.contracts = vec![Contract {
        id: Some("CON-0001".into()),
        decided: Some(Date { day: decided, zone: None }),
        ..Contract::default()
    }];
    notice
}

/// A winner with its tender. Gives the reference to the tender.
fn award(notice: &mut Notice, sellers: &[SellerRow], draw: &Draw, kroner: i64) -> Reference {
    let at = |list: usize| u32::try_from(list).ok();
    let (name, number, size) = match seller(notice, sellers, draw) {
        Some(seller) => {
            let number = OrganisationNumber::parse(&seller.organisation_number).ok();
            (seller.name.clone(), number, seller.employees.map(size_of))
        }
        None => {
            let nth = draw.below("winner", 90) + 1;
            let size = match draw.below("size of winner", 10) {
                0..3 => CompanySize::Micro,
                3..6 => CompanySize::Small,
                6..8 => CompanySize::Medium,
                _ => CompanySize::Large,
            };
            (format!("Leverandør {nth}"), invented_number(nth), Some(size))
        }
    };
    let organisation = Reference {
        id: format!("ORG-{:04}", notice.organisations.len() + 1).into(),
        at: at(notice.organisations.len()),
    };
    notice.organisations.push(Organisation {
        id: Some(organisation.id.clone()),
        name: vec![Text { language: None, text: name.into() }],
        identifiers: number.iter().map(|number| number.as_str().into()).collect(),
        number,
        country: Country::parse("NOR"),
        size: size.map(Code::Known),
        ..Organisation::default()
    });
    let party = Reference {
        id: format!("TPA-{:04}", notice.result.parties.len() + 1).into(),
        at: at(notice.result.parties.len()),
    };
    notice.result.parties.push(TenderingParty {
        id: Some(party.id.clone()),
        tenderers: vec![Tenderer { organisation: Some(organisation), leads: Some(true) }],
        ..TenderingParty::default()
    });
    let tender = Reference {
        id: format!("TEN-{:04}", notice.result.tenders.len() + 1).into(),
        at: at(notice.result.tenders.len()),
    };
    notice.result.tenders.push(Tender {
        id: Some(tender.id.clone()),
        party: Some(party),
        value: Some(amount(kroner)),
        ..Tender::default()
    });
    tender
}

/// A supplier of the demo that sells what is bought. Mostly none.
fn seller<'a>(notice: &Notice, sellers: &'a [SellerRow], draw: &Draw) -> Option<&'a SellerRow> {
    let division = notice.project.cpv.as_ref()?.as_str().get(..2)?;
    let sells = |seller: &&SellerRow| seller.cpv.iter().any(|cpv| cpv.starts_with(division));
    let fitting: Vec<&SellerRow> = sellers.iter().filter(sells).collect();
    let many = u32::try_from(fitting.len()).ok().filter(|many| *many > 0 && draw.happens("registered", REGISTERED))?;
    fitting.get(usize::try_from(draw.below("seller", many)).ok()?).copied()
}

fn size_of(employees: Employees) -> CompanySize {
    match employees {
        Employees::UpToFour => CompanySize::Micro,
        Employees::UpToNineteen => CompanySize::Small,
        Employees::UpToNinetyNine | Employees::UpTo249 => CompanySize::Medium,
        Employees::From250 | Employees::Hundred => CompanySize::Large,
    }
}

/// A number of nobody, like those of the synthetic population. Of ten that follow each other one has the right last digit, and where
/// none has, one of the next ten.
fn invented_number(nth: u32) -> Option<OrganisationNumber> {
    let first = 331_000_000 + nth * 20;
    (first..first + 20).find_map(|number| OrganisationNumber::parse(&number.to_string()).ok())
}

fn moment(day: NaiveDate) -> Moment {
    Moment { date: Some(Date { day, zone: None }), time: None }
}

fn amount(kroner: i64) -> Amount {
    Amount { number: Decimal::new(kroner, 0), currency: Currency::parse("NOK") }
}
