//! The result of a competition, at random.
use super::parts::*;
use super::purchase::{extension, purpose, review};
use chrono::TimeDelta;
use eforms_write::codes::*;
use eforms_write::facts::outcome::*;
use eforms_write::facts::received::*;
use eforms_write::facts::result::{FrameworkResult, LotResult};
use eforms_write::facts::*;
use proptest::collection::vec;
use proptest::option::{of, weighted};
use proptest::prelude::*;
use proptest::sample::select;

pub fn result(national: bool, procedure: ProcedureKind) -> impl Strategy<Value = ContractResult> {
    let basis = legal_basis(if national { "E4" } else { "29" });
    let lots = vec(lot_result(procedure), 1..4);
    let review = required_unless(national, review());
    let rest = (of(text(6_000)), review, of(previous()), values(), any::<[bool; 2]>());
    (basis, buyers(national), subject(), lots, uuid(), rest).prop_map(
        move |(
            legal_basis,
            buyers,
            mut subject,
            mut lots,
            procedure_id,
            (features, review, competition, values, yes),
        )| {
            divided(&mut subject, &mut lots.iter_mut().map(|lot| &mut lot.subject).collect::<Vec<_>>(), values);
            let mut number = 0;
            for lot in &mut lots {
                let Outcome::Awarded { winners, .. } = &mut lot.outcome else { continue };
                if lot.framework.is_none() {
                    winners.truncate(1);
                }
                for winner in winners {
                    number += 1;
                    winner.contract.reference = format!("K-{number}");
                }
            }
            ContractResult {
                languages: told(),
                procedure_id,
                legal_basis,
                buyers,
                subject,
                procedure,
                features,
                lots,
                gpa: yes[0] && !national,
                eu_funds: yes[1],
                review,
                competition,
            }
        },
    )
}

fn lot_result(procedure: ProcedureKind) -> impl Strategy<Value = LotResult> {
    let framework = (select(FrameworkKind::ALL), money(), of(money())).prop_map(|(kind, maximum, estimate)| {
        FrameworkResult { kind, maximum: Some(maximum), estimate, long_because: None }
    });
    let outcome = prop_oneof![
        6 => (vec(winner(), 1..4), received(procedure))
            .prop_map(|(winners, received)| Outcome::Awarded { winners, received }),
        2 => (any_code::<NonAwardJustification>(), received(procedure)).prop_map(|(reason, received)| {
            let received = (reason != "no-rece").then_some(received);
            Outcome::NotAwarded { reason: Code::new(reason), received }
        }),
        1 => Just(Outcome::Open),
    ];
    (subject(), of(period()), extension(), weighted(0.3, framework), purpose(), outcome).prop_map(
        |(subject, period, extension, framework, (strategic, award), outcome)| LotResult {
            subject,
            period,
            extension,
            framework,
            strategic,
            award,
            outcome,
        },
    )
}

fn received(procedure: ProcedureKind) -> impl Strategy<Value = Received> {
    (1..30u32, 0..100u32, 0..100u32, 0..100u32, any::<bool>(), of(0..99u32)).prop_map(
        move |(tenders, a, b, c, together, requests)| {
            let sme = a % (tenders + 1);
            let other_eea = b % (tenders + 1);
            let by_size = BySize { micro: sme / 2, small: sme - sme / 2, medium: 0 };
            Received {
                tenders,
                electronic: c % (tenders + 1),
                sme: if together { Sme::Together(sme) } else { Sme::BySize(by_size) },
                other_eea,
                outside_eea: c % (tenders - other_eea + 1),
                requests: requests.filter(|_| procedure.has_two_stages()),
            }
        },
    )
}

fn winner() -> impl Strategy<Value = Winner> {
    let tenderer =
        (line(), "[89][0-9]{8}", select(OperatorSize::ALL), of(url())).prop_map(|(name, number, size, website)| {
            Tenderer {
                organisation: Organisation {
                    name,
                    number: Some(number),
                    address: Address {
                        street: None,
                        postcode: Some("41103".to_owned()),
                        city: Some("Göteborg".to_owned()),
                        nuts: Some(Code::new("SE232")),
                        country: Code::new("SWE"),
                    },
                    contact: Contact::default(),
                    website,
                },
                size: Some(size),
            }
        });
    let subcontracting =
        prop_oneof![
            Just(Subcontracting::No),
            Just(Subcontracting::NotKnown),
            (of(money()), of(1..=100u8), of(text(6_000)))
                .prop_map(|(value, percent, description)| Subcontracting::Yes { value, percent, description }),
        ];
    let contract = (of(text(400)), of(0..30i64), 0..200i64, of(url())).prop_map(|(title, decided, ago, url)| {
        let concluded = issued().date_naive() - TimeDelta::days(ago);
        let decided = decided.map(|days| concluded - TimeDelta::days(days));
        Contract { reference: String::new(), title, decided, concluded, url }
    });
    (vec(tenderer, 1..4), line(), money(), of(1..9u16), subcontracting, contract).prop_map(
        |(tenderers, tender, value, rank, subcontracting, contract)| Winner {
            tenderers,
            tender,
            value: Some(value),
            rank,
            subcontracting,
            contract,
        },
    )
}
