//! The code lists of eForms that the facts use: SDK 1.15 and DFØ's Norwegian additions, both CC BY 4.0. Lists that grow
//! fast and are only passed on (CPV, NUTS, legal bases, reasons of direct awards) are not here.
use super::Codelist;
use regulations::text_enum;

text_enum! {
    /// BT-03: what a notice is for. List `form-type`.
    pub enum FormType {
        Planning = "planning",
        /// A dialogue with the market before the procurement: E1.
        Consultation = "consultation",
        Competition = "competition",
        /// A contract that is to be given without competition.
        DirectAward = "dir-awa-pre",
        Result = "result",
        /// A change of a contract that runs.
        Modification = "cont-modif",
        Completion = "completion",
        /// Not about procurement: a company is registered.
        Registration = "bri",
    }
}

text_enum! {
    /// BT-02: which kind of notice it is. List `notice-type`.
    pub enum NoticeType {
        BuyerProfile = "pin-buyer", PriorInformation = "pin-only", ReducedTimeLimits = "pin-rtl",
        PriorInformationTransport = "pin-tran", PreliminaryMarketConsultation = "pmc",
        CallByPriorInformation = "pin-cfc-standard", CallByPriorInformationSocial = "pin-cfc-social",
        QualificationSystem = "qu-sy", Contract = "cn-standard", ContractSocial = "cn-social",
        DesignContest = "cn-desg", Subcontract = "subco", VoluntaryExAnteTransparency = "veat",
        Award = "can-standard", AwardSocial = "can-social", AwardDesignContest = "can-desg",
        AwardTransport = "can-tran", ContractModification = "can-modif", ContractCompletion = "compl",
        EuropeanCompany = "brin-ecs", EconomicInterestGrouping = "brin-eeig",
    }
}

text_enum! {
    /// OPP-070: which of the forms of Regulation (EU) 2019/1780 it is, or of the Norwegian ones below the threshold.
    /// List `notice-subtype`; `N4`, `N16` and `N29` are DFØ's.
    pub enum Subtype {
        S1 = "1", S2 = "2", S3 = "3", S4 = "4", S5 = "5", S6 = "6", S7 = "7", S8 = "8", S9 = "9", S10 = "10",
        S11 = "11", S12 = "12", S13 = "13", S14 = "14", S15 = "15", S16 = "16", S17 = "17", S18 = "18", S19 = "19",
        S20 = "20", S21 = "21", S22 = "22", S23 = "23", S24 = "24", S25 = "25", S26 = "26", S27 = "27", S28 = "28",
        S29 = "29", S30 = "30", S31 = "31", S32 = "32", S33 = "33", S34 = "34", S35 = "35", S36 = "36", S37 = "37",
        S38 = "38", S39 = "39", S40 = "40", Cei = "CEI", E1 = "E1", E2 = "E2", E3 = "E3", E4 = "E4", E5 = "E5",
        E6 = "E6", T01 = "T01", T02 = "T02", X01 = "X01", X02 = "X02",
        /// Norwegian, below the EEA threshold: like 4.
        N4 = "N4",
        /// Norwegian, below the EEA threshold: like 16.
        N16 = "N16",
        /// Norwegian, below the EEA threshold: like 29.
        N29 = "N29",
    }
}

text_enum! {
    /// BT-105: how the contract is competed for. List `procurement-procedure-type`.
    pub enum ProcedureType {
        Open = "open", Restricted = "restricted", NegotiatedWithCall = "neg-w-call",
        CompetitiveDialogue = "comp-dial", InnovationPartnership = "innovation",
        NegotiatedWithoutCall = "neg-wo-call", OtherSingleStage = "oth-single", OtherMultipleStage = "oth-mult",
        CompetitiveTendering = "comp-tend", UrgentRail = "exp-int-rail",
    }
}

text_enum! {
    /// BT-23, BT-531: what is bought. List `contract-nature`.
    pub enum Nature {
        Works = "works", Supplies = "supplies", Services = "services",
    }
}

text_enum! {
    /// BT-06: which aim beside the purchase itself it has. List `strategic-procurement`.
    pub enum Strategic {
        Environment = "env-imp", Innovation = "inn-pur", Social = "soc-obj", Nothing = "none",
    }
}

text_enum! {
    /// BT-776: what is new about what is bought. List `innovative-acquisition`.
    pub enum Innovation {
        /// New to the whole market.
        Market = "mar-nov",
        /// New in how it is made or delivered.
        Process = "proc-innov",
        /// New in what it is.
        Product = "prod-innov",
        /// Contains research and development.
        Research = "rd-act",
    }
}

text_enum! {
    /// BT-775: which social aim it has. List `social-objective`.
    pub enum SocialObjective {
        Accessibility = "acc-all", EthnicEquality = "et-eq", GenderEquality = "gen-eq", HumanRights = "hum-right",
        Opportunities = "opp", Other = "other", WorkingConditions = "work-cond",
    }
}

text_enum! {
    /// BT-774: which environmental aim it has. List `environmental-impact`.
    pub enum Environment {
        Biodiversity = "biodiv-eco", CircularEconomy = "circ-econ", ClimateAdaptation = "clim-adapt",
        ClimateMitigation = "clim-mitig", Other = "other", Pollution = "pollu-prev", Water = "water-mar",
    }
}

text_enum! {
    /// BT-805: whose criteria of green procurement were used. List `gpp-criteria`.
    pub enum GreenCriteria {
        Eu = "eu", National = "national", Nothing = "none", Other = "other",
    }
}

text_enum! {
    /// BT-754: whether criteria of accessibility are included. List `accessibility`.
    pub enum Accessibility {
        Included = "inc", NotIncluded = "n-inc", NotIncludedWithReason = "n-inc-just",
    }
}

text_enum! {
    /// BT-765: whether it is a framework agreement, and how contracts come of it. List `framework-agreement`.
    pub enum Framework {
        Mixed = "fa-mix", WithNewCompetition = "fa-w-rc", WithoutNewCompetition = "fa-wo-rc", Nothing = "none",
    }
}

text_enum! {
    /// BT-766: whether a dynamic purchasing system is used, and by whom. List `dps-usage`.
    pub enum DynamicPurchasing {
        BuyersOfTheNotice = "dps-list", OtherBuyersToo = "dps-nlist", Nothing = "none",
    }
}

text_enum! {
    /// BT-17, BT-63 and others: whether something may be or must be. List `permission`.
    pub enum Permission {
        Allowed = "allowed", Required = "required", NotAllowed = "not-allowed",
    }
}

text_enum! {
    /// BT-71: for whom participation is reserved. List `reserved-procurement`.
    pub enum Reserved {
        Nobody = "none", PublicServiceOrganisations = "res-pub-ser", ShelteredWorkshops = "res-ws",
    }
}

text_enum! {
    /// BT-60: whether money of the EU is in it. List `eu-funded`.
    pub enum EuFunds {
        Yes = "eu-funds", No = "no-eu-funds",
    }
}

text_enum! {
    /// BT-36, BT-98: the unit of a duration. List `timeperiod`.
    pub enum TimeUnit {
        Day = "DAY", Week = "WEEK", Month = "MONTH", Year = "YEAR",
    }
}

text_enum! {
    /// BT-538: a duration without a number. List `timeperiod`.
    pub enum OpenDuration {
        Unknown = "UNKNOWN", Unlimited = "UNLIMITED",
    }
}

text_enum! {
    /// BT-539: what an award criterion measures. List `award-criterion-type` with DFØ's additions.
    pub enum CriterionType {
        Price = "price", Cost = "cost", Quality = "quality",
        /// Norwegian: climate and environment, weighted.
        Climate = "quality-nor-env-criteria",
        /// Norwegian: climate and environment are in the specification instead.
        ClimateInSpecification = "quality-nor-env-spec",
        ClimateExemptInsignificant = "quality-nor-env-exempt-insignificant",
        ClimateExemptCriticalInterest = "quality-nor-env-exempt-critical-interest",
        ClimateExemptNationalMinimum = "quality-nor-env-exempt-national-minimum",
        ClimateNone = "quality-nor-env-none",
    }
}

text_enum! {
    /// BT-5421, BT-5422, BT-5423: what the number of an award criterion is. Lists `number-weight`, `number-fixed` and
    /// `number-threshold`.
    pub enum WeightKind {
        DecimalExact = "dec-exa", DecimalMiddle = "dec-mid", Order = "ord-imp", PercentageExact = "per-exa",
        PercentageMiddle = "per-mid", PointsExact = "poi-exa", PointsMiddle = "poi-mid", FixedTotal = "fix-tot",
        FixedUnit = "fix-unit", MaximumPass = "max-pass", MinimumScore = "min-score",
    }
}

text_enum! {
    /// BT-11: what the buyer is in law. List `buyer-legal-type`.
    pub enum LegalType {
        CentralGovernment = "cga", RegionalAuthority = "ra", LocalAuthority = "la", PublicLawBody = "body-pl",
        PublicLawBodyCentral = "body-pl-cga", PublicLawBodyLocal = "body-pl-la",
        PublicLawBodyRegional = "body-pl-ra", PublicUndertaking = "pub-undert",
        PublicUndertakingCentral = "pub-undert-cga", PublicUndertakingLocal = "pub-undert-la",
        PublicUndertakingRegional = "pub-undert-ra", SpecialRights = "spec-rights-entity",
        DefenceContractor = "def-cont", EuBody = "eu-ins-bod-ag", International = "int-org", Subsidised = "org-sub",
        /// Not in the EU's list for notices any more, and in Norway's.
        Group = "grp-p-aut",
        SubsidisedCentral = "org-sub-cga", SubsidisedLocal = "org-sub-la", SubsidisedRegional = "org-sub-ra",
    }
}

text_enum! {
    /// BT-740: whether the buyer is a contracting entity of the utilities. List `buyer-contracting-type`.
    pub enum ContractingType {
        ContractingEntity = "cont-ent", NotContractingEntity = "not-cont-ent",
    }
}

text_enum! {
    /// BT-10, BT-610: what the buyer does. List `main-activity`.
    pub enum Activity {
        Airport = "airport", Defence = "defence", EconAff = "econ-aff", Education = "education",
        Electricity = "electricity", EnvPro = "env-pro", GasHeat = "gas-heat", GasOil = "gas-oil",
        GenPub = "gen-pub", HcAm = "hc-am", Health = "health", Port = "port", Post = "post", PubOs = "pub-os",
        Rail = "rail", Rcr = "rcr", SocPro = "soc-pro", SolidFuel = "solid-fuel", Urttb = "urttb", Water = "water",
    }
}

text_enum! {
    /// BT-165: how large a company is. List `economic-operator-size`.
    pub enum CompanySize {
        Micro = "micro", Small = "small", Medium = "medium",
        /// Micro, small or medium, not said which.
        SmallOrMedium = "sme",
        Large = "large",
    }
}

text_enum! {
    /// BT-142: how a lot ended. List `winner-selection-status`.
    pub enum WinnerChosen {
        Awarded = "selec-w", ClosedWithoutAward = "clos-nw", StillOpen = "open-nw",
    }
}

text_enum! {
    /// BT-144: why a lot was not awarded. List `non-award-justification`.
    pub enum NotAwardedReason {
        AllRejected = "all-rej", ChangedNeed = "chan-need", InsufficientFunds = "ins-fund",
        NothingReceived = "no-rece", NotSigned = "no-signed", OnlyOneAdmissible = "one-admis", Other = "other",
        ReviewBody = "rev-body", ReviewByBuyer = "rev-buyer", Error = "tch-pr-error",
    }
}

text_enum! {
    /// BT-760: which tenders were counted. List `received-submission-type`; `t-large` from SDK 1.15.
    pub enum Submission {
        /// All of them.
        Tenders = "tenders",
        ParticipationRequests = "part-req", Electronic = "t-esubm", Micro = "t-micro", Small = "t-small",
        Medium = "t-med",
        /// Of micro, small and medium companies.
        SmallOrMedium = "t-sme",
        Large = "t-large",
        /// Of other countries of the EEA.
        OtherEea = "t-oth-eea",
        OutsideEea = "t-no-eea", Inadmissible = "t-verif-inad", AbnormallyLow = "t-verif-inad-low",
        NotVerified = "t-no-verif",
    }
}

text_enum! {
    /// BT-140: why a notice was changed. List `change-corrig-justification`.
    pub enum ChangeReason {
        Cancelled = "cancel", CancellationIntended = "cancel-intent", BuyersError = "cor-buy",
        SendersError = "cor-esen", PublishersError = "cor-pub", InformationNowAvailable = "info-release",
        SuspendedByReview = "susp-review", Update = "update-add",
    }
}

text_enum! {
    /// BT-200: why a contract was changed. List `modification-justification`.
    pub enum ModificationReason {
        AdditionalNeeds = "add-wss", Unforeseen = "mod-cir", MinorValue = "mod-minv", NotSubstantial = "mod-nons",
        Replacement = "mod-repl", ReviewClause = "mod-rev",
    }
}

text_enum! {
    /// BT-773: whether something is so, or not known. List `applicability`.
    pub enum Applicability {
        Yes = "yes", No = "no", NotKnown = "not-known",
    }
}

text_enum! {
    /// BT-197: why something is withheld. List `non-publication-justification`.
    pub enum WithheldReason {
        EconomicInterest = "eo-int", FairCompetition = "fair-comp", LawEnforcement = "law-enf",
        OtherPublicInterest = "oth-int", ResearchAndDevelopment = "rd-ser",
    }
}

text_enum! {
    /// BT-137, scheme: what an item of the notice is. List `tendered-object`, and `Part` in planning notices.
    pub enum LotKind {
        Lot = "Lot",
        /// Lots that may be won together.
        LotsGroup = "LotsGroup",
        /// Something that may become a lot or a procedure of its own.
        Part = "Part",
    }
}

text_enum! {
    /// BT-727: a place that is wider than a region. Lists `other-place` and `other-place-service`.
    pub enum OtherPlace {
        Anywhere = "anyw", AnywhereInCountry = "anyw-cou", AnywhereInEea = "anyw-eea",
    }
}

/// Says which codes a list had once.
macro_rules! retired {
    ($($list:ident: [$($code:literal),*];)+) => { $(impl Codelist for $list {
        const RETIRED: &'static [&'static str] = &[$($code),*];
        fn as_str(self) -> &'static str { self.as_str() }
    })+ };
}

retired! {
    FormType: ["change"];
    NoticeType: ["corr"];
    Subtype: [];
    ProcedureType: [];
    Nature: ["combined"];
    Strategic: [];
    Innovation: ["buy-eff", "fp-requ", "org-nov", "other"];
    SocialObjective: [];
    Environment: ["emas-com", "ene-ef-com", "iso-14001-com", "iso-14024-com", "reg-834-2007-com"];
    GreenCriteria: [];
    Accessibility: [];
    Framework: [];
    DynamicPurchasing: [];
    Permission: [];
    Reserved: [];
    EuFunds: [];
    TimeUnit: [];
    OpenDuration: [];
    CriterionType: [];
    WeightKind: [];
    LegalType: ["eu-int-org", "rl-aut"];
    ContractingType: [];
    Activity: [];
    CompanySize: [];
    WinnerChosen: [];
    NotAwardedReason: [];
    Submission: [];
    ChangeReason: [];
    ModificationReason: ["other"];
    Applicability: [];
    WithheldReason: [];
    LotKind: [];
    OtherPlace: [];
}
