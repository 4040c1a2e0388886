//! Which codes a case points to, and why, in words: suggestions that a person confirms or drops, as DFØ asks for
//! (eforms-sdk-nor, docs/innovative-acquisition.md).
use super::order::Source;
use crate::needs::InnovationKind;
use crate::platform::language::Language;
use crate::regulations::StrategicArea;
use eforms_write::codes::{
    BuyerLegalType, EnvironmentalImpact, InnovativeAcquisition, List, MainActivity, SocialObjective,
    StrategicProcurement,
};
use eforms_write::suggest::{Case, Reason, Sign, Suggestion};
use serde::Serialize;
use serde_json::Value;

pub(super) fn case_of<'a>(source: Option<&'a Source<'_>>, facts: &'a Value) -> Case<'a> {
    let mut case = Case::default();
    match facts["procedure"]["kind"].as_str().or_else(|| facts["procedure"].as_str()) {
        Some("innovation") => case.signs.push(Sign::InnovationPartnership),
        Some("comp-dial") => case.signs.push(Sign::CompetitiveDialogue),
        Some(_) | None => {}
    }
    let Some(source) = source else {
        for field in ["title", "description"] {
            let words = facts["subject"][field].as_object().into_iter().flat_map(|words| words.values());
            case.texts.extend(words.filter_map(Value::as_str).map(|words| (field, words)));
        }
        return case;
    };
    let need = source.need;
    let d = &need.description.0;
    case.signs.extend(need.innovation_kind.map(|kind| match kind {
        InnovationKind::Innovation => Sign::InnovationIsBought,
        InnovationKind::InnovativeSolution => Sign::NewToTheBuyer,
        InnovationKind::InnovationFriendly => Sign::RoomForInnovation,
    }));
    if need.version > 0 {
        case.signs.push(Sign::MarketDialogue);
    }
    case.signs.extend(need.areas.0.iter().filter_map(|area| match area {
        StrategicArea::Smart => Some(Sign::SmarterServices),
        StrategicArea::GrontSkifte => Some(Sign::GreenTransition),
        StrategicArea::Smidig | StrategicArea::Samskapende | StrategicArea::HelseIAlt => None,
    }));
    case.texts = vec![
        ("title", &need.title),
        ("summary", &need.summary),
        ("problem", &d.problem),
        ("current_situation", &d.current_situation),
        ("constraints", &d.constraints),
        ("undecided", &d.undecided),
    ];
    case
}

/// A suggestion in words.
#[derive(Debug, Clone, Serialize)]
pub struct Said {
    /// `BT-776`
    pub term: &'static str,
    /// `mar-nov`
    pub code: &'static str,
    /// What the code is called. DFØ has no names in nynorsk.
    pub name: String,
    pub because: Vec<String>,
}

/// The suggestion as people read it.
pub fn said(suggestion: &Suggestion, language: Language) -> Said {
    let because = suggestion.reasons.iter().map(|reason| match reason {
        Reason::Sign { sign } => language.text(&format!("notice-drafts-sign-{}", sign.as_str())),
        Reason::Word { field, word } => {
            let label = format!("needs-form-{}-label", field.replace('_', "-"));
            let name = if language.has(&label) { language.text(&label) } else { field.clone() };
            language.text_with("notice-drafts-word", [("text", (*word).into()), ("name", name.into())])
        }
        Reason::Follows { code } => language.text_with("notice-drafts-follows", [("code", (*code).into())]),
    });
    Said {
        term: suggestion.term,
        code: suggestion.code,
        name: name(suggestion.term, suggestion.code, language).unwrap_or_else(|| suggestion.code.to_owned()),
        because: because.collect(),
    }
}

/// What a code is called.
pub(super) fn name(term: &str, code: &str, language: Language) -> Option<String> {
    let list = match term {
        "BT-06" => StrategicProcurement::DATA,
        "BT-774" => EnvironmentalImpact::DATA,
        "BT-775" => SocialObjective::DATA,
        "BT-10" => MainActivity::DATA,
        "BT-11" => BuyerLegalType::DATA,
        _ => InnovativeAcquisition::DATA,
    };
    let mut rows = csv::Reader::from_reader(list.as_bytes());
    let wanted = if language == Language::En { "eng" } else { "nob" };
    let column = rows.headers().ok()?.iter().position(|heading| heading == wanted)?;
    let row = rows.records().filter_map(Result::ok).find(|row| row.get(0) == Some(code))?;
    row.get(column).map(str::to_owned)
}
