//! A form: facts that can be checked and, when they are right, published.
use crate::check::{Check, Problem};
use crate::dispatch::{Dispatch, Edition, Profile, Subtype};
use crate::facts::documents::{check_notice_id, check_version};
use crate::facts::time::check_day;
use crate::facts::{Competition, Consultation, ContractResult, Deadline, Planning};
use crate::languages::Languages;
use crate::xml::Element;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, Event};
use serde::{Deserialize, Serialize};
use std::io;

/// What the kinds of facts have in common.
pub(crate) trait Form {
    fn subtype(&self) -> Subtype;
    fn languages(&self) -> &Languages;
    /// Looks through the facts.
    fn look(&self, check: &mut Check);
    fn document(&self, edition: &Edition) -> Element;
}

/// The forms as a command names them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FormName {
    E1,
    Planning,
    Competition,
    Result,
}

/// The facts of any form.
#[expect(clippy::large_enum_variant, reason = "there is one at a time, and never a list of them")]
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Facts {
    Consultation(Consultation),
    Planning(Planning),
    Competition(Competition),
    Result(ContractResult),
}

impl Facts {
    /// Reads facts from JSON. A field that is not known is refused, never passed over.
    ///
    /// # Errors
    /// Where the text is no JSON, or not the facts of that form.
    pub fn read(form: FormName, json: &str) -> Result<Self, serde_json::Error> {
        Ok(match form {
            FormName::E1 => Self::Consultation(serde_json::from_str(json)?),
            FormName::Planning => Self::Planning(serde_json::from_str(json)?),
            FormName::Competition => Self::Competition(serde_json::from_str(json)?),
            FormName::Result => Self::Result(serde_json::from_str(json)?),
        })
    }

    /// # Errors
    /// Every problem of the facts and of the way they are sent.
    pub fn check(&self, dispatch: &Dispatch) -> Result<Notice, Vec<Problem>> {
        match self {
            Self::Consultation(facts) => check(facts, dispatch),
            Self::Planning(facts) => check(facts, dispatch),
            Self::Competition(facts) => check(facts, dispatch),
            Self::Result(facts) => check(facts, dispatch),
        }
    }
}

impl From<Consultation> for Facts {
    fn from(facts: Consultation) -> Self {
        Self::Consultation(facts)
    }
}

impl From<Planning> for Facts {
    fn from(facts: Planning) -> Self {
        Self::Planning(facts)
    }
}

impl From<Competition> for Facts {
    fn from(facts: Competition) -> Self {
        Self::Competition(facts)
    }
}

impl From<ContractResult> for Facts {
    fn from(facts: ContractResult) -> Self {
        Self::Result(facts)
    }
}

/// A notice that is fit to be published: only [`Facts::check`] makes one, so what is written has been looked through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    edition: Edition,
    document: Element,
}

/// # Errors
/// Every problem of the facts and of the way they are sent.
fn check(facts: &impl Form, dispatch: &Dispatch) -> Result<Notice, Vec<Problem>> {
    let edition = Edition::new(dispatch, facts.subtype(), facts.languages());
    let mut check = Check::new(&edition);
    check_notice_id(&mut check, "notice_id", "BT-701", dispatch.notice_id);
    check_version(&mut check, "version", "BT-757", dispatch.version);
    check_day(&mut check, "issued", "BT-05", Deadline(dispatch.issued).day());
    check_languages(&mut check, facts.languages());
    facts.look(&mut check);
    let problems = check.into_problems();
    if !problems.is_empty() {
        return Err(problems);
    }
    let document = facts.document(&edition);
    Ok(Notice { edition, document })
}

fn check_languages(check: &mut Check, languages: &Languages) {
    if check.edition.profile != Profile::DfoNational {
        check.required("languages.official", "BT-702", languages.official.as_ref());
    }
    if let Some(official) = &languages.official {
        check.code("languages.official", "BT-702", official);
    }
}

impl Notice {
    pub fn subtype(&self) -> Subtype {
        self.edition.subtype
    }

    pub fn profile(&self) -> Profile {
        self.edition.profile
    }

    /// Writes the document: the same facts and the same dispatch always give the same bytes.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn write_to(&self, out: &mut impl io::Write) -> io::Result<()> {
        let mut writer = Writer::new_with_indent(out, b' ', 2);
        writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        self.document.write(&mut writer)?;
        writer.into_inner().write_all(b"\n")
    }
}
