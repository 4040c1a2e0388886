//! Changes a document as those change it who get it wrong: whole elements are moved, repeated and left out, and values
//! are other values. What libFuzzer does by itself, byte by byte, is done as often.
use libfuzzer_sys::fuzzer_mutate;

/// Values that mean something somewhere, or nearly do.
const VALUES: [&str; 56] = [
    "", " ", "-1", "0", "1", "2.50", "1,5", "1 000", "1.0E7", "1e-400", "99999999999999999999", "-0", "NaN", "NOK", "kr",
    "nok", "true", "false", "ja", "unpublished", "n.a.", "UNKNOWN", "2024-02-29+01:00", "2023-02-29Z", "2024-04-24",
    "24.04.2024", "2024-04-24T12:00:00Z", "-2024-01-01", "0000-00-00", "2024-13-01+25:00", "12:00:00+02:00", "24:00:00Z",
    "23:59:60Z", "12:00", "12:00:00.1234567890Z", "LOT-0001", "LOT-0000", "ORG-0001", "ORG-0002", "TPO-0001", "RES-0001",
    "TEN-0001", "TPA-0001", "CON-0001", "974760673", "NO 974 760 673 MVA", "45000000", "45000000-7", "NO081", "eforms-sdk-1.13",
    "eforms-sdk-1.10#extended#urn:fdc:anskaffelser.no:2023:eforms:national", "&amp;", "&#0;", "&ukjent;", "<![CDATA[<a>]]>",
    "2023-335407-01",
];

/// Changes the first `size` of the bytes, of which there is room for `max_size`, and says how many they are now.
pub fn document(data: &mut [u8], size: usize, max_size: usize, seed: u32) -> usize {
    let mut dice = Dice(u64::from(seed) | 1 << 40);
    if dice.below(2) == 0 {
        return fuzzer_mutate(data, size, max_size);
    }
    let Ok(text) = std::str::from_utf8(&data[..size]) else { return fuzzer_mutate(data, size, max_size) };
    let mut pieces: Vec<&str> = text.split_inclusive('>').collect();
    if pieces.len() < 3 {
        return fuzzer_mutate(data, size, max_size);
    }
    let owned: String;
    for _ in 0..=dice.below(3) {
        let from = dice.below(pieces.len());
        let element = from..end_of(&pieces, from);
        let to = dice.below(pieces.len());
        match dice.below(6) {
            0 => drop(pieces.drain(element)),
            1 => {
                let part = pieces[element].to_vec();
                pieces.splice(from..from, part);
            }
            2 => {
                let part = pieces[element].to_vec();
                pieces.splice(to..to, part);
            }
            3 => {
                let part: Vec<&str> = pieces.drain(element).collect();
                let to = to.min(pieces.len());
                pieces.splice(to..to, part);
            }
            _ => break,
        }
        if pieces.len() < 3 {
            break;
        }
    }
    if !pieces.is_empty() && dice.below(2) == 0 {
        let at = dice.below(pieces.len());
        owned = with_value(pieces[at], VALUES[dice.below(VALUES.len())], &mut dice);
        pieces[at] = &owned;
    }
    let changed = pieces.concat();
    let size = changed.len().min(max_size);
    data[..size].copy_from_slice(&changed.as_bytes()[..size]);
    size
}

/// Where the element ends whose first tag is at `from`.
fn end_of(pieces: &[&str], from: usize) -> usize {
    let mut depth = 0_i32;
    for (at, piece) in pieces.iter().enumerate().skip(from) {
        let tag = piece.rfind('<').map_or("", |tag| &piece[tag..]);
        depth += if tag.starts_with("</") {
            -1
        } else if tag.ends_with("/>") || tag.starts_with("<?") || tag.starts_with("<!") {
            0
        } else {
            1
        };
        if depth <= 0 {
            return at + 1;
        }
    }
    pieces.len()
}

/// The piece with another text before its tag, or another value of an attribute in it.
fn with_value(piece: &str, value: &str, dice: &mut Dice) -> String {
    let tag = piece.rfind('<').unwrap_or(0);
    let quotes: Vec<usize> = piece.match_indices('"').map(|(at, _)| at).collect();
    if quotes.len() >= 2 && dice.below(2) == 0 {
        let which = dice.below(quotes.len() / 2) * 2;
        return format!("{}{value}{}", &piece[..=quotes[which]], &piece[quotes[which + 1]..]);
    }
    format!("{value}{}", &piece[tag..])
}

/// A small random generator (splitmix64): the fuzzer wants the same change for the same seed.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % limit.max(1) as u64).unwrap_or(0)
    }
}
