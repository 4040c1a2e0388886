//! A notice: what stands at its head, and the whole of it.
use super::codelists::{
    ChangeReason, FormType, LegalType, ModificationReason, NoticeType, ProcedureType, Subtype, WinnerChosen,
    WithheldReason,
};
use super::{
    Buyer, Code, Country, Date, Flag, Language, Lot, LotResult, Moment, NoticeReference, NoticeResult, Organisation,
    PreviousNotice, Process, Project, Reference, Tender, Terms, Text,
};
use regulations::text_enum;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, HashMap, HashSet};

/// One version of one notice.
#[serde_with::apply(
    Option => #[serde(skip_serializing_if = "Option::is_none")],
    Vec => #[serde(skip_serializing_if = "Vec::is_empty")],
)]
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Notice {
    /// Which UBL document it is.
    pub document: DocumentKind,
    /// BT-701: its identifier. The same in all its versions.
    pub id: Option<Box<str>>,
    /// BT-757: its version, as in `01`.
    pub version: Option<Box<str>>,
    /// BT-04: the procedure it belongs to. Notices are counted together by this, never by their own identifier.
    pub procedure_id: Option<Box<str>>,
    /// OPP-010 to OPP-012: as what it was published on TED.
    pub publication: Publication,
    /// OPP-070.
    pub subtype: Option<Code<Subtype>>,
    /// BT-03.
    pub form: Option<Code<FormType>>,
    /// BT-02.
    pub notice_type: Option<Code<NoticeType>>,
    /// OPT-002: the version of the rules it follows.
    pub customization: Customization,
    /// BT-702(a): the language that counts.
    pub language: Option<Language>,
    /// BT-702(b), and languages that are not official in the EU, as Norwegian.
    pub other_languages: Vec<Language>,
    /// BT-01: the number of the directive, or `other`.
    pub legal_basis: Option<Box<str>>,
    /// BT-01(c) to BT-01(f): the laws beside it. Norwegian notices below the threshold say here which part applies.
    pub legal_references: Vec<LegalReference>,
    /// BT-05: when it was sent.
    pub issued: Moment,
    /// BT-803: when the sender's system sent it on.
    pub transmitted: Moment,
    /// BT-738: the day on which the buyer wants it published.
    pub preferred_publication: Option<Date>,
    /// BT-127: when a contract notice is to follow.
    pub future_notice: Option<Date>,
    /// Who buys.
    pub buyers: Vec<Buyer>,
    /// BT-105 and what belongs to it.
    pub procedure: Procedure,
    /// What is bought, as a whole.
    pub project: Project,
    /// Lots, parts and groups of lots.
    pub lots: Vec<Lot>,
    /// What came of it.
    pub result: NoticeResult,
    /// Everybody that the notice names.
    pub organisations: Vec<Organisation>,
    /// That it changes an earlier version. None if it does not.
    pub change: Option<Change>,
    /// Changes of a contract that runs.
    pub modifications: Vec<Modification>,
    /// BT-195: what it withholds.
    pub withheld: Vec<Withheld>,
    /// What is wrong with it.
    pub flags: Vec<Flag>,
}

/// More than sign the contracts of a lot: a made-up notice shall not become gigabytes.
const MOST_SIGNED: usize = 100;

impl Notice {
    /// The organisation that a reference points at.
    pub fn organisation(&self, reference: &Option<Reference>) -> Option<&Organisation> {
        reference.as_ref()?.in_list(&self.organisations)
    }

    /// The country of the first buyer.
    pub fn country(&self) -> Option<Country> {
        self.organisation(&self.buyers.first()?.organisation)?.country
    }

    /// The legal type of the first buyer that says one.
    pub fn legal_type(&self) -> Option<&Code<LegalType>> {
        self.buyers.iter().find_map(|buyer| buyer.legal_type.as_ref())
    }

    /// The notices before it that it names, for all of it (OPP-090) and for its lots and parts (BT-125).
    pub fn previous_notices(&self) -> impl Iterator<Item = &NoticeReference> {
        let of_lots = self.lots.iter().flat_map(|lot| &lot.process.previous_notices);
        self.procedure.previous_notices.iter().chain(of_lots).filter_map(|previous| previous.notice.as_ref())
    }

    /// Whether it changes an earlier notice: it says which (BT-758), or why (BT-140). Real notices also have the element
    /// where they only repeat how the competition was changed.
    pub fn is_change(&self) -> bool {
        self.change.as_ref().is_some_and(|change| change.notice.is_some() || change.reason.is_some())
    }

    /// The tenders that won, for each result of a lot, by their places in the list: those that the contracts of the result
    /// follow from (BT-3202), as the SDK's rule of BT-165 has it. Real notices name all tenders as those of the result
    /// (OPT-320), and others name none at the contract: what both name has won, and where that is nothing, what either
    /// names. None where nobody won (BT-142). A contract stands in for one result only, so that all together are no more
    /// than the notice has written.
    pub fn winning_tenders(&self) -> Vec<Vec<u32>> {
        let place = |reference: &Reference, length: usize| {
            reference.at.filter(|at| usize::try_from(*at).is_ok_and(|at| at < length))
        };
        let tenders = |references: &[Reference]| -> BTreeSet<u32> {
            references.iter().filter_map(|reference| place(reference, self.result.tenders.len())).collect()
        };
        let mut contracts_of: HashMap<u32, BTreeSet<u32>> = HashMap::new();
        for (contract, at) in self.result.contracts.iter().zip(0..) {
            for tender in tenders(&contract.tenders) {
                contracts_of.entry(tender).or_default().insert(at);
            }
        }
        let mut taken: HashSet<u32> = HashSet::new();
        let of_result = |result: &LotResult| -> Vec<u32> {
            if result.outcome.as_ref().is_some_and(|outcome| *outcome != WinnerChosen::Awarded) {
                return Vec::new();
            }
            let length = self.result.contracts.len();
            let contracts: BTreeSet<u32> = result.contracts.iter().filter_map(|c| place(c, length)).collect();
            let named = tenders(&result.tenders);
            if named.is_empty() {
                let free = contracts.iter().filter(|at| taken.insert(**at));
                let free = free.filter_map(|at| self.result.contracts.get(usize::try_from(*at).ok()?));
                return free
                    .flat_map(|contract| tenders(&contract.tenders))
                    .collect::<BTreeSet<_>>()
                    .into_iter()
                    .collect();
            }
            let contracted = |tender: &&u32| {
                let Some(of_tender) = contracts_of.get(tender) else { return false };
                let (few, many) =
                    if of_tender.len() < contracts.len() { (of_tender, &contracts) } else { (&contracts, of_tender) };
                few.iter().any(|at| many.contains(at))
            };
            let both: Vec<u32> = named.iter().filter(contracted).copied().collect();
            if both.is_empty() { named.into_iter().collect() } else { both }
        };
        self.result.lots.iter().map(of_result).collect()
    }

    /// For each result of a lot who won it as far as contracts tell, where tenders do not: companies that signed (OPT-300), buy nothing
    /// here and have the size of a winner (BT-165). Some notices have the contract and no tender, or a tender of nobody.
    pub fn signed_winners(&self) -> Vec<Vec<&Reference>> {
        let buyers: HashSet<u32> = self.buyers.iter().filter_map(|buyer| buyer.organisation.as_ref()?.at).collect();
        let is_winner = |signatory: &&Reference| {
            let company = signatory.in_list(&self.organisations);
            company.is_some_and(|company| company.size.is_some())
                && signatory.at.is_some_and(|at| !buyers.contains(&at))
        };
        let of_contracts: Vec<Vec<&Reference>> = (self.result.contracts.iter())
            .map(|contract| contract.signatories.iter().filter(is_winner).take(MOST_SIGNED).collect())
            .collect();
        let of_result = |result: &LotResult| {
            let is_awarded = result.outcome.as_ref().is_some_and(|outcome| *outcome == WinnerChosen::Awarded);
            let contracts = result.contracts.iter().filter(|_| is_awarded);
            let signed = contracts.filter_map(|contract| contract.in_list(&of_contracts)).flatten().copied();
            signed.take(MOST_SIGNED).collect()
        };
        self.result.lots.iter().map(of_result).collect()
    }

    /// The organisations that made a tender.
    pub fn tenderers_of(&self, tender: &Tender) -> impl Iterator<Item = &Organisation> {
        let party = tender.party.as_ref().and_then(|reference| reference.in_list(&self.result.parties));
        let tenderers = party.map(|party| &*party.tenderers).unwrap_or_default();
        tenderers.iter().filter_map(|tenderer| self.organisation(&tenderer.organisation))
    }
}

text_enum! {
    /// The UBL document that a notice is written as.
    #[derive(Default)]
    pub enum DocumentKind {
        /// Planning, consultation, and calls by prior information.
        #[default]
        PriorInformation = "PriorInformationNotice",
        /// Competition.
        Contract = "ContractNotice",
        /// Results and changes of contracts.
        ContractAward = "ContractAwardNotice",
        /// Registration of European companies: not about procurement.
        BusinessRegistration = "BusinessRegistrationInformationNotice",
    }
}

/// As what a notice was published on TED.
#[serde_with::apply(
    Option => #[serde(skip_serializing_if = "Option::is_none")],
    Vec => #[serde(skip_serializing_if = "Vec::is_empty")],
)]
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Publication {
    /// OPP-010, as in `123456-2024`.
    pub id: Option<Box<str>>,
    /// OPP-011: the issue of the Official Journal, as in `42/2024`.
    pub gazette: Option<Box<str>>,
    /// OPP-012.
    pub date: Option<Date>,
}

/// OPT-002: which rules a notice follows, as in
/// `eforms-sdk-1.13#extended#urn:fdc:anskaffelser.no:2023:eforms:eu`.
#[serde_with::apply(
    Option => #[serde(skip_serializing_if = "Option::is_none")],
    Vec => #[serde(skip_serializing_if = "Vec::is_empty")],
)]
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Customization {
    /// As written.
    pub text: Option<Box<str>>,
    /// The version of the eForms SDK.
    pub sdk: Option<SdkVersion>,
    /// The national rules on top of it.
    pub profile: Profile,
}

/// A version of the eForms SDK.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SdkVersion {
    /// The 1 of 1.13.
    pub major: u8,
    /// The 13 of 1.13.
    pub minor: u8,
}

/// The national rules that a notice follows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Profile {
    /// None: those of the EU.
    #[default]
    Eu,
    /// Norwegian, at and above the EEA threshold.
    NorEu,
    /// Norwegian, below the threshold, with the subtypes N4, N16 and N29.
    NorNational,
    /// Norwegian, below the threshold, with the subtypes E2, E3 and E4.
    NorNationalE,
    /// Others, as written.
    Other(Box<str>),
}

/// A law that a notice points at.
#[serde_with::apply(
    Option => #[serde(skip_serializing_if = "Option::is_none")],
    Vec => #[serde(skip_serializing_if = "Vec::is_empty")],
)]
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LegalReference {
    /// BT-01(c): its identifier, or `LocalLegalBasis` or `CrossBorderLaw`.
    pub id: Option<Box<str>>,
    /// BT-01(d), BT-01(f), BT-09(b): what it is.
    pub text: Vec<Text>,
}

/// How the contract is competed for, as a whole.
#[serde_with::apply(
    Option => #[serde(skip_serializing_if = "Option::is_none")],
    Vec => #[serde(skip_serializing_if = "Vec::is_empty")],
)]
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Procedure {
    /// BT-105.
    pub kind: Option<Code<ProcedureType>>,
    /// BT-88: what is special about it.
    pub features: Vec<Text>,
    /// BT-106: whether its deadlines are shortened for urgency.
    pub accelerated: Option<bool>,
    /// BT-136: why a contract is awarded without competition. The list grows with every directive.
    pub direct_award: Vec<Box<str>>,
    /// BT-763: whether one must tender for all lots.
    pub all_lots_required: bool,
    /// BT-756: whether nothing more will come of a prior information notice.
    pub terminated: Option<bool>,
    /// BT-634: whether it will be announced again.
    pub relaunch: Option<bool>,
    /// OPP-090: the notices before it.
    pub previous_notices: Vec<PreviousNotice>,
    /// What belongs to lots but was written here.
    pub misplaced: Process,
    /// The same of their terms.
    #[serde(skip_serializing_if = "is_default")]
    pub misplaced_terms: Terms,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// That a notice changes an earlier one.
#[serde_with::apply(
    Option => #[serde(skip_serializing_if = "Option::is_none")],
    Vec => #[serde(skip_serializing_if = "Vec::is_empty")],
)]
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Change {
    /// BT-758: the version that it changes.
    pub notice: Option<NoticeReference>,
    /// BT-140.
    pub reason: Option<Code<ChangeReason>>,
}

/// A change of a contract that runs.
#[serde_with::apply(
    Option => #[serde(skip_serializing_if = "Option::is_none")],
    Vec => #[serde(skip_serializing_if = "Vec::is_empty")],
)]
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Modification {
    /// BT-1501(n): the notice that told of the contract.
    pub notice: Option<NoticeReference>,
    /// BT-1501(c): the contract.
    pub contract: Option<Reference>,
    /// BT-200.
    pub reason: Option<Code<ModificationReason>>,
}

/// BT-195: something that a notice has and does not say yet. In its place stands −1 or `unpublished`.
#[serde_with::apply(
    Option => #[serde(skip_serializing_if = "Option::is_none")],
    Vec => #[serde(skip_serializing_if = "Vec::is_empty")],
)]
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Withheld {
    /// BT-195: what, as in `win-ten-val`.
    pub field: Option<Box<str>>,
    /// BT-197.
    pub reason: Option<Code<WithheldReason>>,
    /// BT-198: the day on which it will be said.
    pub until: Option<Date>,
    /// Where: an XPath.
    pub at: Box<str>,
}
