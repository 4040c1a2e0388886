//! The code lists of eForms: which codes there are, and what the writer must know of them.
//!
//! The lists are files in `data/`, with their source and licence in `data/README.md`. The first column is the code.
use serde::{Deserialize, Serialize};
use std::fmt;
use std::marker::PhantomData;

/// A list of codes.
pub trait List {
    /// What eForms calls it: the `listName` of an element.
    const NAME: &'static str;
    /// The file: a heading, then a row for each code.
    const DATA: &'static str;

    /// The cells of the row of `code`, after the code itself.
    fn row(code: &str) -> Option<impl Iterator<Item = &'static str>> {
        Self::DATA.lines().skip(1).find_map(|line| {
            let mut cells = line.split(',');
            (cells.next() == Some(code)).then_some(cells)
        })
    }

    /// Every code, in the order of the file.
    fn codes() -> impl Iterator<Item = &'static str> {
        Self::DATA.lines().skip(1).filter_map(|line| line.split(',').next())
    }
}

/// A code of the list `L`, as someone wrote it. Whether the list has it is told by `check`, with all else that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent, bound = "")]
pub struct Code<L> {
    code: String,
    #[serde(skip)]
    list: PhantomData<L>,
}

impl<L: List> Code<L> {
    pub fn new(code: impl Into<String>) -> Self {
        Self { code: code.into(), list: PhantomData }
    }

    pub fn as_str(&self) -> &str {
        &self.code
    }

    pub fn is_listed(&self) -> bool {
        L::row(&self.code).is_some()
    }

    /// What the list says of the code, in the column after it or further on.
    fn cell(&self, column: usize) -> Option<&'static str> {
        L::row(&self.code)?.nth(column)
    }
}

impl<L> fmt::Display for Code<L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.code)
    }
}

/// Lists whose codes mean nothing to the writer: it only passes them on.
macro_rules! lists {
    ($($(#[$m:meta])* $list:ident = $name:literal),+ $(,)?) => { $(
        $(#[$m])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $list {}
        impl List for $list {
            const NAME: &'static str = $name;
            const DATA: &'static str = include_str!(concat!("../data/lists/", $name, ".csv"));
        }
    )+ };
}

lists! {
    /// What kind of buyer it is, in law (BT-11): an authority or a utility, and whether DFØ finds it precise enough.
    BuyerLegalType = "buyer-legal-type",
    /// Why documents are not for everybody (BT-707).
    CommunicationJustification = "communication-justification",
    /// Countries by three letters (BT-514), whether they have NUTS regions, and whether they have post codes.
    Countries = "country",
    /// How a purchase lessens what it does to the environment (BT-774).
    EnvironmentalImpact = "environmental-impact",
    /// Why a supplier is turned away (BT-67).
    ExclusionGround = "exclusion-ground",
    /// Languages by three letters (BT-97).
    AnyLanguage = "language",
    /// Why nobody won (BT-144).
    NonAwardJustification = "non-award-justification",
    /// What a buyer works with (BT-10, BT-610), and whether authorities or utilities do.
    MainActivity = "main-activity",
    /// The regions of Europe at the third level, as of 2024, and their country (BT-5071, BT-507).
    Nuts = "nuts-lvl3",
    /// The languages in which TED publishes (BT-702).
    OfficialLanguages = "eu-official-language",
    /// What suppliers are chosen by (BT-809).
    SelectionCriterionType = "selection-criterion",
    /// What a purchase does for people (BT-775).
    SocialObjective = "social-objective",
}

/// The first digits of the codes of health and social services, in which FOA's part 2 has no say.
enum HealthAndSocialServices {}

impl List for HealthAndSocialServices {
    const NAME: &'static str = "cpv";
    const DATA: &'static str = include_str!("../data/health-and-social-services.csv");
}

impl Code<BuyerLegalType> {
    pub fn is_utility(&self) -> bool {
        self.cell(0) == Some("utility")
    }

    /// Does it say who controls the buyer? The thresholds depend on that.
    pub fn is_precise(&self) -> bool {
        self.cell(1) == Some("yes")
    }
}

impl Code<Countries> {
    pub fn has_regions(&self) -> bool {
        self.cell(0) == Some("yes")
    }

    pub fn has_postcodes(&self) -> bool {
        self.cell(1) == Some("yes")
    }
}

impl Code<MainActivity> {
    pub fn is_of_authorities(&self) -> bool {
        self.cell(0) == Some("yes")
    }

    pub fn is_of_utilities(&self) -> bool {
        self.cell(1) == Some("yes")
    }
}

impl Code<Nuts> {
    pub fn country(&self) -> Option<&'static str> {
        self.cell(0)
    }
}

/// What is bought: a code of the Common Procurement Vocabulary.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Cpv(pub String);

impl Cpv {
    pub fn is_listed(&self) -> bool {
        regulations::cpv_entry(&self.0).is_some()
    }

    pub fn is_health_or_social_service(&self) -> bool {
        HealthAndSocialServices::codes().any(|digits| self.0.starts_with(digits))
    }
}

/// An enum that is a list, or the part of it that we use: for codes on which something depends.
macro_rules! code_enum {
    ($(#[$m:meta])* $vis:vis enum $name:ident in $list:literal { $($(#[$v:meta])* $variant:ident = $code:tt),+ $(,)? }) => {
        regulations::text_enum! {
            $(#[$m])*
            $vis enum $name { $($(#[$v])* $variant = $code),+ }
        }
        impl $crate::codes::List for $name {
            const NAME: &'static str = $list;
            const DATA: &'static str = include_str!(concat!("../data/lists/", $list, ".csv"));
        }
    };
}
pub(crate) use code_enum;

code_enum! {
    /// What the contract mostly is (BT-23).
    pub enum Nature in "contract-nature" { Works = "works", Supplies = "supplies", Services = "services" }
}

code_enum! {
    /// What is new in what is bought (BT-776).
    pub enum InnovativeAcquisition in "innovative-acquisition" {
        /// The market is asked for something it does not have.
        NewToTheMarket = "mar-nov",
        /// New ways of making or delivering it.
        Process = "proc-innov",
        /// Something new or much better reaches the user.
        Product = "prod-innov",
        /// Knowledge is made, tried or put to new use.
        ResearchAndDevelopment = "rd-act",
    }
}

code_enum! {
    /// What the purchase is to achieve beside what is bought (BT-06). `none` is written where nothing is said.
    pub enum StrategicProcurement in "strategic-procurement" {
        Innovation = "inn-pur", Environment = "env-imp", Social = "soc-obj", None = "none",
    }
}

code_enum! {
    /// What kind of framework agreement it is (BT-765). `none` is written where there is none.
    pub enum FrameworkKind in "framework-agreement" {
        /// Whoever is to deliver follows from the agreement.
        WithoutCompetition = "fa-wo-rc",
        /// The suppliers of the agreement compete for each purchase.
        WithCompetition = "fa-w-rc",
        Mixed = "fa-mix",
    }
}

code_enum! {
    /// The procedures of which we tell, out of the ten (BT-105).
    pub enum ProcedureKind in "procurement-procedure-type" {
        Open = "open",
        Restricted = "restricted",
        /// With a call for competition.
        Negotiated = "neg-w-call",
        CompetitiveDialogue = "comp-dial",
        InnovationPartnership = "innovation",
    }
}

impl ProcedureKind {
    /// Are some picked first, who then tender?
    pub const fn has_two_stages(self) -> bool {
        !matches!(self, Self::Open)
    }
}

code_enum! {
    pub enum Permission in "einvoicing" { Required = "required", Allowed = "allowed", NotAllowed = "not-allowed" }
}

code_enum! {
    /// How big a supplier is (BT-165).
    pub enum OperatorSize in "economic-operator-size" {
        Micro = "micro", Small = "small", Medium = "medium", Large = "large",
        /// Micro, small or medium: it is not known which.
        Sme = "sme",
    }
}
