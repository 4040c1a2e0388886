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
            'a' | 'o' if letters.get(at) == Some(&'e') && !is_ending(&letters[at..]) => {
                folded.push(letter);
                at += 1;
            }
            'å' | 'æ' => folded.push('a'),
            'ø' => folded.push('o'),
            other => folded.push(other),
        }
    }
    folded
}

/// `video|er`, `miljo|et`: here the e belongs to the ending and not to an ø written oe.
fn is_ending(rest: &[char]) -> bool {
    matches!(
        rest,
        ['e'] | ['e', 'n' | 'r' | 't'] | ['e', 'n' | 'r' | 't', 's'] | ['e', 'n', 'e'] | ['e', 'n', 'e', 's']
    )
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
