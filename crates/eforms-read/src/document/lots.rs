//! The tables of lots: how they are competed for, and on which terms.
use super::project;
use super::table::Table;
use crate::facts::{AwardCriterion, FlagKind, Lot, PreviousNotice, Process, Terms, Weight};

/// Below a `cac:ProcurementProjectLot`.
pub(super) fn table() -> Table<Lot> {
    Table::<Lot>::new()
        .id("BT-137-Lot", "cbc:ID", |l| &mut l.id)
        .code("BT-137-Lot-Scheme", "cbc:ID/@schemeName", |l| &mut l.kind)
        .within("cac:ProcurementProject", |l| &mut l.project, project::table())
        .within("cac:TenderingProcess", |l| &mut l.process, process())
        .within("cac:TenderingTerms", |l| &mut l.terms, terms())
        // Some notices have the right element in another one.
        .within("cac:TenderingTerms", |l| &mut l.project, project::misplaced_maximum())
        .misplaced("BT-634-Lot", "{ext}/efbc:ProcedureRelaunchIndicator")
}

fn process() -> Table<Process> {
    deadlines_and_techniques().yes_no("BT-634-Lot", "{ext}/efbc:ProcedureRelaunchIndicator", |p| &mut p.relaunch).each(
        "cac:NoticeDocumentReference",
        |p| &mut p.previous_notices,
        previous_notice("BT-125(i)-Lot").text("BT-1251-Lot", "cbc:ReferencedDocumentInternalAddress", |p| &mut p.part),
    )
}

pub(super) fn previous_notice(field: &'static str) -> Table<PreviousNotice> {
    Table::<PreviousNotice>::new().once(field, "cbc:ID", |p| &mut p.notice, |field| field.notice())
}

/// What belongs to lots only. Old and foreign notices write it at the procedure.
pub(super) fn deadlines_and_techniques() -> Table<Process> {
    let system = |list: &str| format!("cac:ContractingSystem/cbc:ContractingSystemTypeCode[@listName='{list}']");
    Table::<Process>::new()
        .day("BT-131(d)-Lot", "cac:TenderSubmissionDeadlinePeriod/cbc:EndDate", |p| &mut p.tender_deadline)
        .time("BT-131(t)-Lot", "cac:TenderSubmissionDeadlinePeriod/cbc:EndTime", |p| &mut p.tender_deadline)
        .day("BT-1311(d)-Lot", "cac:ParticipationRequestReceptionPeriod/cbc:EndDate", |p| &mut p.request_deadline)
        .time("BT-1311(t)-Lot", "cac:ParticipationRequestReceptionPeriod/cbc:EndTime", |p| &mut p.request_deadline)
        .day("BT-630(d)-Lot", "{ext}/efac:InterestExpressionReceptionPeriod/cbc:EndDate", |p| &mut p.interest_deadline)
        .time("BT-630(t)-Lot", "{ext}/efac:InterestExpressionReceptionPeriod/cbc:EndTime", |p| &mut p.interest_deadline)
        .day("BT-800(d)-Lot", "{ext}/efac:AnswerReceptionPeriod/cbc:EndDate", |p| &mut p.answer_deadline)
        .time("BT-800(t)-Lot", "{ext}/efac:AnswerReceptionPeriod/cbc:EndTime", |p| &mut p.answer_deadline)
        .day("BT-13(d)-Lot", "cac:AdditionalInformationRequestPeriod/cbc:EndDate", |p| &mut p.question_deadline)
        .time("BT-13(t)-Lot", "cac:AdditionalInformationRequestPeriod/cbc:EndTime", |p| &mut p.question_deadline)
        .day("BT-132(d)-Lot", "cac:OpenTenderEvent/cbc:OccurrenceDate", |p| &mut p.opening)
        .time("BT-132(t)-Lot", "cac:OpenTenderEvent/cbc:OccurrenceTime", |p| &mut p.opening)
        .date("BT-130-Lot", "cac:InvitationSubmissionPeriod/cbc:StartDate", |p| &mut p.invitation)
        .code("BT-765-Lot", &system("framework-agreement"), |p| &mut p.framework)
        .code("BT-766-Lot", &system("dps-usage"), |p| &mut p.dynamic_purchasing)
        .number("BT-113-Lot", "cac:FrameworkAgreement/cbc:MaximumOperatorQuantity", |p| &mut p.framework_participants)
        .amount("BT-157-LotsGroup", "cac:FrameworkAgreement/cbc:EstimatedMaximumValueAmount", |p| {
            &mut p.framework_maximum
        })
        .yes_no("BT-767-Lot", "cac:AuctionTerms/cbc:AuctionConstraintIndicator", |p| &mut p.electronic_auction)
        .yes_no("BT-115-Lot", "cbc:GovernmentAgreementConstraintIndicator", |p| &mut p.gpa)
        .code("BT-17-Lot", "cbc:SubmissionMethodCode", |p| &mut p.electronic_submission)
        .number("BT-50-Lot", "cac:EconomicOperatorShortList/cbc:MinimumQuantity", |p| &mut p.fewest_candidates)
        .number("BT-51-Lot", "cac:EconomicOperatorShortList/cbc:MaximumQuantity", |p| &mut p.most_candidates)
        .yes_no("BT-52-Lot", "cbc:CandidateReductionConstraintIndicator", |p| &mut p.reduction)
}

fn terms() -> Table<Terms> {
    let requirement =
        "cac:TendererQualificationRequest/cac:SpecificTendererRequirement/cbc:TendererRequirementTypeCode";
    let requirement = |list: &str| format!("{requirement}[@listName='{list}']");
    let criterion_of_its_own = "cac:AwardingTerms/cac:AwardingCriterion";
    terms_also_at_procedures()
        // Some notices leave out the level between.
        .other("BT-539-Lot", &format!("{criterion_of_its_own}/cbc:AwardingCriterionTypeCode"), |terms, field| {
            field.doubt(FlagKind::Misplaced);
            terms.criteria.push(AwardCriterion { kind: field.code(), ..AwardCriterion::default() });
        })
        .misplaced(
            "BT-541-Lot-WeightNumber",
            &format!("{criterion_of_its_own}/{{ext}}/efac:AwardCriterionParameter/efbc:ParameterNumeric"),
        )
        .codes("BT-71-Lot", &requirement("reserved-procurement"), |t| &mut t.reserved)
        .passed_over("BT-771-Lot", &requirement("missing-info-submission"))
        .passed_over("BT-821-Lot", &requirement("selection-criteria-source"))
        .references(
            "OPT-301-Lot-ReviewOrg",
            "cac:AppealTerms/cac:AppealReceiverParty/cac:PartyIdentification/cbc:ID",
            |t| &mut t.review_bodies,
        )
}

/// The terms of a lot that old and foreign notices write at the procedure, where nothing else has these elements.
fn terms_also_at_procedures() -> Table<Terms> {
    Table::<Terms>::new()
        .each(
            "cac:AwardingTerms/cac:AwardingCriterion/cac:SubordinateAwardingCriterion",
            |t| &mut t.criteria,
            criterion(),
        )
        .yes_no("BT-120-Lot", "cac:AwardingTerms/cbc:NoFurtherNegotiationIndicator", |t| &mut t.no_negotiation)
        .many("BT-97-Lot", "cac:Language/cbc:ID", |t| &mut t.languages, |field| field.letters(FlagKind::BadLanguage))
        .code("BT-60-Lot", "cbc:FundingProgramCode[@listName='eu-funded']", |t| &mut t.eu_funds)
        .code("BT-63-Lot", "cbc:VariantConstraintCode", |t| &mut t.variants)
        .yes_no("BT-94-Lot", "cbc:RecurringProcurementIndicator", |t| &mut t.recurs)
        .decimal("BT-98-Lot", "cac:TenderValidityPeriod/cbc:DurationMeasure", |t| &mut t.validity)
        .code("BT-98-Lot-Unit", "cac:TenderValidityPeriod/cbc:DurationMeasure/@unitCode", |t| &mut t.validity_unit)
        .many(
            "BT-15-Lot",
            "cac:CallForTendersDocumentReference/cac:Attachment/cac:ExternalReference/cbc:URI",
            |t| &mut t.documents,
            |field| field.text(),
        )
        .text("BT-18-Lot", "cac:TenderRecipientParty/cbc:EndpointID", |t| &mut t.submission_address)
}

/// The same at a procedure. Who hears complaints is told and not followed: it would be of no lot.
pub(super) fn misplaced_terms() -> Table<Terms> {
    terms_also_at_procedures()
        .noting(FlagKind::Misplaced)
        .misplaced("OPT-301-Lot-ReviewOrg", "cac:AppealTerms/cac:AppealReceiverParty/cac:PartyIdentification/cbc:ID")
}

fn criterion() -> Table<AwardCriterion> {
    Table::<AwardCriterion>::new()
        .code("BT-539-Lot", "cbc:AwardingCriterionTypeCode", |c| &mut c.kind)
        .texts("BT-734-Lot", "cbc:Name", |c| &mut c.name)
        .each("{ext}/efac:AwardCriterionParameter", |c| &mut c.weights, weight())
}

fn weight() -> Table<Weight> {
    Table::<Weight>::new().code("BT-5421-Lot", "efbc:ParameterCode", |w| &mut w.kind).decimal(
        "BT-541-Lot-WeightNumber",
        "efbc:ParameterNumeric",
        |w| &mut w.number,
    )
}
