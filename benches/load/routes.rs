//! What is measured: requests that are made ready beforehand, and what the project asks of itself.
use crate::corpus::{Corpus, Random};
use crate::fill::Filled;

/// Different requests for one route.
const VARIETY: usize = 8_192;

pub struct Route {
    pub name: &'static str,
    pub requests: Vec<Vec<u8>>,
    pub status: u16,
    pub target: Option<Target>,
}

/// What the route should reach.
#[derive(Clone, Copy)]
pub enum Target {
    /// So large a part of the bare route.
    Ratio(f64),
    /// So many a second.
    Rate { sqlite: f64, postgres: f64 },
}

/// The route that only passes through `web::block`; `server.rs` has it.
pub const BARE: &str = "/bare";

pub fn bare() -> Route {
    Route { name: "bare", requests: vec![get(BARE)], status: 200, target: None }
}

pub fn all(corpus: &Corpus, filled: &Filled) -> Vec<Route> {
    let mut random = Random(1905);
    let ids = (0..VARIETY).map(|_| get(&format!("/api/v1/needs/{}", random.choice(&filled.ids)))).collect();
    let words: Vec<String> = (0..VARIETY).map(|_| corpus.query(&mut random)).collect();
    let search = |path: &str, name: &'static str| {
        let query = |words: &String| url::form_urlencoded::byte_serialize(words.as_bytes()).collect::<String>();
        let requests = words.iter().map(|words| get(&format!("{path}q={}", query(words)))).collect();
        Route { name, requests, status: 200, target: Some(Target::Ratio(0.03)) }
    };
    let reading = |name, requests, ratio| Route { name, requests, status: 200, target: Some(Target::Ratio(ratio)) };
    vec![
        reading("one need, JSON", ids, 0.30),
        reading("first page, JSON", vec![get("/api/v1/needs?limit=20")], 0.18),
        reading("first page, HTML", vec![get("/")], 0.11),
        search("/api/v1/needs?limit=20&", "search, JSON"),
        search("/?", "search, HTML"),
        Route {
            name: "respond",
            requests: (0..VARIETY).map(|_| respond(corpus, filled, &mut random)).collect(),
            status: 201,
            target: Some(Target::Rate { sqlite: 3_000.0, postgres: 2_500.0 }),
        },
    ]
}

fn get(target: &str) -> Vec<u8> {
    format!("GET {target} HTTP/1.1\r\nhost: 127.0.0.1\r\naccept: */*\r\n\r\n").into_bytes()
}

fn respond(corpus: &Corpus, filled: &Filled, random: &mut Random) -> Vec<u8> {
    let (need, token) = (random.choice(&filled.open).clone(), random.choice(&filled.tokens).clone());
    let body = serde_json::json!({"body": corpus.text(600, random)}).to_string();
    format!(
        "POST /api/v1/needs/{need}/responses HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer {token}\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}
