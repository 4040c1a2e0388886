//! What is said of each lot or part, whatever the form.
use crate::facts::Deadline;
use crate::facts::documents::{Documents, PreviousNotice};
use crate::xml::Element;

/// What a lot or a part is called in the notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LotId {
    scheme: &'static str,
    id: String,
}

/// The lots or parts by number: `LOT-0001` and on; `LOT-0000` where the purchase is not divided.
pub fn numbered<Lot>(prefix: Prefix, lots: &[Lot]) -> impl Iterator<Item = (LotId, &Lot)> {
    let (scheme, prefix) = match prefix {
        Prefix::Lot => ("Lot", "LOT"),
        Prefix::Part => ("Part", "PAR"),
    };
    let first = if lots.len() == 1 { 0 } else { 1 };
    (first..).zip(lots).map(move |(number, lot)| (LotId { scheme, id: format!("{prefix}-{number:04}") }, lot))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Prefix {
    Lot,
    Part,
}

impl LotId {
    pub fn element(&self) -> Element {
        Element::id(self.scheme, &self.id)
    }
}

/// A lot or part: the terms, how it is awarded, and what it is.
pub fn lot(id: &LotId, terms: Option<Element>, process: Option<Element>, project: Element) -> Element {
    Element::new("cac:ProcurementProjectLot").child(id.element()).children(terms).children(process).child(project)
}

/// The day and the hour until which something is open.
pub fn until(name: &'static str, deadline: Deadline) -> Element {
    Element::new(name)
        .child(Element::text("cbc:EndDate", deadline.date()))
        .child(Element::text("cbc:EndTime", deadline.time()))
}

/// Where the documents are. They are the same for all lots, and so is their id.
pub fn documents(documents: &Documents) -> Element {
    let (reason, access, url) = match documents {
        Documents::Open { url } => (None, "non-restricted-document", url),
        Documents::Restricted { url, reason } => (Some(reason), "restricted-document", url),
    };
    let link = Element::new("cac:ExternalReference").child(Element::text("cbc:URI", url));
    Element::new("cac:CallForTendersDocumentReference")
        .child(Element::text("cbc:ID", "DOC-0001"))
        .children(reason.map(|reason| Element::code("cbc:DocumentTypeCode", "communication-justification", reason)))
        .child(Element::text("cbc:DocumentType", access))
        .child(Element::new("cac:Attachment").child(link))
}

pub fn languages(languages: &[impl ToString]) -> impl Iterator<Item = Element> {
    languages.iter().map(|language| Element::new("cac:Language").child(Element::text("cbc:ID", language.to_string())))
}

pub fn previous(previous: &PreviousNotice) -> Element {
    let part = previous.part.as_ref();
    Element::new("cac:NoticeDocumentReference")
        .child(Element::id("notice-id-ref", previous.id()))
        .children(part.map(|part| Element::text("cbc:ReferencedDocumentInternalAddress", part)))
}
