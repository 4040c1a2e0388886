//! What stands in one element, read as text, code, number, date and so on. Whatever is wrong with it is noted.
use super::doubts::Doubts;
use crate::facts::Letters;
use crate::facts::{
    Amount, Code, Codelist, Count, Cpv, Currency, Date, Decimal, FlagKind, Language, NoticeReference, Reference, Text,
    Time,
};
use std::borrow::Cow;

/// Words that people and programs write where they have nothing to say.
const PLACEHOLDERS: [&str; 9] = ["n.a.", "n/a", "na", "-", ".", "null", "none", "unknown", "_default_value_change_me_"];

/// More attributes than any element has.
const MOST_ATTRIBUTES: usize = 100;

/// The content of an element, or of one of its attributes.
pub(super) struct Field<'f, 'x> {
    /// The text, without the space around it; never empty.
    pub text: &'f str,
    /// The attributes as written.
    pub attributes: &'x str,
    pub doubts: &'f mut Doubts<'x>,
}

impl<'x> Field<'_, 'x> {
    /// Notes what is wrong with it.
    pub fn doubt(&mut self, kind: FlagKind) {
        self.doubts.add(kind, self.text);
    }

    pub fn attribute(&self, name: &str) -> Option<Cow<'x, str>> {
        attribute(self.attributes, name)
    }

    pub fn text(&mut self) -> Option<Box<str>> {
        Some(self.text.into())
    }

    /// An identifier: a text that is no mere placeholder.
    pub fn id(&mut self) -> Option<Box<str>> {
        if PLACEHOLDERS.iter().any(|word| word.eq_ignore_ascii_case(self.text)) {
            self.doubt(FlagKind::Placeholder);
            return None;
        }
        self.text()
    }

    pub fn text_in_language(&mut self) -> Text {
        let language = self.attribute("languageID").and_then(|text| {
            let language = Language::parse(text.trim());
            if language.is_none() {
                self.doubts.add(FlagKind::BadLanguage, &text);
            }
            language
        });
        Text { language, text: self.text.into() }
    }

    pub fn code<List: Codelist>(&mut self) -> Option<Code<List>> {
        let code = Code::new(self.text);
        match &code {
            Code::Known(_) | Code::Withheld => {}
            Code::Other(_) if code.is_retired() => self.doubt(FlagKind::RetiredCode),
            Code::Other(_) => self.doubt(FlagKind::UnknownCode),
        }
        Some(code)
    }

    pub fn amount(&mut self) -> Option<Amount> {
        let number = self.decimal_or(FlagKind::BadAmount)?;
        if number.is_negative() {
            self.doubt(FlagKind::NegativeAmount);
        }
        let currency = match self.attribute("currencyID") {
            Some(text) => {
                let currency = Currency::parse(text.trim());
                if currency.is_none() {
                    self.doubts.add(FlagKind::BadCurrency, &text);
                }
                currency
            }
            None => {
                self.doubt(FlagKind::MissingCurrency);
                None
            }
        };
        Some(Amount { number, currency })
    }

    pub fn decimal(&mut self) -> Option<Decimal> {
        self.decimal_or(FlagKind::BadNumber)
    }

    fn decimal_or(&mut self, wrong: FlagKind) -> Option<Decimal> {
        let number = self.text.parse().ok();
        // XML Schema has no exponents, and no doubt what they mean.
        if number.is_none() || self.text.contains(['e', 'E']) {
            self.doubt(wrong);
        }
        number
    }

    /// A whole number, also below zero.
    fn whole(&mut self) -> Option<i64> {
        let whole = self.decimal()?.as_whole();
        if whole.is_none() {
            self.doubt(FlagKind::BadNumber);
        }
        whole
    }

    /// A whole number that is not too large, or too small, for what it is the number of.
    pub fn number<N: TryFrom<i64>>(&mut self) -> Option<N> {
        let number = self.whole()?.try_into().ok();
        if number.is_none() {
            self.doubt(FlagKind::BadNumber);
        }
        number
    }

    /// A number of things that may be withheld.
    pub fn count(&mut self) -> Option<Count> {
        if self.text == "-1" { Some(Count::Withheld) } else { self.number().map(Count::Of) }
    }

    pub fn yes_no(&mut self) -> Option<bool> {
        match self.text {
            "true" | "1" => Some(true),
            "false" | "0" => Some(false),
            _ => {
                self.doubt(FlagKind::BadIndicator);
                None
            }
        }
    }

    pub fn date(&mut self) -> Option<Date> {
        let read = Date::read(self.text);
        if !read.as_ref().is_some_and(|read| read.exact) {
            self.doubt(FlagKind::BadDate);
        }
        read.map(|read| read.what)
    }

    pub fn time(&mut self) -> Option<Time> {
        let read = Time::read(self.text);
        if !read.as_ref().is_some_and(|read| read.exact) {
            self.doubt(FlagKind::BadTime);
        }
        read.map(|read| read.what)
    }

    /// Three letters of a list; anything else is wrong in the way of that list.
    pub fn letters<List>(&mut self, wrong: FlagKind) -> Option<Letters<List>> {
        let letters = Letters::parse(self.text);
        if letters.is_none() {
            self.doubt(wrong);
        }
        letters
    }

    pub fn cpv(&mut self) -> Option<Cpv> {
        let cpv = Cpv::new(self.text);
        // With the check digit there are nine.
        if cpv.as_str() != self.text || regulations::cpv_entry(self.text).is_none() {
            self.doubt(FlagKind::BadCpv);
        }
        Some(cpv)
    }

    /// A region: two letters of a country and at most three of a region in it.
    pub fn nuts(&mut self) -> Option<Box<str>> {
        let fits = match self.text.as_bytes() {
            [a, b, rest @ ..] => {
                let region = |byte: &u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
                a.is_ascii_uppercase() && b.is_ascii_uppercase() && rest.len() <= 3 && rest.iter().all(region)
            }
            _ => false,
        };
        if !fits {
            self.doubt(FlagKind::BadNuts);
        }
        self.text()
    }

    /// A version of a notice, by which the last is found.
    pub fn version(&mut self) -> Option<Box<str>> {
        let version = self.id()?;
        if version.parse::<u32>().is_err() {
            self.doubt(FlagKind::BadNumber);
        }
        Some(version)
    }

    /// The number of a law of the EU (CELEX), or that it is another. The list grows with the laws.
    pub fn legal_basis(&mut self) -> Option<Box<str>> {
        let is_celex = match self.text.as_bytes() {
            [b'3', year @ .., b'L' | b'R' | b'D', a, b, c, d] => {
                year.len() == 4 && year.iter().chain([a, b, c, d]).all(u8::is_ascii_digit)
            }
            _ => false,
        };
        if !is_celex && self.text != "other" {
            self.doubt(FlagKind::UnknownCode);
        }
        self.text()
    }

    /// Another notice. What cannot be the identifier of one is kept as it is.
    pub fn notice(&mut self) -> Option<NoticeReference> {
        let notice = NoticeReference::new(self.text);
        if matches!(notice, NoticeReference::Other(_)) {
            self.doubt(FlagKind::DanglingReference);
        }
        Some(notice)
    }

    pub fn reference(&mut self) -> Option<Reference> {
        self.doubts.mark_reference();
        Some(Reference::new(self.text))
    }
}

/// The value of an attribute.
pub(super) fn attribute<'x>(attributes: &'x str, name: &str) -> Option<Cow<'x, str>> {
    let (_, value) = Attributes::of(attributes).find(|(other, _)| *other == name)?;
    // A reference that is unknown stays as it is written.
    Some(quick_xml::escape::unescape(value).unwrap_or(value.into()))
}

/// Whether all of what stands in a tag after its name are attributes, each there once.
pub(super) fn are_attributes(text: &str) -> bool {
    let mut all = Attributes::of(text);
    for (at, (name, _)) in all.by_ref().enumerate() {
        if at == MOST_ATTRIBUTES || Attributes::of(text).take(at).any(|(other, _)| other == name) {
            return false;
        }
    }
    all.rest.trim_ascii_start().is_empty()
}

/// The names and values of attributes as they are written. Ends where something is no attribute.
pub(super) struct Attributes<'x> {
    rest: &'x str,
}

impl<'x> Attributes<'x> {
    /// Of what stands in a tag after its name.
    pub fn of(attributes: &'x str) -> Self {
        Self { rest: attributes }
    }
}

impl<'x> Iterator for Attributes<'x> {
    type Item = (&'x str, &'x str);

    fn next(&mut self) -> Option<Self::Item> {
        let (name, rest) = split_at_byte(self.rest.trim_ascii_start(), b'=')?;
        let rest = rest.trim_ascii_start();
        let quote = *rest.as_bytes().first().filter(|quote| matches!(quote, b'"' | b'\''))?;
        let (value, rest) = split_at_byte(&rest[1..], quote)?;
        let name = name.trim_ascii_end();
        if name.is_empty() {
            return None;
        }
        self.rest = rest;
        Some((name, value))
    }
}

/// What stands before and behind an ASCII character.
fn split_at_byte(text: &str, byte: u8) -> Option<(&str, &str)> {
    let at = memchr::memchr(byte, text.as_bytes())?;
    Some((&text[..at], &text[at + 1..]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn attributes_are_read_in_either_quotes_and_without_their_escapes() {
        let attributes = r#" listName="a&amp;b" schemeName = 'x"y' empty="" "#;
        let value = |name: &str| attribute(attributes, name).map(Cow::into_owned);
        assert_eq!(value("listName").as_deref(), Some("a&b"));
        assert_eq!(value("schemeName").as_deref(), Some("x\"y"));
        assert_eq!(value("empty").as_deref(), Some(""));
        assert_eq!(value("Name"), None);
        assert_eq!(attribute("a=b c='d'", "c"), None);
    }

    #[test]
    fn what_is_no_attribute_is_seen() {
        for text in ["", " ", " a=\"b\"", " a = 'b' c=\"d\" ", " a='='"] {
            assert!(are_attributes(text), "{text}");
        }
        for text in [" a", " a=b", " a='b' a='c'", " a='b' c", " a='b", " ='b' c='d'"] {
            assert!(!are_attributes(text), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_may_stand_in_a_tag(text in "\\PC*") {
            let _ = (attribute(&text, "a"), are_attributes(&text));
        }
    }
}
