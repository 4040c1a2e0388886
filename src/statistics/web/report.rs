//! The report of a year, as the page offers it: to buyers their own, to advisers and operators that of any buyer.
use super::{File, address};
use crate::op::Op;
use crate::platform::language::Language;
use crate::statistics::Question;
use crate::statistics::report::{year_of, years};
use crate::tenancy::{Actor, OrganisationKind};
use crate::web::form::Choice;
use serde::Serialize;

/// Which year, and whose.
#[derive(Serialize)]
pub(super) struct ReportForm {
    year_options: Vec<Choice>,
    /// For those who may have that of any buyer: the one that the page is about.
    organisation: Option<String>,
}

/// None for those who may have no report.
pub(super) fn report_form(op: &Op<'_>, question: &Question) -> Option<ReportForm> {
    let organisation = match whose(op.actor())? {
        Whose::Own => None,
        Whose::Any => Some(question.buyer.as_ref().map(|buyer| buyer.as_str().to_owned()).unwrap_or_default()),
    };
    let chosen = year_of(question, op.now());
    let year = |year: i32| Choice { value: year.to_string(), text: year.to_string(), selected: year == chosen };
    Some(ReportForm { year_options: years(op.now()).map(year).collect(), organisation })
}

/// The report among the files, for the year and the buyer that the page is about.
pub(super) fn report_file(op: &Op<'_>, question: &Question, root: &str, language: Language) -> Option<File> {
    let year = year_of(question, op.now()).to_string();
    let mut parameters = vec![("year", year.clone())];
    if let Whose::Any = whose(op.actor())? {
        parameters.push(("organisation", question.buyer.as_ref()?.as_str().to_owned()));
    }
    Some(File {
        url: address(root, "/statistikk/rapport", &parameters),
        text: language.text_with("statistics-file-report", [("year", year.into())]),
    })
}

enum Whose {
    Own,
    Any,
}

fn whose(actor: &Actor) -> Option<Whose> {
    if actor.is_adviser() || actor.is_operator() {
        return Some(Whose::Any);
    }
    let is_tenant = actor.member().is_ok_and(|member| member.kind == OrganisationKind::Buyer);
    is_tenant.then_some(Whose::Own)
}
