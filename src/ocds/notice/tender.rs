//! What is bought, as a whole.
use super::values::{cpv, deadline, instant, once, text, until, value};
use super::{Form, Whole, amendments, is_cancelled, kind, lots};
use crate::notices::codelists::{Nature, OtherPlace, Permission};
use crate::notices::{Code, Country, Notice, Place, Project};
use crate::ocds::codes;
use crate::ocds::release::{Address, Classification, Communication, Document, Item, Procedure, Tender};

pub(super) fn tender(whole: &Whole<'_>, process: &str) -> Tender {
    let Whole { notice, .. } = whole;
    let project = &notice.project;
    let (method, details) = method(notice);
    Tender {
        id: process.to_owned(),
        title: text(notice, &project.title),
        description: text(notice, &project.description),
        status: status(whole).to_owned(),
        value: value(project.estimated_value),
        procurement_method: method.unwrap_or_default().to_owned(),
        procurement_method_details: details,
        procurement_method_rationale_classifications: once(direct_award(notice)),
        main_procurement_category: category(project),
        additional_procurement_categories: other_categories(project),
        legal_basis: legal_basis(notice),
        procedure: Procedure {
            is_accelerated: notice.procedure.accelerated,
            features: text(notice, &notice.procedure.features),
        },
        items: items(whole),
        lots: lots::lots(whole),
        lot_groups: lots::groups(whole),
        documents: documents(whole),
        tender_period: lots::same_for_all(whole, |process| until(process.tender_deadline)),
        enquiry_period: lots::same_for_all(whole, |process| until(process.question_deadline)),
        communication: Communication {
            future_notice_date: notice.future_notice.and_then(instant).unwrap_or_default(),
            notice_preferred_publication_date: notice.preferred_publication.and_then(instant).unwrap_or_default(),
        },
        submission_method: submission_method(whole),
        amendments: amendments(whole, deadline(notice.issued).unwrap_or_default()),
        ..Tender::default()
    }
}

fn status(whole: &Whole<'_>) -> &'static str {
    match whole.form {
        _ if is_cancelled(whole.notice) => "cancelled",
        Form::Consultation => "planning",
        Form::Planning => "planned",
        Form::Competition => "active",
        Form::Award | Form::Modification | Form::Completion => "complete",
    }
}

/// BT-105: the word of OCDS, and beside it always the code and the name of eForms: nothing else tells an innovation
/// partnership from a restricted procedure.
fn method(notice: &Notice) -> (Option<&'static str>, String) {
    match (&notice.procedure.kind, kind(notice)) {
        (_, Some(kind)) => {
            let (method, name) = codes::method(kind);
            (method, format!("{}: {name}", kind.as_str()))
        }
        (Some(Code::Other(written)), None) => (None, written.to_string()),
        (Some(_) | None, None) => (None, String::new()),
    }
}

/// BT-136: why there is no competition.
fn direct_award(notice: &Notice) -> impl Iterator<Item = Classification> {
    let told = notice.procedure.direct_award.iter().filter(|code| !code.is_empty() && ***code != *"unpublished");
    told.map(|code| super::classification("eu-direct-award-justification", code.to_string()))
}

pub(super) fn category(project: &Project) -> String {
    let known = project.nature.as_ref().and_then(Code::known);
    known.map(codes::category).unwrap_or_default().to_owned()
}

pub(super) fn other_categories(project: &Project) -> Vec<String> {
    let natures = project.other_natures.iter().filter_map(Code::known);
    once(natures.map(|nature: Nature| codes::category(nature).to_owned()))
}

/// BT-01, and where it is national, which law.
fn legal_basis(notice: &Notice) -> Classification {
    let Some(basis) = notice.legal_basis.as_deref() else { return Classification::default() };
    let laws: Vec<String> = notice
        .legal_references
        .iter()
        .map(|law| {
            let words = text(notice, &law.text);
            let id = law.id.as_deref().filter(|id| id.starts_with("http")).unwrap_or_default();
            [words.as_str(), id].iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(", ")
        })
        .filter(|law| !law.is_empty())
        .collect();
    let scheme = if basis.starts_with('3') { "CELEX" } else { "" };
    Classification { scheme: scheme.to_owned(), id: basis.to_owned(), description: laws.join("; ") }
}

/// What is bought in each lot; of a notice without lots, in the whole.
fn items(whole: &Whole<'_>) -> Vec<Item> {
    let mut items = Vec::new();
    let mut add = |project: &Project, lot: &str, is_group: bool| {
        let item = Item {
            id: if lot.is_empty() { "1".to_owned() } else { lot.to_owned() },
            description: String::new(),
            classification: project.cpv.as_ref().and_then(cpv).unwrap_or_default(),
            additional_classifications: once(project.other_cpv.iter().filter_map(cpv)),
            // A group of lots is none of them.
            related_lot: if is_group { String::new() } else { lot.to_owned() },
            delivery_addresses: addresses(&project.places),
        };
        items.push(item);
    };
    for (lot, id) in whole.lots.iter().zip(&whole.lot_ids) {
        add(&lot.project, id, super::lots::is_group(lot));
    }
    if whole.lots.is_empty() {
        add(&whole.notice.project, "", false);
    }
    items
}

fn addresses(places: &[Place]) -> Vec<Address> {
    let mut addresses: Vec<Address> = Vec::new();
    for place in places {
        let address = Address {
            locality: place.city.as_deref().unwrap_or_default().to_owned(),
            region: place.nuts.as_deref().unwrap_or_default().to_owned(),
            postal_code: place.postcode.as_deref().unwrap_or_default().to_owned(),
            country_name: country_name(place.country),
            country: place.country.and_then(codes::country).unwrap_or_default().to_owned(),
            description: match place.wider.as_ref().and_then(Code::known) {
                Some(OtherPlace::Anywhere) => "Anywhere".to_owned(),
                Some(OtherPlace::AnywhereInCountry) => "Anywhere in the given country".to_owned(),
                Some(OtherPlace::AnywhereInEea) => "Anywhere in the European Economic Area".to_owned(),
                None => String::new(),
            },
        };
        if address != Address::default() && !addresses.contains(&address) {
            addresses.push(address);
        }
    }
    addresses
}

pub(super) fn country_name(country: Option<Country>) -> String {
    country.map(|country| codes::country_name(country.as_str())).unwrap_or_default()
}

/// BT-15, BT-615: where the documents are.
fn documents(whole: &Whole<'_>) -> Vec<Document> {
    let mut documents: Vec<Document> = Vec::new();
    for (lot, id) in whole.lots.iter().zip(&whole.lot_ids) {
        for url in lot.terms.documents.iter().filter(|url| is_url(url)) {
            match documents.iter_mut().find(|known| known.url == **url) {
                Some(known) if known.related_lots.last() == Some(id) => {}
                Some(known) => known.related_lots.push(id.clone()),
                None => documents.push(Document {
                    id: whole.names.name(documents.len() + 1),
                    document_type: if whole.form == Form::Consultation { "marketStudies" } else { "biddingDocuments" },
                    url: url.to_string(),
                    related_lots: vec![id.clone()],
                    ..Document::default()
                }),
            }
        }
    }
    documents
}

/// An address as OCDS wants it: with a scheme, and nothing in it that must be escaped.
pub(super) fn is_url(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else { return false };
    scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'.' | b'-'))
        && !rest.is_empty()
        && !rest.chars().any(|c| c.is_whitespace() || c.is_control() || "<>\"{}|\\^`".contains(c))
}

fn submission_method(whole: &Whole<'_>) -> Vec<&'static str> {
    let electronic = |permission: &Code<Permission>| {
        permission.known().is_some_and(|permission| permission != Permission::NotAllowed)
    };
    let any = whole.lots.iter().any(|lot| lot.process.electronic_submission.as_ref().is_some_and(electronic));
    if any { vec!["electronicSubmission"] } else { Vec::new() }
}
