//! Texts that people have written, as they can be set with the fonts that we have.
use crate::statistics::press::has_glyph;

/// What stands for a character that our fonts do not have.
const UNKNOWN: char = '□';

/// Longer words may be broken anywhere.
const LONG_WORD: usize = 24;

/// At most so many characters. What the fonts do not have becomes a box, what cannot be seen is left out, and a word that is
/// too long for a line gets places to break.
pub fn legible(text: &str, most: usize) -> String {
    let seen = text.chars().filter(|c| c.is_whitespace() || !c.is_control()).filter(|c| !is_invisible(*c));
    let plain: String = seen.map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
    let words = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut out = String::new();
    let mut run = 0;
    for (at, c) in words.chars().enumerate() {
        if at + 1 == most && words.chars().count() > most {
            out.push('…');
            break;
        }
        run = if c == ' ' { 0 } else { run + 1 };
        if run > LONG_WORD {
            out.push('\u{200b}');
            run = 1;
        }
        out.push(if c == ' ' || has_glyph(c) { c } else { UNKNOWN });
    }
    out
}

/// Marks of direction, joiners, variation selectors and their like: they change how others look, and have no look of their own.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_can_be_set_stays_and_what_cannot_is_seen_to_be_missing() {
        assert_eq!(
            legible("Guovdageainnu suohkan – Kautokeino kommune", 200),
            "Guovdageainnu suohkan – Kautokeino kommune"
        );
        assert_eq!(legible("Šibmár ŋ ž đ", 200), "Šibmár ŋ ž đ");
        assert_eq!(legible("Vann 💧 og\u{202e} vei\n\tsør", 200), "Vann □ og vei sør");
        assert_eq!(legible("מים", 200), "□□□");
        assert_eq!(legible("#strong[*x*] $y$ #read(\"/etc/passwd\")", 200), "#strong[*x*] $y$ #read(\"/etc/passwd\")");
        assert_eq!(legible("abcdef", 4), "abc…");
        assert!(legible(&"x".repeat(60), 200).matches('\u{200b}').count() == 2);
    }

    proptest! {
        #[test]
        fn whatever_is_written_can_be_set(text in any::<String>()) {
            let shown = legible(&text, 200);
            prop_assert!(shown.chars().count() <= 210);
            prop_assert!(shown.chars().all(|c| c == ' ' || c == '\u{200b}' || has_glyph(c)), "{shown:?}");
        }
    }
}
