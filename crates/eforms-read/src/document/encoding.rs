//! From the bytes of a document to text: by its byte order mark, by its first bytes, or by what it declares.
use crate::facts::FlagKind;
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::borrow::Cow;

/// A declaration is shorter than this.
const LONGEST_DECLARATION: usize = 200;

/// A document as text, and what was wrong with its bytes.
pub(super) struct Decoded<'x> {
    pub text: Cow<'x, str>,
    pub wrong: Option<(FlagKind, String)>,
}

/// Decodes any bytes. Nothing is lost: what is no UTF-8 in a document of UTF-8 is read as Windows-1252, byte by byte. Only
/// zeroes, which neither XML nor a database takes, become replacement characters.
pub(super) fn decode(bytes: &[u8]) -> Decoded<'_> {
    let decoded = decode_all(bytes);
    if memchr::memchr(0, decoded.text.as_bytes()).is_none() {
        return decoded;
    }
    let text = decoded.text.replace('\0', "\u{fffd}").into();
    Decoded { text, wrong: decoded.wrong.or(Some((FlagKind::BadEncoding, "U+0000".to_owned()))) }
}

fn decode_all(bytes: &[u8]) -> Decoded<'_> {
    let seen = match (Encoding::for_bom(bytes), bytes) {
        (Some((encoding, length)), _) => Some((encoding, &bytes[length..])),
        (None, [b'<', 0, ..]) => Some((UTF_16LE, bytes)),
        (None, [0, b'<', ..]) => Some((UTF_16BE, bytes)),
        _ => None,
    };
    if let Some((encoding, bytes)) = seen {
        let decoded = decode_as(encoding, bytes);
        let label = declared(decoded.text.as_bytes()).map(<[u8]>::to_vec);
        return match label {
            Some(label) if !names(&label, encoding) => decoded.declared_as(&label),
            _ => decoded,
        };
    }
    let Some(label) = declared(bytes) else { return decode_as(UTF_8, bytes) };
    match Encoding::for_label(label) {
        // Whoever can read the declaration byte by byte does not have UTF-16 before them, whatever it says.
        None => decode_as(UTF_8, bytes).declared_as(label),
        Some(encoding) if is_utf_16(encoding) => decode_as(UTF_8, bytes).declared_as(label),
        // Text with letters beyond ASCII that happens to be UTF-8 is UTF-8: `ø` alone is none.
        Some(encoding) if encoding.is_single_byte() && !bytes.is_ascii() && std::str::from_utf8(bytes).is_ok() => {
            decode_as(UTF_8, bytes).declared_as(label)
        }
        Some(encoding) => decode_as(encoding, bytes),
    }
}

fn is_utf_16(encoding: &Encoding) -> bool {
    encoding == UTF_16LE || encoding == UTF_16BE
}

/// Whether a document in this encoding may declare that label. Of UTF-16 the byte order mark says which.
fn names(label: &[u8], encoding: &'static Encoding) -> bool {
    Encoding::for_label(label).is_some_and(|named| named == encoding || (is_utf_16(named) && is_utf_16(encoding)))
}

impl Decoded<'_> {
    /// The same, where the document declares another encoding than the one it was read in.
    fn declared_as(self, label: &[u8]) -> Self {
        let declared = || (FlagKind::WrongEncoding, String::from_utf8_lossy(label).into_owned());
        Self { wrong: self.wrong.or_else(|| Some(declared())), ..self }
    }
}

fn decode_as<'x>(encoding: &'static Encoding, bytes: &'x [u8]) -> Decoded<'x> {
    if encoding == UTF_8 {
        // Does what `str::from_utf8` does, in half the time.
        return match UTF_8.decode_without_bom_handling_and_without_replacement(bytes) {
            Some(text) => Decoded { text, wrong: None },
            None => repaired(bytes),
        };
    }
    let (text, bad) = encoding.decode_without_bom_handling(bytes);
    Decoded { text, wrong: bad.then(|| (FlagKind::BadEncoding, encoding.name().to_owned())) }
}

/// Text of UTF-8 with some bytes that are not.
fn repaired(bytes: &[u8]) -> Decoded<'_> {
    let (mut text, mut bad) = (String::with_capacity(bytes.len() + bytes.len() / 8), 0);
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        bad += chunk.invalid().len();
        text.push_str(&WINDOWS_1252.decode_without_bom_handling(chunk.invalid()).0);
    }
    Decoded { text: text.into(), wrong: Some((FlagKind::BadEncoding, format!("{bad} bytes"))) }
}

/// The label of `<?xml version="1.0" encoding="label"?>`.
fn declared(bytes: &[u8]) -> Option<&[u8]> {
    let bytes = bytes.trim_ascii_start();
    let declaration = bytes.strip_prefix(b"<?xml")?;
    let declaration = &declaration[..declaration.len().min(LONGEST_DECLARATION)];
    let declaration = &declaration[..declaration.windows(2).position(|two| two == b"?>")?];
    let after = declaration.windows(8).position(|eight| eight == b"encoding")? + 8;
    let value = declaration[after..].trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let (quote, rest) = value.split_first()?;
    rest.split(|byte| byte == quote).next().filter(|_| matches!(quote, b'"' | b'\''))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TEXT: &str = "<a>Blåbærsyltetøy – 5 €</a>";

    fn kind(bytes: &[u8]) -> (String, Option<FlagKind>) {
        let decoded = decode(bytes);
        (decoded.text.into_owned(), decoded.wrong.map(|(kind, _)| kind))
    }

    fn utf_16(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(order).collect()
    }

    #[test]
    fn the_byte_order_mark_counts_first_then_the_first_bytes_then_the_declaration() {
        let plain = (TEXT.to_owned(), None);
        assert_eq!(kind(TEXT.as_bytes()), plain);
        assert_eq!(kind(format!("\u{feff}{TEXT}").as_bytes()), plain);
        for order in [u16::to_le_bytes, u16::to_be_bytes] {
            assert_eq!(kind(&utf_16(TEXT, order)), plain);
            assert_eq!(kind(&utf_16(&format!("\u{feff}{TEXT}"), order)), plain);
        }
        for label in ["windows-1252", "ISO-8859-1", "latin1"] {
            let text = format!("<?xml version='1.0' encoding = '{label}'?>{TEXT}");
            let (bytes, _, _) = WINDOWS_1252.encode(&text);
            assert_eq!(kind(&bytes), (text.clone(), None));
        }
    }

    #[test]
    fn a_document_that_calls_itself_utf_16_and_is_not_is_read_as_what_it_is() {
        for label in ["utf-16", "UTF-16LE", "martian"] {
            let text = format!("<?xml version=\"1.0\" encoding=\"{label}\"?>{TEXT}");
            assert_eq!(kind(text.as_bytes()), (text.clone(), Some(FlagKind::WrongEncoding)));
        }
    }

    #[test]
    fn what_is_written_counts_more_than_what_is_declared() {
        let declaring = |label: &str| format!("<?xml version=\"1.0\" encoding=\"{label}\"?>{TEXT}");
        for label in ["iso-8859-1", "windows-1252", "UTF-16"] {
            let text = declaring(label);
            let wrong = (text.clone(), Some(FlagKind::WrongEncoding));
            assert_eq!(kind(text.as_bytes()), wrong);
            assert_eq!(kind(format!("\u{feff}{text}").as_bytes()), wrong);
        }
        for label in ["utf-8", "iso-8859-1"] {
            let text = declaring(label);
            for order in [u16::to_le_bytes, u16::to_be_bytes] {
                assert_eq!(kind(&utf_16(&text, order)), (text.clone(), Some(FlagKind::WrongEncoding)));
            }
        }
        for label in ["utf-8", "UTF8"] {
            assert_eq!(kind(format!("\u{feff}{}", declaring(label)).as_bytes()), (declaring(label), None));
        }
    }

    #[test]
    fn bytes_that_are_no_utf_8_are_read_as_windows_1252_and_the_others_left_alone() {
        let mut bytes = b"<a>Bl\xe5b\xe6r og ".to_vec();
        bytes.extend("blåbær</a>".as_bytes());
        assert_eq!(kind(&bytes), ("<a>Blåbær og blåbær</a>".to_owned(), Some(FlagKind::BadEncoding)));
    }

    proptest! {
        #[test]
        fn any_bytes_are_decoded(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let _ = decode(&bytes);
        }

        #[test]
        fn any_label_is_survived(label in "\\PC{0,40}") {
            let _ = decode(format!("<?xml encoding=\"{label}\"?><a/>").as_bytes());
        }
    }
}
