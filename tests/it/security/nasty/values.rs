//! What those send who want to break something. Always the same, so that a failure can be repeated.
use serde_json::{Value, json};

/// As bytes: most are text, some are no UTF-8.
pub fn texts() -> Vec<Vec<u8>> {
    let mut values: Vec<Vec<u8>> = [
        "",
        " ",
        "\0",
        "a\0b",
        "\u{202e}\u{2066}\u{200f}txt.exe",
        "\u{feff}\u{fffe}\u{10ffff}",
        "🧓🏽\u{200d}❤️",
        "\r\nX-Evil: 1\r\n\r\n",
        "' OR 1=1; DROP TABLE needs; --",
        "{{#each @root}}{{this}}{{/each}}{{{c}}}",
        "<script>alert(1)</script>\"'><img src=x onerror=y>",
        "../../../../etc/passwd",
        "%00%ff",
        "\\",
        "*",
        "((((\"AND OR NOT a~9999^1e400",
        "[]",
        "-1",
        "9223372036854775808",
        "-9223372036854775809",
        "99999999999999999999999999999999999999",
        "NaN",
        "1e400",
        "0x7fffffff",
        "+10000-01-01T00:00:00Z",
        "9999-12-31T23:59:59+23:59",
        "0000-00-00",
        "2026-02-30",
        "a@b@c..d\n",
        "http://[::1",
    ]
    .map(|text| text.as_bytes().to_vec())
    .to_vec();
    values.push(b"\xff\xfe".to_vec());
    values.push(b"\xc3\x28\xed\xa0\x80\xf0\x80\x80\x80".to_vec());
    values.push(format!("e{}", "\u{301}".repeat(3_000)).into_bytes());
    values.push("å".repeat(50_000).into_bytes());
    values
}

/// In the middle of an address, as they are: some are no encoding of anything.
pub fn raw_parts() -> Vec<Vec<u8>> {
    let mut values: Vec<Vec<u8>> =
        ["%", "%zz", "%00", "%ff", "%c3%28", "%ed%a0%80", "%25%30%30", "..%2f..", ";a=b", "{id}", "~"]
            .map(|text| text.as_bytes().to_vec())
            .to_vec();
    values.push(b"\xff\xc3\xa5".to_vec());
    values
}

/// The values of a field in JSON, as they are written.
pub fn json_values() -> Vec<Vec<u8>> {
    let mut values: Vec<Vec<u8>> = [
        "null",
        "true",
        "0",
        "-1",
        "1.5",
        "9223372036854775808",
        "-9223372036854775809",
        "1e400",
        "1e-400",
        "NaN",
        "-",
        "[]",
        "{}",
        "[null]",
        "[[]]",
        "[\"\\u0000\"]",
        "[\"' OR 1=1 --\", \"' OR 1=1 --\"]",
        "[{}]",
        "[1, \"a\", {\"b\": null}]",
        "{\"a\": {\"b\": {}}}",
        "{\"\\u0000\": \"\\u0000\"}",
        "\"\\ud800\"",
        "\"\\x00\"",
        "\"\u{1}\"",
    ]
    .map(|text| text.as_bytes().to_vec())
    .to_vec();
    values.push(b"\"\xff\"".to_vec());
    values.push(deep());
    values.push(format!("[{}]", vec!["\"a\""; 20_000].join(",")).into_bytes());
    values.extend(
        texts()
            .iter()
            .filter_map(|text| std::str::from_utf8(text).ok())
            .map(|text| json!(text).to_string().into_bytes()),
    );
    values
}

/// Ten thousand lists in each other.
fn deep() -> Vec<u8> {
    [b"[".repeat(10_000), b"]".repeat(10_000)].concat()
}

/// Whole bodies where an object is expected.
pub fn json_bodies(good: &Value) -> Vec<Vec<u8>> {
    let mut bodies: Vec<Vec<u8>> = [
        "",
        "null",
        "true",
        "0",
        "\"x\"",
        "[]",
        "[null]",
        "{",
        "{}",
        "{}{}",
        "{\"a\":}",
        "{\"a\":1,}",
        "\u{feff}{}",
        "{\"title\":\"a\",\"title\":\"b\"}",
    ]
    .map(|text| text.as_bytes().to_vec())
    .to_vec();
    let good = good.to_string();
    bodies.push(deep());
    bodies.push(format!("{}{}", "{\"a\":".repeat(10_000), "1".to_owned() + &"}".repeat(10_000)).into_bytes());
    bodies.push(format!("[{good}]").into_bytes());
    bodies.push(format!("{good}\0").into_bytes());
    bodies.push([good.as_bytes(), b"\xff"].concat());
    if let Some(inside) = good.strip_prefix('{').and_then(|g| g.strip_suffix('}')).filter(|g| !g.is_empty()) {
        // Every key twice.
        bodies.push(format!("{{{inside},{inside}}}").into_bytes());
        bodies.push(format!("{{{inside},\"\\u0000\":1}}").into_bytes());
    }
    bodies.push(good.encode_utf16().flat_map(u16::to_le_bytes).collect());
    bodies.push(format!("{{\"{}\":1}}", "a".repeat(100_000)).into_bytes());
    bodies
}

/// What a form with files can be that is none: the kind that it says it is, and what it says.
pub fn multiparts(csrf: &str) -> Vec<(String, Vec<u8>)> {
    let kind = "multipart/form-data; boundary=x".to_owned();
    let token = format!("--x\r\ncontent-disposition: form-data; name=\"_csrf\"\r\n\r\n{csrf}\r\n");
    let part = |head: &str, body: &str| format!("{token}--x\r\n{head}\r\n\r\n{body}\r\n--x--\r\n").into_bytes();
    let file = "content-disposition: form-data; name=\"file\"; filename=";
    let mut all = vec![
        ("multipart/form-data".to_owned(), part("content-disposition: form-data; name=\"a\"", "b")),
        ("multipart/form-data; boundary=".to_owned(), Vec::new()),
        ("multipart/form-data; boundary=\"\0\"".to_owned(), Vec::new()),
        (kind.clone(), Vec::new()),
        (kind.clone(), b"--x".to_vec()),
        (kind.clone(), b"--x--".to_vec()),
        (kind.clone(), token.clone().into_bytes()),
        (kind.clone(), format!("{token}--x\r\n").into_bytes()),
        (kind.clone(), format!("{token}--y\r\n\r\n\r\n--y--").into_bytes()),
        (kind.clone(), part("", "nothing is said of it")),
        (kind.clone(), part("content-disposition: form-data", "no name")),
        (kind.clone(), part("content-disposition: attachment; name=\"a\"", "another kind")),
        (kind.clone(), part("content-disposition: form-data; name=\"\0\"", "\0")),
        (kind.clone(), part("content-type: multipart/mixed; boundary=z", "--z--")),
        (kind.clone(), part(&format!("{file}\"\""), "empty name")),
        (kind.clone(), part(&format!("{file}\"../../a.pdf\"\r\ncontent-type: application/pdf"), "%PDF-1.7")),
        (kind.clone(), part(&format!("{file}\"a\0.pdf\""), "%PDF-1.7")),
        (kind.clone(), part(&format!("{file}\"a.pdf\"\r\ncontent-type: \0"), "%PDF-1.7")),
        (kind.clone(), part(&format!("{file}\"{}.pdf\"", "a".repeat(100_000)), "%PDF-1.7")),
        (kind.clone(), part(&format!("{file}\"a.pdf\"\r\ncontent-length: 99999999999999999999"), "%PDF-1.7")),
        (kind.clone(), part(&format!("{file}\"a.txt\""), "\0\u{202e}")),
        (
            kind.clone(),
            part("content-disposition: form-data; name*=UTF-8''%ff; filename*=UTF-8''%ff%00.pdf", "%PDF-1.7"),
        ),
    ];
    let mut many = token.into_bytes();
    for number in 0..600 {
        many.extend(format!("--x\r\ncontent-disposition: form-data; name=\"{number}\"\r\n\r\na\r\n").bytes());
    }
    many.extend(b"--x--\r\n");
    all.push((kind.clone(), many));
    all.push((
        kind,
        [b"--x\r\ncontent-disposition: form-data; name=\"\xff\"; filename=\"\xff.pdf\"\r\n\r\n\xff\r\n--x--\r\n"
            .to_vec()]
        .concat(),
    ));
    all
}

/// Every header that somebody reads, with what should not stand in it.
pub fn headers(csrf: &str) -> Vec<(&'static str, Vec<Vec<u8>>)> {
    let texts: [(&'static str, &[&str]); 20] = [
        (
            "authorization",
            &["", "Bearer", "Bearer ", "Bearer a.b.c", "Basic eA==", "Bearer å", "bearer\t\t", "Bearer .."],
        ),
        ("x-organisation", &["", "0", "-1", "å", "974760673", "9999999999999999999999", "' OR 1=1 --"]),
        ("idempotency-key", &["", "å", "'; --", "\u{202e}", "\t"]),
        ("if-match", &["", "*", "\"", "\"\"", "W/\"-1\"", "\"9223372036854775808\"", "\"a\", \"b\"", "å"]),
        ("if-none-match", &["", "*", "\"", "W/", "å"]),
        ("accept-language", &["", "*", ";;;q=", "nb;q=NaN", "nn-\u{202e}", "en;q=99999999999999999999,,,,", "å"]),
        ("accept", &["", "*", ";", "å/å"]),
        ("accept-encoding", &["", "gzip;q=NaN", "br, , gzip, å", "*;q=0"]),
        (
            "cookie",
            &[
                "",
                "=",
                ";;;",
                "bb_session",
                "bb_session=",
                "bb_session=%00; bb_csrf=%00; bb_language=%00; bb_flash=%00.%ff",
                "bb_session=å; bb_language=xx; bb_flash=success.; bb_flash=error.<script>",
                "bb_csrf=../../; bb_session=' OR 1=1 --; bb_flash=success.æ",
                "\"bb_session\"=\"x\"; $Version=1",
            ],
        ),
        ("sec-fetch-site", &["", "cross-site", "å"]),
        ("x-forwarded-for", &["", ",", "::1%", "999.999.999.999", "å", "a, b, c"]),
        ("forwarded", &["", "for=\"", "for=[::;proto="]),
        ("range", &["bytes=0-", "bytes=9999999999999999999999-", "bytes=-", "å"]),
        ("if-modified-since", &["", "å", "Thu, 01 Jan 99999 00:00:00 GMT"]),
        ("host", &["", "a\"b", "å", "evil.example"]),
        ("content-type", &["", "application/json; charset=utf-16", "text/plain", "multipart/form-data", "å/å"]),
        ("content-encoding", &["gzip", "br, gzip, å", "deflate", ""]),
        ("content-length", &["-1", "99999999999999999999999", "1e9", "5, 5"]),
        ("transfer-encoding", &["chunked, å", "chunked", "gzip"]),
        ("expect", &["100-continue", "å"]),
    ];
    let long = b"a".repeat(20_000);
    let mut all: Vec<(&'static str, Vec<Vec<u8>>)> = Vec::new();
    for (name, values) in texts {
        let mut values: Vec<Vec<u8>> = values.iter().map(|value| value.as_bytes().to_vec()).collect();
        values.push(b"\xff\xfe".to_vec());
        values.push(long.clone());
        if name == "cookie" {
            values.push([format!("bb_csrf={csrf}; bb_session=").as_bytes(), &long].concat());
            values.push(b"a=b; ".repeat(1_000));
        }
        all.push((name, values));
    }
    all
}
