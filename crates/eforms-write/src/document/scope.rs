//! What is bought, where and for how long.
use crate::dispatch::Edition;
use crate::document::parties::country;
use crate::document::texts::{optional_texts, texts};
use crate::facts::money::CURRENCY;
use crate::facts::subject::Extension;
use crate::facts::{Amount, Period, Place, Subject, time};
use crate::xml::Element;

/// What a form says of the whole or of a lot beside its subject.
#[derive(Debug, Default)]
pub struct Beside {
    /// Strategic procurement.
    pub additional_types: Vec<Element>,
    pub framework_maximum: Option<Amount>,
    pub period: Option<Period>,
    /// Options and renewals.
    pub extension: Option<Element>,
}

pub fn project(edition: &Edition, subject: &Subject, beside: Beside) -> Element {
    let reference = subject.reference.as_ref();
    let also = subject.also.iter().map(|nature| {
        let code = Element::code("cbc:ProcurementTypeCode", "contract-nature", nature.as_str());
        Element::new("cac:ProcurementAdditionalType").child(code)
    });
    let classified = |name, cpv: &crate::codes::Cpv| {
        Element::new(name).child(Element::code("cbc:ItemClassificationCode", "cpv", &cpv.0))
    };
    Element::new("cac:ProcurementProject")
        .children(reference.map(|reference| Element::id("InternalID", reference)))
        .children(texts(edition, "cbc:Name", &subject.title))
        .children(texts(edition, "cbc:Description", &subject.description))
        .child(Element::code("cbc:ProcurementTypeCode", "contract-nature", subject.nature.as_str()))
        .children(optional_texts(edition, "cbc:Note", subject.further.as_ref()))
        .children(also)
        .children(beside.additional_types)
        .children(value(subject.value, beside.framework_maximum))
        .child(classified("cac:MainCommodityClassification", &subject.cpv))
        .children(subject.additional_cpv.iter().map(|cpv| classified("cac:AdditionalCommodityClassification", cpv)))
        .children(subject.places.iter().map(location))
        .children(beside.period.map(period))
        .children(beside.extension)
}

pub fn amount(name: &'static str, amount: Amount) -> Element {
    Element::text(name, amount).with("currencyID", CURRENCY)
}

fn value(estimate: Option<Amount>, framework_maximum: Option<Amount>) -> Option<Element> {
    let maximum = framework_maximum.map(|maximum| amount("efbc:FrameworkMaximumAmount", maximum));
    Element::new("cac:RequestedTenderTotal")
        .children(Element::extension(maximum))
        .children(estimate.map(|estimate| amount("cbc:EstimatedOverallContractAmount", estimate)))
        .unless_empty()
}

fn location(place: &Place) -> Element {
    let address = Element::new("cac:Address");
    let address = match place {
        Place::Region { nuts, city } => address
            .children(city.as_ref().map(|city| Element::text("cbc:CityName", city)))
            .child(Element::code("cbc:CountrySubentityCode", "nuts-lvl3", nuts))
            .children(nuts.country().map(country)),
        Place::Country { country: code } => address.child(Element::text("cbc:Region", "anyw-cou")).child(country(code)),
        Place::Eea => address.child(Element::text("cbc:Region", "anyw-eea")),
        Place::Anywhere => address.child(Element::text("cbc:Region", "anyw")),
    };
    Element::new("cac:RealizedLocation").child(address)
}

fn period(period: Period) -> Element {
    let element = Element::new("cac:PlannedPeriod");
    match period {
        Period::Lasts { number, unit } => {
            element.child(Element::text("cbc:DurationMeasure", number).with("unitCode", unit.code()))
        }
        Period::Dates { start, end } => element
            .child(Element::text("cbc:StartDate", time::day(start)))
            .child(Element::text("cbc:EndDate", time::day(end))),
        Period::Unlimited => element.child(Element::code("cbc:DescriptionCode", "duration", "UNLIMITED")),
    }
}

/// Options and renewals.
pub fn extension(edition: &Edition, extension: &Extension) -> Option<Element> {
    let renewal = extension.renewal.as_ref();
    let description = renewal.map(|renewal| {
        let period = Element::new("cac:Period").children(texts(edition, "cbc:Description", &renewal.description));
        Element::new("cac:Renewal").child(period)
    });
    Element::new("cac:ContractExtension")
        .children(optional_texts(edition, "cbc:OptionsDescription", extension.options.as_ref()))
        .children(renewal.map(|renewal| Element::text("cbc:MaximumNumberNumeric", renewal.times)))
        .children(description)
        .unless_empty()
}
