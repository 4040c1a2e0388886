//! What a purchase is to achieve beside what is bought.
use crate::codes::{List, StrategicProcurement};
use crate::dispatch::Edition;
use crate::document::texts::optional_texts;
use crate::facts::Strategic;
use crate::xml::Element;

/// The codes as additional types of the purchase, in the order in which eForms numbers them.
pub fn additional_types(edition: &Edition, strategic: &Strategic) -> Vec<Element> {
    let general = strategic.aims().into_iter().map(|(aim, description)| {
        additional_type(StrategicProcurement::NAME, aim.as_str()).children(optional_texts(
            edition,
            "cbc:ProcurementType",
            description,
        ))
    });
    let environment = strategic.environment.iter().flat_map(|aim| &aim.kinds);
    let social = strategic.social.iter().flat_map(|aim| &aim.kinds);
    let innovation = strategic.innovation.iter().flat_map(|aim| &aim.kinds);
    general
        .chain(environment.map(|kind| additional_type("environmental-impact", kind.as_str())))
        .chain(social.map(|kind| additional_type("social-objective", kind.as_str())))
        .chain(innovation.map(|kind| additional_type("innovative-acquisition", kind.as_str())))
        .collect()
}

fn additional_type(list: &'static str, code: &str) -> Element {
    Element::new("cac:ProcurementAdditionalType").child(Element::code("cbc:ProcurementTypeCode", list, code))
}
