//! What is wrong with a notice that could be read.
use regulations::text_enum;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::fmt;

/// Something that is wrong, and where. What could be read is in the facts all the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flag {
    /// What kind of wrong.
    pub kind: FlagKind,
    /// The field of eForms that it is about, as in `BT-501-Organization-Company`; empty where it is about none.
    pub field: Cow<'static, str>,
    /// Where: an XPath with the names as the document writes them. An element without a number is the first of its name.
    pub at: Box<str>,
    /// What stands there, cut at 200 characters; empty where nothing does.
    pub value: Box<str>,
}

text_enum! {
    /// The kinds of [`Flag`]. Their codes are stable: they are stored and counted.
    pub enum FlagKind {
        // The document.
        /// Bytes that are not of the encoding that the document declares. Each was read as Windows-1252.
        BadEncoding = "bad-encoding",
        /// The document declares one encoding and is written in another. It was read in the one it is written in.
        WrongEncoding = "wrong-encoding",
        /// The document has a type declaration (DTD). It was passed over.
        Doctype = "doctype",
        /// A reference to an entity that XML does not know, or an `&` that begins none. It was kept as written.
        UnknownEntity = "unknown-entity",
        /// A prefix of a name was not declared. It was taken for what eForms documents commonly use it for.
        UndeclaredPrefix = "undeclared-prefix",
        /// The root has the name of a notice but no namespace.
        NoNamespace = "no-namespace",
        /// The notice does not stand at the root of the document, but in an envelope around it.
        Envelope = "envelope",
        /// There are more notices in the document than the one that was read.
        MoreNotices = "more-notices",
        /// Before or after the notice stands something that is no XML.
        AroundTheNotice = "around-the-notice",
        /// An attribute that is not written as XML has it, or is there twice. Those before it were read.
        BadAttribute = "bad-attribute",
        /// Elements inside a text. Their text was kept, they were not.
        MarkupInText = "markup-in-text",
        /// More items of one kind than we keep. The rest was left out.
        TooMany = "too-many",

        // What must be there.
        /// An identifier that everything else hangs on is missing.
        MissingIdentifier = "missing-identifier",
        /// Something else that every notice of this kind must say is missing.
        Missing = "missing",
        /// An element without content.
        Empty = "empty",
        /// A word that stands for nothing at all, such as `n.a.`, in the place of an identifier.
        Placeholder = "placeholder",
        /// An amount without a currency.
        MissingCurrency = "missing-currency",
        /// A number of tenders without the code that says which tenders were counted.
        MissingCode = "missing-code",
        /// A Norwegian buyer or supplier without an organisation number.
        MissingOrganisationNumber = "missing-organisation-number",

        // What must be so and not otherwise.
        /// A code that is not on its list and never was. It was kept as written.
        UnknownCode = "unknown-code",
        /// A code that was on its list once. It was kept as written.
        RetiredCode = "retired-code",
        /// A code says that it belongs to another list than its place allows. It was left out.
        UnknownList = "unknown-list",
        /// No date, a date with more around it, or one of a year before 1900. The day was kept if there is one.
        BadDate = "bad-date",
        /// No time of day, or one that is written short. The time was kept if there is one.
        BadTime = "bad-time",
        /// A day or time without its zone.
        MissingZone = "missing-zone",
        /// A day and its time are written in different zones. The time's was taken.
        ZonesDiffer = "zones-differ",
        /// No amount, or one with an exponent. The amount was kept if there is one.
        BadAmount = "bad-amount",
        /// An amount below zero, in a notice that withholds nothing.
        NegativeAmount = "negative-amount",
        /// Not the code of a currency.
        BadCurrency = "bad-currency",
        /// No number where one should be (of a version too), or one that is not whole or below zero where it must not be.
        BadNumber = "bad-number",
        /// Numbers of tenders that cannot be: more of a kind than there are, more from micro, small and medium-sized companies than from
        /// all of these, or a winner and none.
        ContradictingNumber = "contradicting-number",
        /// Neither true nor false.
        BadIndicator = "bad-indicator",
        /// Not the code of a country.
        BadCountry = "bad-country",
        /// Not the code of a language.
        BadLanguage = "bad-language",
        /// Not the code of a region (NUTS).
        BadNuts = "bad-nuts",
        /// Not eight digits that CPV 2008 has, or with a check digit behind them. It was kept as written, but for the check digit.
        BadCpv = "bad-cpv",
        /// The identifier of a Norwegian organisation is no organisation number. It was kept as written.
        BadOrganisationNumber = "bad-organisation-number",
        /// Not a version of the eForms SDK.
        BadSdkVersion = "bad-sdk-version",
        /// A profile of eForms that we do not know, or one that is written wrongly.
        BadProfile = "bad-profile",

        // How it hangs together.
        /// The same is said twice where once is allowed. The first was kept; of texts in one language, all were.
        Duplicate = "duplicate",
        /// Two items of one kind have the same identifier. References lead to the first.
        DuplicateIdentifier = "duplicate-identifier",
        /// A reference that leads nowhere, or to another notice by something that names none.
        DanglingReference = "dangling-reference",
        /// Something stands where it does not belong. In an element that eForms does not have, and where eForms has nothing of its
        /// name, it is not read. What of a lot stands at the procedure is in [`Procedure::misplaced`](super::Procedure::misplaced)
        /// and [`misplaced_terms`](super::Procedure::misplaced_terms).
        Misplaced = "misplaced",
    }
}

impl fmt::Display for FlagKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
