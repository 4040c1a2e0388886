//! The data that everybody may fetch, as catalogues of data read it: DCAT-AP-NO 2, written as JSON-LD.
//!
//! Source: data.norge.no/specification/dcat-ap-no. Only what there is is described.
use crate::App;
use crate::platform::language::Language;
use crate::statistics::export::PARQUET;
use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::Data;
use serde_json::{Value, json};

/// A set of data: the texts about it are `datasets-<name>-title` and `-text`.
struct Dataset {
    name: &'static str,
    distributions: &'static [Distribution],
    keywords: [(&'static str, &'static str); 2],
}

/// A way to fetch it.
struct Distribution {
    /// Below the address of the service.
    path: &'static str,
    media_type: &'static str,
    /// In the EU's list of types of files (file-type).
    format: &'static str,
    conforms_to: Option<Standard>,
}

/// What a way to fetch it keeps to: its address and its name.
type Standard = (&'static str, &'static str);

const OCDS: Option<Standard> =
    Some(("https://standard.open-contracting.org/1.1/en/", "Open Contracting Data Standard (OCDS) 1.1"));

const DATASETS: [Dataset; 4] = [
    Dataset {
        name: "needs",
        distributions: &[
            Distribution { path: "/api/v1/needs", media_type: "application/json", format: "JSON", conforms_to: None },
            Distribution { path: "/behov.atom", media_type: "application/atom+xml", format: "ATOM", conforms_to: None },
            Distribution { path: "/behov.rss", media_type: "application/rss+xml", format: "RSS", conforms_to: None },
        ],
        keywords: [("nb", "offentlige anskaffelser"), ("en", "public procurement")],
    },
    Dataset {
        name: "ocds",
        distributions: &[
            Distribution {
                path: "/api/v1/ocds/releases",
                media_type: "application/json",
                format: "JSON",
                conforms_to: OCDS,
            },
            Distribution {
                path: "/api/v1/ocds/releases.jsonl",
                media_type: "application/jsonl",
                format: "JSON",
                conforms_to: OCDS,
            },
        ],
        keywords: [("nb", "åpne data om kontrakter"), ("en", "open contracting")],
    },
    Dataset {
        name: "changes",
        distributions: &[Distribution {
            path: "/api/v1/changes",
            media_type: "application/json",
            format: "JSON",
            conforms_to: None,
        }],
        keywords: [("nb", "endringer"), ("en", "change feed")],
    },
    Dataset {
        name: "statistics",
        distributions: &[
            Distribution {
                path: "/api/v1/statistics?format=csv",
                media_type: "text/csv",
                format: "CSV",
                conforms_to: None,
            },
            Distribution {
                path: "/api/v1/statistics?format=json-stat",
                media_type: "application/json",
                format: "JSON",
                conforms_to: Some(("https://json-stat.org/full/", "JSON-stat 2.0")),
            },
            Distribution {
                path: "/api/v1/statistics/notices.parquet",
                media_type: PARQUET,
                format: "PARQUET",
                conforms_to: Some(("https://parquet.apache.org/docs/file-format/", "Apache Parquet")),
            },
        ],
        keywords: [("nb", "innovative anskaffelser"), ("en", "innovation procurement")],
    },
];

/// Where an organisation number leads to who it is.
const REGISTER: &str = "https://data.brreg.no/enhetsregisteret/api/enheter/";

/// `GET /datasett.jsonld`
pub async fn show(app: Data<App>) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("application/ld+json")
        .insert_header((header::CACHE_CONTROL, "public, max-age=3600"))
        .json(catalogue(&app))
}

fn catalogue(app: &App) -> Value {
    let config = &app.config;
    let root = config.server.address();
    let number = Some(&config.ocds.publisher_number).filter(|number| !number.is_empty());
    let publisher = without_null(json!({
        "@id": number.map_or_else(|| format!("{root}/#utgiver"), |number| format!("{REGISTER}{number}")),
        "@type": "foaf:Agent", "dct:identifier": number, "foaf:name": config.ocds.publisher,
    }));
    let contact = &config.server.contact_email;
    let contact = (!contact.is_empty()).then(|| {
        json!({
            "@id": format!("{root}/#kontakt"), "@type": "vcard:Organization",
            "vcard:fn": config.ocds.publisher, "vcard:hasEmail": { "@id": format!("mailto:{contact}") },
        })
    });
    let licence = (!config.ocds.licence.is_empty()).then(|| json!({ "@id": config.ocds.licence }));
    let datasets: Vec<Value> = DATASETS.iter().map(|set| dataset(set, root, &publisher, &contact, &licence)).collect();
    without_null(json!({
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#",
            "dct": "http://purl.org/dc/terms/",
            "foaf": "http://xmlns.com/foaf/0.1/",
            "vcard": "http://www.w3.org/2006/vcard/ns#",
        },
        "@id": format!("{root}/datasett.jsonld"),
        "@type": "dcat:Catalog",
        "dct:identifier": format!("{root}/datasett.jsonld"),
        "dct:title": texts("datasets-title"),
        "dct:description": texts("datasets-text"),
        "dct:publisher": publisher,
        "dct:language": languages(),
        "foaf:homepage": { "@id": root },
        "dcat:contactPoint": contact,
        "dcat:dataset": datasets,
        "dcat:service": without_null(json!({
            "@id": format!("{root}/#api"), "@type": "dcat:DataService",
            "dct:identifier": format!("{root}/#api"),
            "dct:title": texts("datasets-api-title"),
            "dct:publisher": publisher,
            "dcat:contactPoint": contact,
            "dcat:endpointURL": { "@id": format!("{root}/api/v1") },
            "dcat:endpointDescription": { "@id": format!("{root}{}", crate::api::openapi::PATH) },
            "dcat:servesDataset": DATASETS.iter().map(|set| json!({ "@id": address(root, set) })).collect::<Vec<_>>(),
        })),
    }))
}

fn address(root: &str, set: &Dataset) -> String {
    format!("{root}/datasett.jsonld#{}", set.name)
}

fn dataset(set: &Dataset, root: &str, publisher: &Value, contact: &Option<Value>, licence: &Option<Value>) -> Value {
    let distributions = set.distributions.iter().map(|distribution| {
        let url = format!("{root}{}", distribution.path);
        without_null(json!({
            "@type": "dcat:Distribution",
            "dct:title": texts(&format!("datasets-{}-title", set.name)),
            "dcat:accessURL": { "@id": url },
            "dcat:downloadURL": { "@id": url },
            "dct:format": { "@id": format!("http://publications.europa.eu/resource/authority/file-type/{}", distribution.format) },
            "dcat:mediaType": { "@id": format!("https://www.iana.org/assignments/media-types/{}", distribution.media_type) },
            "dct:conformsTo": distribution.conforms_to.map(|(address, title)| json!({
                "@id": address, "@type": "dct:Standard", "dct:title": title,
            })),
            "dct:license": licence,
        }))
    });
    let keywords = set.keywords.map(|(language, word)| json!({ "@language": language, "@value": word }));
    without_null(json!({
        "@id": address(root, set),
        "@type": "dcat:Dataset",
        "dct:identifier": address(root, set),
        "dct:title": texts(&format!("datasets-{}-title", set.name)),
        "dct:description": texts(&format!("datasets-{}-text", set.name)),
        "dct:publisher": publisher,
        "dcat:contactPoint": contact,
        "dcat:theme": [{ "@id": "http://publications.europa.eu/resource/authority/data-theme/GOVE" }],
        "dcat:keyword": keywords,
        "dct:accessRights": { "@id": "http://publications.europa.eu/resource/authority/access-right/PUBLIC" },
        "dct:accrualPeriodicity": { "@id": "http://publications.europa.eu/resource/authority/frequency/UPDATE_CONT" },
        "dct:spatial": [{ "@id": "http://publications.europa.eu/resource/authority/country/NOR" }],
        "dct:language": languages(),
        "dcat:distribution": distributions.collect::<Vec<_>>(),
    }))
}

fn texts(key: &str) -> Vec<Value> {
    let in_language = |language: &Language| json!({ "@language": language.as_str(), "@value": language.text(key) });
    Language::ALL.iter().map(in_language).collect()
}

fn languages() -> [Value; 3] {
    ["NOB", "NNO", "ENG"].map(
        |language| json!({ "@id": format!("http://publications.europa.eu/resource/authority/language/{language}") }),
    )
}

fn without_null(value: Value) -> Value {
    match value {
        Value::Object(fields) => fields.into_iter().filter(|(_, value)| !value.is_null()).collect(),
        other => other,
    }
}
