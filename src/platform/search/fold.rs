//! One spelling for words that are written in several ways: lower case, no accents, å = aa = a, æ = ae = a, ø = oe = o.

/// Letters of a word that are looked at. Longer "words" are tables, keys and noise.
pub(super) const LONGEST_WORD: usize = 64;

/// Lower case, without accents, and with one spelling for å, æ and ø.
pub(super) fn fold(word: &str) -> String {
    let letters = letters(word);
    let mut folded = String::with_capacity(letters.len());
    let mut at = 0;
    while let Some(&letter) = letters.get(at) {
        at += 1;
        match letter {
            'a' if letters.get(at) == Some(&'a') => {
                folded.push('a');
                at += 1;
            }
            'a' | 'o' if letters.get(at) == Some(&'e') && !is_own(&letters[..at], &letters[at..]) => {
                folded.push(letter);
                at += 1;
            }
            'å' | 'æ' => folded.push('a'),
            'ø' => folded.push('o'),
            // Where a compound has three of a letter at its joint, one is left out: *natt-tilsyn* is *nattilsyn*.
            'b'..='z' if letters[..at - 1].ends_with(&[letter, letter]) => {}
            other => folded.push(other),
        }
    }
    folded
}

/// Words whose plural is *-oer*; in all others that is an ør written out: *leverandoer*.
const WITH_O: &[&str] = &[
    "bistro",
    "bro",
    "casino",
    "demo",
    "disko",
    "euro",
    "foto",
    "giro",
    "intro",
    "kano",
    "kasino",
    "kilo",
    "kino",
    "klo",
    "konto",
    "logo",
    "memo",
    "mikro",
    "motto",
    "nabo",
    "piano",
    "portfolio",
    "porto",
    "promo",
    "radio",
    "ratio",
    "risiko",
    "saldo",
    "scenario",
    "silo",
    "solo",
    "studio",
    "tempo",
    "torpedo",
    "turbo",
    "video",
    "zoo",
];

/// Verbs on *-øt*, but for the letter and the t; elsewhere *-oet* is an o with an ending: *miljoet*.
const WITH_OT: &[&str] = &["blo", "gro", "mo", "skjo", "so", "sto"];

/// Is the e after the last letter of `begun` an e of its own, and not of an æ or ø written out? It is in the endings of
/// *video|er* and *miljo|et*, and in *poet*, *aerosol* and *koeffisient*; it is not at the end of *snoe*, and not in
/// *fravaer*, where plurals like *temaer* fold to the nynorsk *temar*.
fn is_own(begun: &[char], rest: &[char]) -> bool {
    let is_one_of = |words: &[&str]| words.iter().any(|word| ends_with(begun, word));
    match rest {
        ['e', 'r', ..] if ends_with(begun, "bebo") => true,
        ['e', 'n', 'd', 'e'] | ['e', 'n', 'd', 'e', 's'] => is_one_of(&["bo", "gro", "tro"]),
        ['e', 'r'] | ['e', 'r', 's'] => is_one_of(WITH_O),
        ['e', 't'] => !WITH_OT.iter().any(|word| begun.len() == word.len() && ends_with(begun, word)),
        ['e', 'n'] | ['e', 'n' | 't', 's'] | ['e', 'n', 'e'] | ['e', 'n', 'e', 's'] => true,
        ['e', 't' | 's', ..] => ends_with(begun, "po"),
        ['e', 'f', 'f', ..] | ['e', 'k', 's', ..] => ends_with(begun, "ko"),
        ['e', 'r', 'o', ..] => matches!(begun, ['a'] | ['a', 'n', 'a']),
        ['e', 'l', ..] => ends_with(begun, "isra"),
        _ => false,
    }
}

fn ends_with(letters: &[char], word: &str) -> bool {
    let mut from_behind = letters.iter().rev();
    word.chars().rev().all(|letter| from_behind.next() == Some(&letter))
}

/// The lower-case letters and digits of a word, at most [`LONGEST_WORD`], å, æ and ø kept.
fn letters(word: &str) -> Vec<char> {
    let mut letters = Vec::with_capacity(word.len().min(LONGEST_WORD));
    for char in word.chars().flat_map(char::to_lowercase) {
        if letters.len() >= LONGEST_WORD {
            break;
        }
        match char {
            '\u{30a}' => replace_last(&mut letters, 'a', 'å'),
            '\u{308}' => {
                replace_last(&mut letters, 'a', 'æ');
                replace_last(&mut letters, 'o', 'ø');
            }
            'ß' => letters.extend(['s', 's']),
            _ if char.is_alphanumeric() => letters.push(plain(char)),
            _ => {}
        }
    }
    letters
}

fn replace_last(letters: &mut [char], from: char, to: char) {
    if let Some(last) = letters.last_mut()
        && *last == from
    {
        *last = to;
    }
}

/// The letter without its accent. Swedish ä and ö are æ and ø; the Sámi letters lose their marks.
fn plain(letter: char) -> char {
    match letter {
        'a'..='z' | '0'..='9' | 'å' | 'æ' | 'ø' => letter,
        'ä' => 'æ',
        'ö' | 'œ' => 'ø',
        'à' | 'á' | 'â' | 'ã' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'č' | 'ĉ' | 'ċ' => 'c',
        'ð' | 'đ' | 'ď' => 'd',
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ė' | 'ę' | 'ě' => 'e',
        'ğ' | 'ǥ' | 'ǧ' | 'ģ' => 'g',
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'į' | 'ı' => 'i',
        'ķ' | 'ǩ' => 'k',
        'ł' | 'ļ' | 'ľ' => 'l',
        'ñ' | 'ń' | 'ň' | 'ņ' | 'ŋ' => 'n',
        'ò' | 'ó' | 'ô' | 'õ' | 'ō' | 'ő' => 'o',
        'ř' | 'ŕ' => 'r',
        'ś' | 'š' | 'ş' | 'ș' => 's',
        'ť' | 'ŧ' | 'ț' | 'ţ' => 't',
        'ù' | 'ú' | 'û' | 'ü' | 'ū' | 'ů' | 'ű' | 'ų' => 'u',
        'ý' | 'ÿ' => 'y',
        'ź' | 'ż' | 'ž' | 'ʒ' | 'ǯ' => 'z',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_that_are_written_out_are_folded_and_others_are_not() {
        for (written_out, written) in [
            ("snoe", "snø"),
            ("sjoe", "sjø"),
            ("miljoe", "miljø"),
            ("koe", "kø"),
            ("vaer", "vær"),
            ("fravaer", "fravær"),
            ("fravaers", "fraværs"),
            ("fravaeret", "fraværet"),
            ("klaer", "klær"),
            ("leverandoer", "leverandør"),
            ("ingenioer", "ingeniør"),
            ("doer", "dør"),
            ("hoere", "høre"),
            ("moet", "møt"),
            ("paa", "på"),
            ("blaa", "blå"),
            ("aapen", "åpen"),
            ("temaer", "temar"),
            ("natttilsyn", "nattilsyn"),
        ] {
            assert_eq!(fold(written_out), fold(written), "{written_out}");
        }
        for kept in
            ["poet", "poeten", "poesi", "aerosol", "anaerob", "koeffisient", "Israel", "videoer", "broene", "firmaet"]
        {
            assert_eq!(fold(kept), kept.to_lowercase());
        }
    }
}
