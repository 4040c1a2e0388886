//! From a notice to releases. What the notice has wrong is left out, where OCDS has no place for it as it stands, and nothing
//! else is lost with it.
mod awards;
mod lots;
mod parties;
mod tender;
mod values;

use super::release::{Amendment, Classification, RelatedProcess, Release, WithheldInformation};
use super::{Settings, codes};
use crate::notices::codelists::{ChangeReason, FormType, LotKind, ProcedureType};
use crate::notices::{Code, DocumentKind, Lot, Notice, NoticeReference, names_procedure};
use crate::platform::db::types::Timestamp;
use crate::platform::wording;
use parties::Parties;
use values::{classification, code, instant, moment};

/// What is known of a notice beside what it says.
#[derive(Debug, Clone, Copy)]
pub struct Origin<'a> {
    /// Names it where it has no identifier of its own.
    pub id: &'a str,
    /// The notice that it changes, or where that is a change too, the one that it all began with. What a release numbers is named
    /// after it: so a correction meets what it corrects, and nothing else of the process is overwritten.
    pub first: Option<&'a str>,
    /// When it was read: its date where it has none of its own.
    pub read_at: Timestamp,
}

/// A notice of several parts of a plan announces several processes, a release for each. Every other notice is one release.
/// The registration of a company (X01, X02) is no contracting process: none.
pub fn releases_of(notice: &Notice, origin: Origin<'_>, settings: &Settings) -> Vec<Release> {
    if notice.document == DocumentKind::BusinessRegistration || form(notice) == Some(FormType::Registration) {
        return Vec::new();
    }
    let is_part = |lot: &&Lot| lot.kind == Some(Code::Known(LotKind::Part));
    let parts: Vec<&Lot> = notice.lots.iter().filter(is_part).collect();
    if parts.len() < 2 || procedure(notice).is_some() {
        let lots: Vec<&Lot> = notice.lots.iter().collect();
        return vec![release(notice, &lots, None, origin, settings)];
    }
    parts
        .iter()
        .enumerate()
        .map(|(at, part)| {
            let name = part.id.as_deref().map_or_else(|| format!("PAR-{:04}", at + 1), str::to_owned);
            release(notice, &[*part], Some(&name), origin, settings)
        })
        .collect()
}

/// What every part of a release must know of the whole.
struct Whole<'a> {
    notice: &'a Notice,
    names: &'a Names,
    lots: &'a [&'a Lot],
    /// The names of the lots: their own, or their place where they have none or one that is taken.
    lot_ids: Vec<String>,
    form: Form,
}

/// Names that no other notice of the process gives to something else. The identifiers of a notice (`RES-0001`, `ORG-0003`) are its
/// own, and merging releases would take two of one name for the same.
struct Names(String);

impl Names {
    fn name(&self, id: impl std::fmt::Display) -> String {
        format!("{}-{id}", self.0)
    }
}

/// The notice that a notice changes (BT-758), or whose contracts it changes (BT-1501), where it names one by its identifier.
pub fn changed_by(notice: &Notice) -> Option<&str> {
    let of_change = notice.change.as_ref().and_then(|change| change.notice.as_ref());
    let of_contracts = || notice.modifications.iter().find_map(|modification| modification.notice.as_ref());
    match of_change.or_else(of_contracts)? {
        NoticeReference::Notice { id, .. } => Some(id),
        NoticeReference::Ted(_) | NoticeReference::Doffin(_) | NoticeReference::Other(_) => None,
    }
}

/// What a notice is for, in the words of OCDS.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Consultation,
    Planning,
    Competition,
    Award,
    Modification,
    Completion,
}

fn form(notice: &Notice) -> Option<FormType> {
    notice.form.as_ref().and_then(Code::known)
}

/// The procedure, if there is one and it is not only a word in its place.
fn procedure(notice: &Notice) -> Option<&str> {
    notice.procedure_id.as_deref().filter(|id| names_procedure(id))
}

fn release(notice: &Notice, lots: &[&Lot], part: Option<&str>, origin: Origin<'_>, settings: &Settings) -> Release {
    let form = form_of(notice);
    let own = notice.id.as_deref().unwrap_or(origin.id);
    let names = Names(plain(origin.first.unwrap_or(own)));
    let whole = Whole { notice, names: &names, lots, lot_ids: lots::ids(lots), form };
    let with_part = |id: String| part.map_or(id.clone(), |part| format!("{id}-{part}"));
    let process = procedure(notice).map_or_else(|| with_part(own.to_owned()), str::to_owned);
    let version = notice.version.as_deref().unwrap_or("01");
    let (parties, roles) = Parties::of(notice, &names);
    let (bids, awards, contracts) = awards::outcome(&whole, &parties);
    let mut release = Release {
        ocid: format!("{}-{}", settings.prefix, plain(&process)),
        id: with_part(plain(&format!("{own}-{version}"))),
        date: date(notice, origin),
        tag: tags(notice, form),
        initiation_type: "tender".to_owned(),
        language: notice.language.map(codes::language).unwrap_or_default(),
        buyer: parties.buyer(),
        planning: lots::planning(&whole),
        tender: tender::tender(&whole, &process),
        bids,
        awards,
        contracts,
        related_processes: related(&whole),
        withheld_information: withheld(&whole),
        parties: roles,
    };
    lots::name_funder(&whole, &mut release);
    release
}

/// An identifier that stands in addresses: without spaces and what is not seen.
fn plain(id: &str) -> String {
    id.chars().map(|c| if c.is_control() || c.is_whitespace() { '_' } else { c }).collect()
}

fn date(notice: &Notice, origin: Origin<'_>) -> String {
    let known = [moment(notice.issued), moment(notice.transmitted), notice.publication.date.and_then(instant)];
    known.into_iter().flatten().next().unwrap_or_else(|| wording::rfc3339(origin.read_at))
}

/// BT-03, or what the notice's kind of document is mostly for.
fn form_of(notice: &Notice) -> Form {
    match form(notice) {
        Some(FormType::Consultation) => Form::Consultation,
        Some(FormType::Planning) => Form::Planning,
        Some(FormType::Competition) => Form::Competition,
        Some(FormType::DirectAward | FormType::Result) => Form::Award,
        Some(FormType::Modification) => Form::Modification,
        Some(FormType::Completion) => Form::Completion,
        Some(FormType::Registration) | None => match notice.document {
            DocumentKind::PriorInformation | DocumentKind::BusinessRegistration => Form::Planning,
            DocumentKind::Contract => Form::Competition,
            DocumentKind::ContractAward => Form::Award,
        },
    }
}

fn is_cancelled(notice: &Notice) -> bool {
    let reason = notice.change.as_ref().and_then(|change| change.reason.as_ref());
    reason.is_some_and(|reason| *reason == ChangeReason::Cancelled)
}

fn tags(notice: &Notice, form: Form) -> Vec<&'static str> {
    let changes = notice.is_change();
    match form {
        Form::Consultation | Form::Planning if changes => vec!["planningUpdate"],
        Form::Consultation | Form::Planning => vec!["planning"],
        Form::Competition if is_cancelled(notice) => vec!["tenderCancellation"],
        Form::Competition if changes => vec!["tenderUpdate"],
        Form::Competition => vec!["tender"],
        Form::Award if is_cancelled(notice) => vec!["awardCancellation"],
        Form::Award if changes => vec!["awardUpdate", "contractUpdate"],
        Form::Award => vec!["award", "contract"],
        Form::Modification => vec!["awardUpdate", "contractUpdate"],
        Form::Completion => vec!["contractTermination"],
    }
}

/// BT-125 and BT-1251, OPP-090: the notices before this one.
fn related(whole: &Whole<'_>) -> Vec<RelatedProcess> {
    let Whole { notice, lots, names, .. } = whole;
    // What comes of a competition names the competition at OPP-090: that is no planning, and mostly the same process.
    let of_whole = if matches!(whole.form, Form::Consultation | Form::Planning | Form::Competition) {
        vec!["planning"]
    } else {
        Vec::new()
    };
    let of_whole = notice.procedure.previous_notices.iter().map(|previous| (previous, of_whole.clone()));
    let of_lots = lots.iter().flat_map(|lot| &lot.process.previous_notices);
    let of_lots = of_lots.map(|previous| (previous, vec!["planning"]));
    let mut found: Vec<RelatedProcess> = Vec::new();
    for (previous, relationship) in of_lots.chain(of_whole) {
        let Some(reference) = &previous.notice else { continue };
        let (scheme, mut identifier) = match reference {
            NoticeReference::Notice { id, version } => {
                let version = version.as_deref().map(|version| format!("-{version}")).unwrap_or_default();
                ("eforms-notice-id", format!("{id}{version}"))
            }
            NoticeReference::Ted(number) => ("eu-oj", number.to_string()),
            NoticeReference::Doffin(number) => ("doffin", number.to_string()),
            NoticeReference::Other(text) => ("", text.to_string()),
        };
        // The parts of a plan are processes of their own. What else stands there (BT-1251) is none.
        if let Some(part) = previous.part.as_deref().filter(|part| part.starts_with("PAR-")) {
            identifier = format!("{identifier}-{part}");
        }
        if !identifier.is_empty() && !found.iter().any(|known| known.identifier == identifier) {
            let id = names.name(found.len() + 1);
            found.push(RelatedProcess { id, relationship, scheme: scheme.to_owned(), identifier });
        }
    }
    found
}

fn withheld(whole: &Whole<'_>) -> Vec<WithheldInformation> {
    (whole.notice)
        .withheld
        .iter()
        .enumerate()
        .map(|(at, withheld)| WithheldInformation {
            id: whole.names.name(at + 1),
            field: withheld.field.as_deref().unwrap_or_default().to_owned(),
            rationale_classifications: code(&withheld.reason)
                .map(|id| classification("eu-non-publication-justification", id))
                .into_iter()
                .collect(),
            availability_date: withheld.until.and_then(instant).unwrap_or_default(),
        })
        .collect()
}

/// BT-758, BT-140: which release this one corrects, and why.
fn amendments(whole: &Whole<'_>, date: String) -> Vec<Amendment> {
    let notice = whole.notice;
    let Some(change) = &notice.change else { return Vec::new() };
    // Every change is another one.
    let own = notice.id.as_deref().unwrap_or(&whole.names.0);
    vec![Amendment {
        id: format!("{own}-{}", notice.version.as_deref().unwrap_or("01")),
        date,
        rationale: String::new(),
        rationale_classifications: code(&change.reason)
            .map(|id| classification("eu-change-corrig-justification", id))
            .into_iter()
            .collect::<Vec<Classification>>(),
        amends_release_i_d: match &change.notice {
            Some(NoticeReference::Notice { id, version: Some(version) }) => format!("{id}-{version}"),
            Some(NoticeReference::Notice { id, version: None }) => id.to_string(),
            Some(NoticeReference::Ted(id) | NoticeReference::Doffin(id) | NoticeReference::Other(id)) => id.to_string(),
            None => String::new(),
        },
    }]
}

fn kind(notice: &Notice) -> Option<ProcedureType> {
    notice.procedure.kind.as_ref().and_then(Code::known)
}
