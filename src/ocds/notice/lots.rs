//! Lots, parts and groups of lots; and what is known of the planning.
use super::tender::{category, other_categories};
use super::values::{deadline, end_of, in_language, instant, number, once, text, until, value};
use super::{Form, Whole, code, is_cancelled};
use crate::notices::codelists::{EuFunds, LotKind, NotAwardedReason, Reserved, TimeUnit, WinnerChosen};
use crate::notices::{Amount, AwardCriterion, Code, Duration, GroupFramework, Lot, Process, Strategy, Weight};
use crate::ocds::codes::{self, Kind};
use crate::ocds::release::{
    self, AwardCriteria, BidOpening, CriterionNumber, DynamicPurchasingSystem, Finance, FrameworkAgreement, LotGroup,
    Milestone, OrganizationReference, OtherRequirements, Period, Planning, Release, Renewal, SecondStage,
    SimpleIdentifier, SubmissionTerms, Suitability, Sustainability, Techniques,
};

/// The names of lots: their own where they have one, and each only once.
pub(super) fn ids(lots: &[&Lot]) -> Vec<String> {
    let mut ids: Vec<String> = Vec::with_capacity(lots.len());
    for (at, lot) in lots.iter().enumerate() {
        let own = lot.id.as_deref().filter(|id| !id.is_empty() && !ids.iter().any(|known| known == id));
        ids.push(own.map_or_else(|| format!("#{}", at + 1), str::to_owned));
    }
    ids
}

/// The name of the lot, where there is one only.
pub(super) fn only<'a>(whole: &'a Whole<'_>) -> Option<&'a String> {
    let mut lots = whole.lots.iter().zip(&whole.lot_ids).filter(|(lot, _)| !is_group(lot));
    lots.next().filter(|_| lots.next().is_none()).map(|(_, id)| id)
}

pub(super) fn is_group(lot: &Lot) -> bool {
    lot.kind == Some(Code::Known(LotKind::LotsGroup))
}

pub(super) fn lots(whole: &Whole<'_>) -> Vec<release::Lot> {
    let of = whole.lots.iter().zip(&whole.lot_ids).filter(|(lot, _)| !is_group(lot));
    of.map(|(lot, id)| self::lot(whole, lot, id)).collect()
}

pub(super) fn groups(whole: &Whole<'_>) -> Vec<LotGroup> {
    let of = whole.lots.iter().zip(&whole.lot_ids).filter(|(lot, _)| is_group(lot));
    of.map(|(lot, id)| LotGroup {
        id: id.clone(),
        title: text(whole.notice, &lot.project.title),
        description: text(whole.notice, &lot.project.description),
        maximum_value: value(of_result(whole, lot).or(lot.process.framework_maximum)),
    })
    .collect()
}

/// BT-156: what the result says of the group is later than what the competition said (BT-157).
fn of_result(whole: &Whole<'_>, lot: &Lot) -> Option<Amount> {
    let is_of = |group: &&GroupFramework| {
        let named = group.group.as_ref().and_then(|group| group.in_list(&whole.notice.lots));
        named.is_some_and(|named| std::ptr::eq(named, lot))
    };
    whole.notice.result.groups.iter().find(is_of).and_then(|group| group.maximum)
}

fn lot(whole: &Whole<'_>, lot: &Lot, id: &str) -> release::Lot {
    let (project, process, terms) = (&lot.project, &lot.process, &lot.terms);
    let sustainability = sustainability(&project.strategy);
    release::Lot {
        id: id.to_owned(),
        title: text(whole.notice, &project.title),
        description: text(whole.notice, &project.description),
        status: status(whole, lot).to_owned(),
        value: value(project.estimated_value),
        main_procurement_category: category(project),
        additional_procurement_categories: other_categories(project),
        contract_period: contract_period(&project.duration),
        tender_period: tender_period(process),
        enquiry_period: until(process.question_deadline),
        bid_opening: BidOpening { date: super::moment(process.opening).unwrap_or_default() },
        has_renewal: project.renewals.map(|times| times > 0),
        renewal: Renewal { maximum_renewals: project.renewals.filter(|times| *times > 0) },
        has_recurrence: terms.recurs,
        suitability: Suitability { sme: project.suits_small_companies },
        has_sustainability: (!sustainability.is_empty()).then_some(true),
        sustainability,
        award_criteria: AwardCriteria { criteria: criteria(whole, &terms.criteria) },
        submission_terms: SubmissionTerms {
            electronic_submission_policy: known(&process.electronic_submission, codes::permission),
            variant_policy: known(&terms.variants, codes::permission),
            languages: once(terms.languages.iter().map(|language| codes::language(*language))),
            bid_validity_period: Period {
                duration_in_days: days(terms.validity.and_then(|v| v.as_whole()), &terms.validity_unit),
                ..Period::default()
            },
        },
        submission_method_details: terms.submission_address.as_deref().unwrap_or_default().to_owned(),
        other_requirements: OtherRequirements {
            reserved_participation: once(terms.reserved.iter().filter_map(|reserved| match reserved.known()? {
                Reserved::ShelteredWorkshops => Some("shelteredWorkshop"),
                Reserved::PublicServiceOrganisations => Some("publicServiceMissionOrganization"),
                Reserved::Nobody => None,
            })),
        },
        second_stage: SecondStage {
            minimum_candidates: process.fewest_candidates,
            maximum_candidates: process.most_candidates,
            successive_reduction: process.reduction,
            no_negotiation_necessary: terms.no_negotiation,
            invitation_date: process.invitation.and_then(instant).unwrap_or_default(),
        },
        techniques: techniques(process, project.framework_maximum),
        covered_by: if process.gpa == Some(true) { vec!["GPA"] } else { Vec::new() },
        identifiers: project
            .reference
            .iter()
            .map(|id| SimpleIdentifier { id: id.to_string(), scheme: "internal".to_owned() })
            .collect(),
        has_accessibility_criteria: project
            .strategy
            .accessibility
            .as_ref()
            .and_then(Code::known)
            .map(|a| a == crate::notices::codelists::Accessibility::Included),
        // Where there is one deadline for asking to take part and another for tenders, the first is a milestone.
        milestones: milestone(id, process),
    }
}

fn known<List: crate::notices::Codelist>(code: &Option<Code<List>>, name: impl Fn(List) -> &'static str) -> String {
    code.as_ref().and_then(Code::known).map(name).unwrap_or_default().to_owned()
}

/// BT-131; in two stages the deadline for asking to take part (BT-1311) is what the market must keep first.
fn tender_period(process: &Process) -> Period {
    let first = [process.tender_deadline, process.request_deadline, process.interest_deadline];
    let end_date = first.into_iter().find_map(deadline).unwrap_or_default();
    Period { end_date, ..Period::default() }
}

fn milestone(lot: &str, process: &Process) -> Vec<Milestone> {
    let Some(due_date) = deadline(process.request_deadline) else { return Vec::new() };
    vec![Milestone {
        id: format!("requests-{lot}"),
        title: "Deadline for requests to participate".to_owned(),
        r#type: "preProcurement",
        due_date,
        status: "scheduled",
        ..Milestone::default()
    }]
}

fn status(whole: &Whole<'_>, lot: &Lot) -> &'static str {
    if is_cancelled(whole.notice) {
        return "cancelled";
    }
    match whole.form {
        Form::Consultation => "planning",
        Form::Planning => "planned",
        Form::Competition => "active",
        Form::Award | Form::Modification | Form::Completion => {
            let of_lot = |result: &&crate::notices::LotResult| {
                result.lot.as_ref().is_some_and(|reference| Some(&reference.id) == lot.id.as_ref())
            };
            let result = whole.notice.result.lots.iter().find(of_lot);
            let outcome = result.and_then(|result| result.outcome.as_ref()).and_then(Code::known);
            let reason = result.and_then(|result| result.not_awarded.as_ref()).and_then(Code::known);
            match outcome {
                Some(WinnerChosen::StillOpen) => "active",
                Some(WinnerChosen::ClosedWithoutAward) if reason == Some(NotAwardedReason::ChangedNeed) => "cancelled",
                Some(WinnerChosen::ClosedWithoutAward) => "unsuccessful",
                Some(WinnerChosen::Awarded) | None => "complete",
            }
        }
    }
}

/// What is the same for every lot, and so for the whole.
pub(super) fn same_for_all(whole: &Whole<'_>, of: impl Fn(&Process) -> Period) -> Period {
    let mut periods = whole.lots.iter().filter(|lot| !is_group(lot)).map(|lot| of(&lot.process));
    let Some(first) = periods.next() else { return Period::default() };
    if periods.all(|other| other == first) { first } else { Period::default() }
}

fn contract_period(duration: &Duration) -> Period {
    Period {
        start_date: duration.starts.and_then(instant).unwrap_or_default(),
        end_date: duration.ends.and_then(end_of).unwrap_or_default(),
        duration_in_days: days(duration.number.and_then(|n| n.as_whole()), &duration.unit),
        description: code(&duration.open).unwrap_or_default(),
    }
}

/// As the profile reckons: a month has 30 days, a year 365.
fn days(number: Option<i64>, unit: &Option<Code<TimeUnit>>) -> Option<i64> {
    let days = match unit.as_ref()?.known()? {
        TimeUnit::Day => 1,
        TimeUnit::Week => 7,
        TimeUnit::Month => 30,
        TimeUnit::Year => 365,
    };
    number.filter(|number| *number >= 0)?.checked_mul(days)
}

/// BT-06 in general, and BT-774 to BT-776 in particular.
fn sustainability(strategy: &Strategy) -> Vec<Sustainability> {
    let aims = strategy.aims.iter().filter_map(Code::known).filter_map(codes::aim);
    let innovation = strategy.innovation.iter().filter_map(Code::known).map(codes::innovation);
    let environment = strategy.environment.iter().filter_map(Code::known).map(codes::environment);
    let social = strategy.social.iter().filter_map(Code::known).map(codes::social);
    let all = aims.chain(innovation).chain(environment).chain(social);
    let mut goals = once(all.map(|goal| Sustainability { goal, strategies: Vec::new() }));
    let green = once(strategy.green_criteria.iter().filter_map(Code::known).filter_map(codes::green_criteria));
    if !green.is_empty() {
        match goals.iter_mut().find(|known| known.goal.starts_with("environmental")) {
            Some(goal) => goal.strategies = green,
            None => goals.push(Sustainability { goal: "environmental", strategies: green }),
        }
    }
    goals
}

/// What our facts tell apart no further is numbered: OCDS takes none twice.
fn criteria(whole: &Whole<'_>, criteria: &[AwardCriterion]) -> Vec<release::AwardCriterion> {
    let mut told: Vec<release::AwardCriterion> = Vec::with_capacity(criteria.len());
    for (at, criterion) in criteria.iter().enumerate() {
        let mut criterion = self::criterion(whole, criterion);
        if told.contains(&criterion) {
            criterion.name = format!("{} #{}", criterion.name, at + 1).trim_start().to_owned();
        }
        if criterion != release::AwardCriterion::default() {
            told.push(criterion);
        }
    }
    told
}

fn criterion(whole: &Whole<'_>, criterion: &AwardCriterion) -> release::AwardCriterion {
    use crate::notices::codelists::CriterionType as C;
    let kind = criterion.kind.as_ref().and_then(Code::known);
    let name = in_language(whole.notice.language, &criterion.name);
    release::AwardCriterion {
        r#type: match kind {
            Some(C::Price) => "price".to_owned(),
            Some(C::Cost) => "cost".to_owned(),
            Some(_) => "quality".to_owned(),
            None => String::new(),
        },
        // DFØ's kinds about climate are all quality to OCDS: their codes tell them apart.
        name: match kind {
            Some(C::Price | C::Cost | C::Quality) | None => name,
            Some(climate) if name.is_empty() => climate.as_str().to_owned(),
            Some(climate) => format!("{name} ({})", climate.as_str()),
        },
        numbers: once(criterion.weights.iter().filter_map(criterion_number)),
    }
}

fn criterion_number(weight: &Weight) -> Option<CriterionNumber> {
    let of = number(weight.number.filter(|number| !number.is_negative())?)?;
    let mut number = CriterionNumber { number: Some(of), ..CriterionNumber::default() };
    match weight.kind.as_ref().and_then(Code::known).map(codes::weight) {
        Some(Kind::Weight(kind)) => number.weight = Some(kind),
        Some(Kind::Fixed(kind)) => number.fixed = Some(kind),
        Some(Kind::Threshold(kind)) => number.threshold = Some(kind),
        None => {}
    }
    Some(number)
}

fn techniques(process: &Process, maximum: Option<crate::notices::Amount>) -> Techniques {
    use crate::notices::codelists::{DynamicPurchasing, Framework};
    let framework = process.framework.as_ref().and_then(Code::known);
    let dynamic = process.dynamic_purchasing.as_ref().and_then(Code::known);
    Techniques {
        has_framework_agreement: framework.map(|kind| kind != Framework::Nothing),
        framework_agreement: FrameworkAgreement {
            method: framework.and_then(codes::framework).unwrap_or_default().to_owned(),
            maximum_participants: process.framework_participants,
            value: value(maximum),
        },
        has_dynamic_purchasing_system: dynamic.map(|kind| kind != DynamicPurchasing::Nothing),
        dynamic_purchasing_system: DynamicPurchasingSystem {
            r#type: dynamic.and_then(codes::dynamic_purchasing).unwrap_or_default().to_owned(),
            status: String::new(),
        },
        has_electronic_auction: process.electronic_auction,
    }
}

/// A consultation is an engagement with a deadline (BT-800); money of the EU is part of the budget (BT-60).
pub(super) fn planning(whole: &Whole<'_>) -> Planning {
    let mut planning = Planning::default();
    for (lot, id) in whole.lots.iter().zip(&whole.lot_ids) {
        if let Some(due_date) = deadline(lot.process.answer_deadline) {
            planning.milestones.push(Milestone {
                id: format!("engagement-{id}"),
                title: "Preliminary market consultation: deadline for answers".to_owned(),
                r#type: "engagement",
                due_date,
                status: "scheduled",
                related_lots: vec![id.clone()],
                ..Milestone::default()
            });
        }
        if lot.terms.eu_funds.as_ref().and_then(Code::known) == Some(EuFunds::Yes) {
            let finance = &mut planning.budget.finance;
            match finance.first_mut() {
                Some(known) => known.related_lots.push(id.clone()),
                None => finance.push(Finance {
                    id: "eu-funds".to_owned(),
                    financing_party: OrganizationReference { id: EU.to_owned(), name: EU_NAME.to_owned() },
                    related_lots: vec![id.clone()],
                }),
            }
        }
    }
    planning
}

const EU: &str = "EU";
const EU_NAME: &str = "European Union";

/// Whoever pays is a party.
pub(super) fn name_funder(_: &Whole<'_>, release: &mut Release) {
    if !release.planning.budget.finance.is_empty() {
        release.parties.push(release::Organization {
            id: EU.to_owned(),
            name: EU_NAME.to_owned(),
            roles: vec!["funder"],
            ..release::Organization::default()
        });
    }
}
