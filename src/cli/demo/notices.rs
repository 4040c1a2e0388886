//! The notices of the demo: three years of invented plans, consultations, competitions and results, drawn by the shares in
//! `demo/notices.json`, so that every chart has something to show.
use super::people::{BuyerRow, SellerRow};
use crate::app::Caller;
use crate::notices::codelists::{
    CompanySize, FormType, Innovation, LegalType, LotKind, Nature, ProcedureType, Strategic, Submission, Subtype,
    WinnerChosen,
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
use anyhow::Context;
use chrono::{Datelike, Days, Months, NaiveDate};
use serde::Deserialize;
use sha2::{Digest, Sha256};

/// How the notices are drawn.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Shares {
    /// For whoever reads the file.
    #[serde(rename = "about")]
    _about: String,
    /// How long the demo's buyers have been buying.
    months: u32,
    /// How many months before the competition its plan is made, at most: of what lies ahead only plans are here.
    ahead: u32,
    /// How much is bought in each month of the year, of ten.
    season: [u32; 12],
    buyers: Vec<BuyerOrder>,
    purchases: Vec<Purchase>,
    procedures: Vec<ProcedureShare>,
    values: Vec<ValueShare>,
    /// In kroner: from here on the notices are those of the EEA.
    eea_from: i64,
    no_estimate: u32,
    planned: Growing,
    consulted: Growing,
    changed: u32,
    concluded: u32,
    several_lots: u32,
    innovation: Growing,
    novelties: Vec<NoveltyShare>,
    environment: Growing,
    social: Growing,
    tenders: Vec<TendersShare>,
    small_tenders: u32,
    /// How many companies there are beside those that are registered.
    winners: u32,
    sizes: Vec<SizeShare>,
    /// Contracts that go to a supplier of the demo, where there is one that sells such things.
    registered: Growing,
}

/// One of the organisations of the demo, or one that is nothing but a buyer in notices.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BuyerOrder {
    organisation: Option<String>,
    name: Option<String>,
    number: Option<String>,
    legal_type: Option<LegalType>,
    nuts: Option<Box<str>>,
    /// Purchases in a month, in the middle.
    monthly: u32,
}

#[derive(Deserialize)]
struct Purchase {
    title: String,
    cpv: String,
    nature: Nature,
}

#[derive(Deserialize)]
struct ProcedureShare {
    procedure: ProcedureType,
    share: i64,
    yearly: i64,
}

#[derive(Deserialize)]
struct ValueShare {
    share: u32,
    from: u32,
    to: u32,
}

#[derive(Deserialize)]
struct NoveltyShare {
    code: Innovation,
    share: u32,
}

#[derive(Deserialize)]
struct TendersShare {
    share: u32,
    tenders: u32,
}

#[derive(Deserialize)]
struct SizeShare {
    share: u32,
    size: CompanySize,
}

/// A share that grows from year to year, and is another where the procedure is one for what is new.
#[derive(Deserialize)]
struct Growing {
    share: u32,
    yearly: u32,
    new: u32,
}

impl Growing {
    fn at(&self, month: u32, is_new: bool) -> u32 {
        if is_new { self.new } else { self.share + self.yearly * month / 12 }
    }
}

/// Who buys, as notices tell it.
struct Who {
    name: String,
    number: String,
    legal_type: LegalType,
    nuts: Option<Box<str>>,
    monthly: u32,
}

fn shares() -> Result<Shares> {
    Ok(serde_json::from_str(include_str!("../../../demo/notices.json")).context("demo/notices.json")?)
}

/// Enters them, up to the day before today.
pub fn enter(app: &App, buyers: &[BuyerRow], sellers: &[SellerRow]) -> Result<()> {
    let now = app.clock.now();
    let today = crate::platform::wording::day_of(now);
    let mut rows = Vec::new();
    for notice in drawn(&shares()?, buyers, sellers, today)? {
        let json = serde_json::to_vec(&notice).unwrap_or_default();
        rows.push(Stored::of(notice, first_bytes(&json), now)?);
    }
    app.write_now(&Caller::system(Reason::Demo), |op| {
        let permit = policy::import(op.actor())?;
        keep(op, permit, rows).map(|_| ())
    })
}

/// All of them that were sent before today.
fn drawn(shares: &Shares, buyers: &[BuyerRow], sellers: &[SellerRow], today: NaiveDate) -> Result<Vec<Notice>> {
    let first = today.with_day(1).unwrap_or(today).checked_sub_months(Months::new(shares.months)).unwrap_or(today);
    let mut notices = Vec::new();
    for (number, order) in shares.buyers.iter().enumerate() {
        let buyer = who(order, buyers)?;
        for month in 0..=shares.months + shares.ahead {
            let begins = first.checked_add_months(Months::new(month)).unwrap_or(first);
            let season = shares.season.get(begins.month0() as usize).copied().unwrap_or(10);
            let draw = Draw { buyer: number, month, nth: 0 };
            // Twice the mean at most; what is left of ten decides whether there is one more.
            let tenths = draw.below("how many", buyer.monthly * 2 + 1) * season;
            let many = tenths / 10 + u32::from(draw.below("one more", 10) < tenths % 10);
            for nth in 0..many {
                let case = Case { shares, buyer: &buyer, sellers, draw: Draw { nth, ..draw } };
                let sent = |notice: &Notice| notice.issued.date.is_some_and(|date| (first..today).contains(&date.day));
                notices.extend(case.notices(begins).into_iter().filter(sent));
            }
        }
    }
    Ok(notices)
}

fn who(order: &BuyerOrder, buyers: &[BuyerRow]) -> Result<Who> {
    let (name, number) = match &order.organisation {
        Some(key) => {
            let row = buyers.iter().find(|row| row.key == *key);
            let row = row.with_context(|| format!("demo/notices.json names `{key}`, which is no municipality"))?;
            (row.name.clone(), row.organisation_number.clone())
        }
        None => (order.name.clone().unwrap_or_default(), order.number.clone().unwrap_or_default()),
    };
    let legal_type = order.legal_type.unwrap_or(LegalType::LocalAuthority);
    Ok(Who { name, number, legal_type, nuts: order.nuts.clone(), monthly: order.monthly })
}

/// Chance that is the same every time: buyer, month, and which of the month.
#[derive(Clone, Copy)]
struct Draw {
    buyer: usize,
    month: u32,
    nth: u32,
}

impl Draw {
    fn bytes(&self, what: &str) -> [u8; 16] {
        first_bytes(format!("{} {} {} {what}", self.buyer, self.month, self.nth).as_bytes())
    }

    fn below(&self, what: &str, n: u32) -> u32 {
        let [a, b, c, d, ..] = self.bytes(what);
        u32::from_be_bytes([a, b, c, d]) % n.max(1)
    }

    /// So many times in a thousand.
    fn happens(&self, what: &str, share: u32) -> bool {
        self.below(what, 1000) < share
    }

    /// One of several, each as often as its share says.
    fn one<'a, T>(&self, what: &str, all: &'a [T], share: impl Fn(&T) -> u32) -> Option<&'a T> {
        let mut left = self.below(what, all.iter().map(&share).sum());
        all.iter().find(|one| {
            let is_it = left < share(one);
            left = left.saturating_sub(share(one));
            is_it
        })
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

/// A purchase, from its plan to its result.
struct Case<'a> {
    shares: &'a Shares,
    buyer: &'a Who,
    sellers: &'a [SellerRow],
    draw: Draw,
}

impl Case<'_> {
    /// A consultation and a plan before it, perhaps; the competition, perhaps changed once; and its result, perhaps. Where there is no
    /// competition, the result alone.
    fn notices(&self, begins: NaiveDate) -> Vec<Notice> {
        let (shares, draw) = (self.shares, &self.draw);
        let issued = begins + Days::new(draw.below("day", 27).into());
        let procedure = self.procedure();
        let deadline = issued + Days::new(30 + u64::from(draw.below("deadline", 20)));
        let concluded = || self.result(procedure, deadline);
        if procedure == ProcedureType::NegotiatedWithoutCall {
            return vec![concluded()];
        }
        let is_new = is_new(procedure);
        let mut notices = Vec::new();
        // A consultation comes before the plan, which points at it.
        let mut before = Vec::new();
        for (what, form, growing, days) in [
            ("consultation", FormType::Consultation, &shares.consulted, 150),
            ("plan", FormType::Planning, &shares.planned, 60),
        ] {
            if draw.happens(what, growing.at(draw.month, is_new)) {
                let day = issued - Days::new(days + u64::from(draw.below(&format!("{what} before"), 80)));
                let mut notice = self.notice(what, day, form);
                points_at(&mut notice, &before);
                before.extend(notice.id.clone());
                notices.push(notice);
            }
        }
        let mut competition = self.notice("competition", issued, FormType::Competition);
        competition.procedure.kind = Some(Code::Known(procedure));
        points_at(&mut competition, &before);
        let (aims, innovation) = self.aims(is_new);
        for lot in &mut competition.lots {
            lot.process.tender_deadline = moment(deadline);
            lot.project.strategy.aims.clone_from(&aims);
            lot.project.strategy.innovation.clone_from(&innovation);
        }
        let changed = draw.happens("changed", shares.changed).then(|| {
            let mut changed = competition.clone();
            changed.id = draw.id("changed");
            changed.issued = moment(issued + Days::new(10));
            let before = competition.id.clone().map(|id| NoticeReference::Notice { id, version: Some("01".into()) });
            changed.change = Some(Change { notice: before, reason: None });
            changed
        });
        notices.push(competition);
        notices.extend(changed);
        notices.extend(draw.happens("concluded", shares.concluded).then(concluded));
        notices
    }

    fn procedure(&self) -> ProcedureType {
        let now = |row: &ProcedureShare| {
            u32::try_from(row.share + row.yearly * i64::from(self.draw.month) / 12).unwrap_or_default()
        };
        let row = self.draw.one("procedure", &self.shares.procedures, now);
        row.map_or(ProcedureType::Open, |row| row.procedure)
    }

    /// BT-06 and BT-776.
    fn aims(&self, is_new: bool) -> (Vec<Code<Strategic>>, Vec<Code<Innovation>>) {
        let (shares, draw) = (self.shares, &self.draw);
        let happens = |what: &str, growing: &Growing| draw.happens(what, growing.at(draw.month, is_new));
        let (mut aims, mut innovation) = (Vec::new(), Vec::new());
        if happens("innovation", &shares.innovation) {
            aims.push(Code::Known(Strategic::Innovation));
            let novelties = shares.novelties.iter().filter(|row| draw.happens(row.code.as_str(), row.share));
            innovation.extend(novelties.map(|row| Code::Known(row.code)));
        }
        if happens("environment", &shares.environment) {
            aims.push(Code::Known(Strategic::Environment));
        }
        if happens("social", &shares.social) {
            aims.push(Code::Known(Strategic::Social));
        }
        if aims.is_empty() {
            aims.push(Code::Known(Strategic::Nothing));
        }
        (aims, innovation)
    }

    /// In kroner.
    fn value(&self) -> i64 {
        let draw = &self.draw;
        let Some(band) = draw.one("band", &self.shares.values, |band| band.share) else { return 0 };
        let kroner = band.from + draw.below("value", band.to - band.from);
        // Estimates are round.
        i64::from(kroner / 10_000) * 10_000
    }

    fn notice(&self, what: &str, issued: NaiveDate, form: FormType) -> Notice {
        let (shares, draw) = (self.shares, &self.draw);
        let is_national = self.value() < shares.eea_from;
        let (document, subtype, kind) = match form {
            FormType::Competition if is_national => (DocumentKind::Contract, Subtype::E3, LotKind::Lot),
            FormType::Competition => (DocumentKind::Contract, Subtype::S16, LotKind::Lot),
            FormType::Result if is_national => (DocumentKind::ContractAward, Subtype::E4, LotKind::Lot),
            FormType::Result => (DocumentKind::ContractAward, Subtype::S29, LotKind::Lot),
            FormType::Planning if is_national => (DocumentKind::PriorInformation, Subtype::E2, LotKind::Part),
            FormType::Planning => (DocumentKind::PriorInformation, Subtype::S4, LotKind::Part),
            _ => (DocumentKind::PriorInformation, Subtype::E1, LotKind::Lot),
        };
        let mut notice = Notice {
            document,
            id: draw.id(what),
            version: Some("01".into()),
            // What comes before the procedure must not carry one (BT-04).
            procedure_id: matches!(form, FormType::Competition | FormType::Result)
                .then(|| draw.id("procedure"))
                .flatten(),
            subtype: Some(Code::Known(subtype)),
            form: Some(Code::Known(form)),
            language: Language::parse("NOB"),
            issued: moment(issued),
            ..Notice::default()
        };
        if let Some(purchase) = draw.one("purchase", &shares.purchases, |_| 1) {
            notice.project.title = in_bokmaal(&purchase.title);
            notice.project.cpv = Some(Cpv::new(&purchase.cpv));
            notice.project.nature = Some(Code::Known(purchase.nature));
        }
        let estimates = form != FormType::Result && !draw.happens("no estimate", shares.no_estimate);
        notice.project.estimated_value = estimates.then(|| amount(self.value()));
        notice.organisations.push(Organisation {
            id: Some("ORG-0001".into()),
            name: in_bokmaal(&self.buyer.name),
            identifiers: vec![self.buyer.number.as_str().into()],
            number: OrganisationNumber::parse(&self.buyer.number).ok(),
            country: Country::parse("NOR"),
            nuts: self.buyer.nuts.clone(),
            ..Organisation::default()
        });
        notice.buyers.push(Buyer {
            organisation: Some(Reference { id: "ORG-0001".into(), at: Some(0) }),
            legal_type: Some(Code::Known(self.buyer.legal_type)),
            ..Buyer::default()
        });
        let several = draw.happens("lots", shares.several_lots);
        let lots = if several { 2 + draw.below("how many lots", 3) } else { 1 };
        let prefix = if kind == LotKind::Part { "PAR" } else { "LOT" };
        notice.lots = (1..=lots)
            .map(|n| Lot {
                id: Some(format!("{prefix}-{n:04}").into()),
                kind: Some(Code::Known(kind)),
                ..Lot::default()
            })
            .collect();
        notice
    }

    fn result(&self, procedure: ProcedureType, deadline: NaiveDate) -> Notice {
        let (shares, draw) = (self.shares, &self.draw);
        let is_new = is_new(procedure);
        // What is new is talked about for longer.
        let least = if is_new { 90 } else { 20 };
        let decided = deadline + Days::new(least + u64::from(draw.below("decided", 70)));
        let issued = decided + Days::new(12 + u64::from(draw.below("announced", 20)));
        let mut notice = self.notice("result", issued, FormType::Result);
        notice.procedure.kind = Some(Code::Known(procedure));
        let lots = i64::try_from(notice.lots.len()).unwrap_or(1);
        let mut value = 0;
        for nth in 0..notice.lots.len() {
            let draw = Draw { nth: draw.nth * 100 + u32::try_from(nth).unwrap_or(0) + 1, ..*draw };
            let tenders = match procedure {
                ProcedureType::NegotiatedWithoutCall => 1,
                _ => draw.one("tenders", &shares.tenders, |row| row.share).map_or(0, |row| row.tenders),
            };
            let mut lot = LotResult {
                id: Some(format!("RES-{:04}", nth + 1).into()),
                lot: notice.lots[nth].id.clone().map(|id| Reference { id, at: u32::try_from(nth).ok() }),
                outcome: Some(Code::Known(WinnerChosen::ClosedWithoutAward)),
                ..LotResult::default()
            };
            if tenders > 0 {
                let count = |of, n| Statistic { of: Some(Code::Known(of)), count: Some(Count::Of(n)) };
                let small = (0..tenders).filter(|n| draw.happens(&format!("small {n}"), shares.small_tenders)).count();
                lot.outcome = Some(Code::Known(WinnerChosen::Awarded));
                lot.statistics = vec![
                    count(Submission::Tenders, tenders),
                    count(Submission::SmallOrMedium, u32::try_from(small).unwrap_or(0)),
                ];
                // Somewhat less than it was thought to cost, or somewhat more.
                let kroner = self.value() / lots * i64::from(75 + draw.below("price", 45)) / 100;
                value += kroner;
                lot.tenders = vec![self.award(&mut notice, &draw, is_new, kroner)];
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
    fn award(&self, notice: &mut Notice, draw: &Draw, is_new: bool, kroner: i64) -> Reference {
        let at = |list: usize| u32::try_from(list).ok();
        let (name, number, size) = match self.seller(notice, draw, is_new) {
            Some(seller) => {
                let number = OrganisationNumber::parse(&seller.organisation_number).ok();
                (seller.name.clone(), number, seller.employees.map(size_of))
            }
            None => {
                let nth = draw.below("winner", self.shares.winners) + 1;
                // A company has its size whatever it wins.
                let company = Draw { buyer: 0, month: 0, nth };
                let size = company.one("size of winner", &self.shares.sizes, |row| row.share).map(|row| row.size);
                (format!("Leverandør {nth}"), invented_number(nth), size)
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
    fn seller(&self, notice: &Notice, draw: &Draw, is_new: bool) -> Option<&SellerRow> {
        let division = notice.project.cpv.as_ref()?.as_str().get(..2)?;
        let sells = |seller: &&SellerRow| seller.cpv.iter().any(|cpv| cpv.starts_with(division));
        let fitting: Vec<&SellerRow> = self.sellers.iter().filter(sells).collect();
        let is_registered = draw.happens("registered", self.shares.registered.at(draw.month, is_new));
        draw.one("seller", &fitting, |_| 1).filter(|_| is_registered).copied()
    }
}

/// Made for what is not there yet.
const fn is_new(procedure: ProcedureType) -> bool {
    matches!(procedure, ProcedureType::InnovationPartnership | ProcedureType::CompetitiveDialogue)
}

/// BT-125, of each lot or part.
fn points_at(notice: &mut Notice, before: &[Box<str>]) {
    for lot in &mut notice.lots {
        let previous = before.iter().map(|id| PreviousNotice {
            notice: Some(NoticeReference::Notice { id: id.clone(), version: Some("01".into()) }),
            part: None,
        });
        lot.process.previous_notices = previous.collect();
    }
}

fn in_bokmaal(text: &str) -> Vec<Text> {
    vec![Text { language: Language::parse("NOB"), text: text.into() }]
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::demo::people;
    use std::collections::BTreeSet;

    /// The demo is looked at to see what statistics can tell: something of everything has to be there.
    #[test]
    fn the_notices_have_something_of_everything() {
        let (shares, buyers, sellers) = (shares().unwrap(), people::buyers().unwrap(), people::sellers().unwrap());
        let today = NaiveDate::from_ymd_opt(2026, 11, 29).unwrap();
        let notices = drawn(&shares, &buyers, &sellers, today).unwrap();
        assert!((1_500..6_000).contains(&notices.len()), "{}", notices.len());
        let is = |form| move |notice: &&Notice| notice.form == Some(Code::Known(form)) && notice.change.is_none();
        let many = |form| notices.iter().filter(is(form)).count();
        let [plans, consultations, competitions, results] =
            [FormType::Planning, FormType::Consultation, FormType::Competition, FormType::Result].map(many);
        assert!(plans > 50 && consultations > 50 && competitions > 500 && results > 300);

        let procedures: BTreeSet<_> =
            notices.iter().filter_map(|notice| notice.procedure.kind.as_ref()?.known()).collect();
        assert_eq!(procedures, shares.procedures.iter().map(|row| row.procedure).collect());
        let new = notices.iter().filter(is(FormType::Competition));
        let new = new.filter(|notice| notice.procedure.kind.as_ref().and_then(Code::known).is_some_and(is_new)).count();
        assert!((competitions / 100..competitions / 12).contains(&new), "{new} of {competitions}");

        let kinds: BTreeSet<_> = notices.iter().filter_map(|notice| notice.legal_type()?.known()).collect();
        assert!(kinds.len() >= 6, "{kinds:?}");
        let years: BTreeSet<i32> = notices.iter().filter_map(|notice| Some(notice.issued.date?.day.year())).collect();
        assert!(years.is_superset(&[2024, 2025, 2026].into()), "{years:?}");
        let in_oslo = |notice: &&Notice| notice.organisations[0].nuts.as_deref() == Some("NO081");
        assert!(notices.iter().filter(in_oslo).count() > 100);
        let novelties: BTreeSet<_> = notices
            .iter()
            .flat_map(|notice| &notice.lots)
            .flat_map(|lot| lot.project.strategy.innovation.iter().filter_map(Code::known))
            .collect();
        assert_eq!(novelties, Innovation::ALL.iter().copied().collect());

        let winners = || notices.iter().flat_map(|notice| notice.organisations.iter().skip(1));
        let sizes: BTreeSet<_> = winners().filter_map(|winner| winner.size.as_ref()?.known()).collect();
        assert_eq!(sizes, shares.sizes.iter().map(|row| row.size).collect());
        let numbers: BTreeSet<&str> = sellers.iter().map(|seller| seller.organisation_number.as_str()).collect();
        let registered =
            winners().filter(|winner| winner.number.as_ref().is_some_and(|n| numbers.contains(n.as_str())));
        assert!(registered.count() > 50);
        // Who is no organisation of the demo says that it is invented.
        let own: BTreeSet<&str> = buyers.iter().map(|buyer| buyer.name.as_str()).collect();
        for buyer in shares.buyers.iter().filter_map(|buyer| buyer.name.as_deref()) {
            assert!(buyer.ends_with("(oppdiktet)") && !own.contains(buyer), "{buyer}");
        }
        for number in shares.buyers.iter().filter_map(|buyer| buyer.number.as_deref()) {
            assert!(OrganisationNumber::parse(number).is_ok(), "{number}");
        }
    }
}
