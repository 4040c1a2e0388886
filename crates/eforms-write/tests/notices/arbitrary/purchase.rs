//! A competition at random, and what it has in common with its result.
use super::parts::*;
use chrono::NaiveDate;
use eforms_write::codes::*;
use eforms_write::facts::award::*;
use eforms_write::facts::competition::*;
use eforms_write::facts::framework::Framework;
use eforms_write::facts::procedure::{Opening, Shortlist};
use eforms_write::facts::qualification::*;
use eforms_write::facts::strategic::Aim;
use eforms_write::facts::subject::{Extension, Renewal};
use eforms_write::facts::time::Duration;
use eforms_write::facts::*;
use proptest::collection::vec;
use proptest::option::{of, weighted};
use proptest::prelude::*;
use proptest::sample::select;

pub fn competition(national: bool, kind: ProcedureKind) -> impl Strategy<Value = Competition> {
    let basis = legal_basis(if national { "E3" } else { "16" });
    let who = (of(text(6_000)), exclusion(), qualification(), required_unless(national, review()));
    let rest = (terms(national), documents(), of(later(1..20)), of(previous()), values(), of((1..4u16, of(1..3u16))));
    (basis, buyers(national), subject(), procedure(kind), who, vec(competition_lot(), 1..4), uuid(), rest).prop_map(
        move |(
            legal_basis,
            buyers,
            mut subject,
            procedure,
            (features, exclusion, qualification, review),
            mut lots,
            procedure_id,
            (terms, documents, questions_until, previous, values, each),
        )| {
            divided(&mut subject, &mut lots.iter_mut().map(|lot| &mut lot.subject).collect::<Vec<_>>(), values);
            let several = lots.len() > 1;
            let lots_each = each.filter(|_| several).map(|(tendered, won)| LotsEach { tendered, won });
            Competition {
                languages: told(),
                procedure_id,
                legal_basis,
                buyers,
                subject,
                procedure,
                features,
                exclusion,
                qualification,
                lots,
                lots_each,
                terms,
                documents,
                questions_until,
                review,
                previous,
            }
        },
    )
}

pub fn review() -> impl Strategy<Value = Review> {
    (organisation(), text(6_000)).prop_map(|(body, deadline)| Review { body, deadline })
}

pub fn terms(national: bool) -> impl Strategy<Value = Terms> {
    let permission = || select(Permission::ALL);
    (url(), submission_languages(), any::<[bool; 6]>(), permission(), permission()).prop_map(
        move |(url, languages, yes, electronic_invoice, electronic_catalogue)| Terms {
            url,
            languages,
            gpa: yes[0] && !national,
            eu_funds: yes[1],
            sheltered_workshops_only: yes[2],
            sheltered_execution: yes[3],
            electronic_invoice,
            electronic_catalogue,
            electronic_ordering: yes[4],
            electronic_payment: yes[5],
        },
    )
}

pub fn procedure(kind: ProcedureKind) -> BoxedStrategy<Procedure> {
    let accelerated = of(text(4_000));
    let shortlist = (later(20..90), of(day(91..200)), 5..9u16, of(9..20u16), any::<bool>()).prop_map(
        |(requests_by, invitations, minimum, maximum, in_stages)| Shortlist {
            requests_by,
            invitations,
            minimum,
            maximum,
            in_stages,
        },
    );
    match kind {
        ProcedureKind::Open => {
            let opening = (later(60..70), of(text(1_000)), of(text(6_000)))
                .prop_map(|(at, place, description)| Opening { at, place, description });
            let valid_for = (1..200u16, unit()).prop_map(|(number, unit)| Duration { number, unit });
            (later(20..60), valid_for, of(opening), accelerated)
                .prop_map(|(tenders_by, valid_for, opening, accelerated)| Procedure::Open {
                    tenders_by,
                    valid_for,
                    opening,
                    accelerated,
                })
                .boxed()
        }
        ProcedureKind::Restricted => (shortlist, accelerated)
            .prop_map(|(shortlist, accelerated)| Procedure::Restricted { shortlist, accelerated })
            .boxed(),
        ProcedureKind::Negotiated => (shortlist, accelerated, any::<bool>())
            .prop_map(|(shortlist, accelerated, may_award_without_negotiation)| Procedure::Negotiated {
                shortlist,
                accelerated,
                may_award_without_negotiation,
            })
            .boxed(),
        ProcedureKind::CompetitiveDialogue => {
            shortlist.prop_map(|shortlist| Procedure::CompetitiveDialogue { shortlist }).boxed()
        }
        ProcedureKind::InnovationPartnership => {
            shortlist.prop_map(|shortlist| Procedure::InnovationPartnership { shortlist }).boxed()
        }
    }
}

pub fn exclusion() -> impl Strategy<Value = Exclusion> {
    let ground = (any_code::<ExclusionGround>(), text(6_000))
        .prop_map(|(kind, description)| Ground { kind: Code::new(kind), description });
    prop_oneof![Just(Told::Documents), Just(Told::Espd), vec(ground, 1..4).prop_map(|list| Told::Notice { list })]
}

pub fn qualification() -> impl Strategy<Value = Qualification> {
    let criterion = (any_code::<SelectionCriterionType>(), text(6_000), any::<bool>())
        .prop_map(|(kind, description, ranks)| SelectionCriterion { kind: Code::new(kind), description, ranks });
    prop_oneof![Just(Told::Documents), Just(Told::Espd), vec(criterion, 1..4).prop_map(|list| Told::Notice { list })]
}

pub fn competition_lot() -> impl Strategy<Value = CompetitionLot> {
    let framework = (select(FrameworkKind::ALL), of(money()), of(1..50u16), of(text(6_000))).prop_map(
        |(kind, maximum, participants, other_buyers)| Framework {
            kind,
            maximum,
            participants,
            long_because: None,
            other_buyers,
        },
    );
    let reason = text(6_000);
    (subject(), period(), extension(), weighted(0.3, framework), purpose(), reason).prop_map(
        |(subject, mut period, extension, mut framework, (strategic, award), reason)| {
            if let (Some(framework), Period::Unlimited) = (&mut framework, period) {
                let date = |year| NaiveDate::from_ymd_opt(year, 6, 1).unwrap();
                period = Period::Dates { start: date(2027), end: date(2035) };
                framework.long_because = Some(reason);
            }
            CompetitionLot { subject, period, extension, framework, strategic, award }
        },
    )
}

pub fn extension() -> impl Strategy<Value = Extension> {
    let renewal = (1..9u16, text(6_000)).prop_map(|(times, description)| Renewal { times, description });
    (of(text(6_000)), of(renewal)).prop_map(|(options, renewal)| Extension { options, renewal })
}

/// What it is for, and by what the best tender is chosen: they hang together in what is green.
pub fn purpose() -> impl Strategy<Value = (Strategic, AwardCriteria)> {
    let some = |n: usize| 0..=n;
    let innovation = (text(6_000), prop::sample::subsequence(InnovativeAcquisition::ALL, some(4)))
        .prop_map(|(description, kinds)| Aim { description, kinds });
    let environment =
        (text(6_000), codes::<EnvironmentalImpact>()).prop_map(|(description, kinds)| Aim { description, kinds });
    let social = (text(6_000), codes::<SocialObjective>()).prop_map(|(description, kinds)| Aim { description, kinds });
    let strategic = (of(innovation), weighted(0.8, environment), of(social))
        .prop_map(|(innovation, environment, social)| Strategic { innovation, environment, social });
    (strategic, award())
}

pub fn codes<L: List + std::fmt::Debug + Clone + 'static>() -> impl Strategy<Value = Vec<Code<L>>> {
    let all: Vec<Code<L>> = L::codes().map(Code::new).collect();
    let most = all.len();
    prop::sample::subsequence(all, 0..=most)
}

pub fn award() -> impl Strategy<Value = AwardCriteria> {
    let about = select(vec![About::Price, About::Cost, About::Quality, About::Climate]);
    let criterion = (about, of(text(400)), text(6_000)).prop_map(|(about, name, description)| Criterion {
        about,
        name,
        description,
    });
    let by = select(vec![
        InsteadOfCriterion::Specification,
        InsteadOfCriterion::Insignificant,
        InsteadOfCriterion::CriticalInterest,
        InsteadOfCriterion::NationalMinimum,
    ]);
    let climate = (by, text(6_000)).prop_map(|(by, description)| Climate { by, description });
    let weighted =
        (vec(criterion.clone(), 1..5), weighted(0.7, climate), 1..25u8).prop_map(|(criteria, climate, first)| {
            let last = criteria.len() - 1;
            let weight = |i: usize| if i == last { 100 - first * last as u8 } else { first };
            let criteria = criteria
                .into_iter()
                .enumerate()
                .map(|(i, criterion)| Weighted { criterion, percent: weight(i) })
                .collect();
            AwardCriteria::Weighted { criteria, climate }
        });
    let ranked =
        (vec(criterion, 1..5), text(6_000)).prop_map(|(criteria, reason)| AwardCriteria::Ranked { criteria, reason });
    prop_oneof![3 => weighted, 1 => ranked]
}
