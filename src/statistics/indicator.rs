//! What is told: each figure with what it is divided by, and where its definition comes from.
use super::rounding::MOST_VARIANCE;
use super::sums::Sums;
use super::withheld::Told;
use crate::notices::codelists::Innovation;
use crate::text_enum;

text_enum! {
    /// A figure with a definition. The words stand in `texts/` under `statistics-indicator-<code>`.
    #[derive(utoipa::ToSchema)]
    pub enum Indicator {
        Notices = "notices",
        Consultations = "consultations",
        Plannings = "plannings",
        Competitions = "competitions",
        Results = "results",
        EstimatedValue = "estimated-value",
        AwardedValue = "awarded-value",
        InnovationProcedureShare = "innovation-procedure-share",
        InnovationProcedureValueShare = "innovation-procedure-value-share",
        InnovationMarkedShare = "innovation-marked-share",
        InnovationMarketShare = "innovation-mar-nov-share",
        InnovationProcessShare = "innovation-proc-innov-share",
        InnovationProductShare = "innovation-prod-innov-share",
        InnovationResearchShare = "innovation-rd-act-share",
        EnvironmentShare = "environment-share",
        SocialShare = "social-share",
        DialogueBeforeShare = "dialogue-before-share",
        PlanningBeforeShare = "planning-before-share",
        ConsultationBeforeShare = "consultation-before-share",
        SmallMunicipalityShare = "small-municipality-share",
        WithoutCallShare = "without-call-share",
        TendersPerLot = "tenders-per-lot",
        SingleTenderShare = "single-tender-share",
        LotsWithoutAwardShare = "lots-without-award-share",
        SmeTenderShare = "sme-tender-share",
        SmeWinnerShare = "sme-winner-share",
        StartupWinnerShare = "startup-winner-share",
        SocialEntrepreneurWinnerShare = "social-entrepreneur-winner-share",
        DecisionDays = "decision-days",
        // Of cases in Brobygger.
        Cases = "cases",
        ParticipantsPerCase = "participants-per-case",
        StartupShare = "startup-share",
        SocialEntrepreneurShare = "social-entrepreneur-share",
        SmeParticipantShare = "sme-participant-share",
        JoinersPerCase = "joiners-per-case",
        AnswersPerCase = "answers-per-case",
        OutcomeShare = "outcome-share",
    }
}

text_enum! {
    /// What a figure is measured in.
    #[derive(utoipa::ToSchema)]
    pub enum Unit {
        /// A number of things.
        Count = "count",
        /// Kroner, VAT left out.
        Kroner = "NOK",
        /// A part of 1.
        Share = "share",
        /// A number for each.
        Mean = "mean",
        /// Days, the middle of all.
        Days = "days",
    }
}

/// A figure of a group.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Figure {
    /// None where there is nothing to divide by, or too little for the public.
    pub value: Option<f64>,
    /// What it is divided by, or over how many it is counted. None where it would give a figure that is withheld.
    pub base: Option<u64>,
    /// There is too little behind the value for the public.
    pub is_withheld: bool,
    /// Chance has moved it, and the base of a share with it (`rounding`): it is told as "about".
    pub is_moved: bool,
    /// Nineteen times in twenty chance has moved the value by less than this.
    pub margin: Option<f64>,
}

impl Figure {
    /// What counts participants, as the public may see it. A moved share is one of whole per cents: its decimals would be chance.
    fn veiled(self, indicator: Indicator, sums: &Sums) -> Self {
        let told = Told::of(sums);
        let (has_value, has_base) = match indicator {
            Indicator::ParticipantsPerCase => (told.participants, true),
            Indicator::SmeParticipantShare => (told.sizes, told.participants),
            _ => (told.kinds, told.participants),
        };
        let value = self.value.filter(|_| has_value);
        let margin = value.zip(self.base).map(|(value, base)| indicator.margin(value, base, sums.cases));
        let is_share = indicator.unit() == Unit::Share;
        // Two halves of a per cent that are both rounded up would be one too many together.
        let whole = |share: f64| match indicator {
            Indicator::SocialEntrepreneurShare => (share * 100.0 - 1e-9).round() / 100.0,
            _ => (share * 100.0).round() / 100.0,
        };
        Self {
            value: value.map(|value| if is_share { whole(value) } else { value }),
            base: self.base.filter(|_| has_base),
            is_withheld: !has_value,
            is_moved: true,
            margin,
        }
    }
}

text_enum! {
    /// What is counted.
    #[derive(utoipa::ToSchema, Default)]
    pub enum Source {
        /// Notices that were brought in.
        #[default]
        Notices = "notices",
        /// Needs in Brobygger, and their dialogues.
        Cases = "cases",
    }
}

text_enum! {
    /// What figures are about, in the order in which the page tells them. The words stand in `texts/` under `statistics-theme-<code>`.
    pub enum Theme {
        Innovation = "innovation",
        Before = "before",
        Competition = "competition",
        Winners = "winners",
        Aims = "aims",
        // Shares say more than counts and sums, which grow with whoever is asked about.
        Volume = "volume",
        // Of cases in Brobygger. Of who responds nothing is told where there is little.
        Dialogue = "dialogue",
        Participants = "participants",
    }
}

impl Source {
    /// What can be told of it.
    pub fn indicators(self) -> Vec<Indicator> {
        Indicator::ALL.iter().copied().filter(|indicator| indicator.source() == self).collect()
    }
}

impl Indicator {
    /// What it is about.
    pub const fn theme(self) -> Theme {
        match self {
            Self::Notices
            | Self::Consultations
            | Self::Plannings
            | Self::Competitions
            | Self::Results
            | Self::EstimatedValue
            | Self::AwardedValue => Theme::Volume,
            Self::InnovationProcedureShare
            | Self::InnovationProcedureValueShare
            | Self::InnovationMarkedShare
            | Self::InnovationMarketShare
            | Self::InnovationProcessShare
            | Self::InnovationProductShare
            | Self::InnovationResearchShare => Theme::Innovation,
            Self::DialogueBeforeShare | Self::PlanningBeforeShare | Self::ConsultationBeforeShare => Theme::Before,
            Self::EnvironmentShare | Self::SocialShare => Theme::Aims,
            Self::WithoutCallShare
            | Self::TendersPerLot
            | Self::SingleTenderShare
            | Self::LotsWithoutAwardShare
            | Self::DecisionDays => Theme::Competition,
            Self::SmallMunicipalityShare
            | Self::SmeTenderShare
            | Self::SmeWinnerShare
            | Self::StartupWinnerShare
            | Self::SocialEntrepreneurWinnerShare => Theme::Winners,
            Self::ParticipantsPerCase
            | Self::StartupShare
            | Self::SocialEntrepreneurShare
            | Self::SmeParticipantShare => Theme::Participants,
            Self::Cases | Self::JoinersPerCase | Self::AnswersPerCase | Self::OutcomeShare => Theme::Dialogue,
        }
    }

    /// Over what it is counted.
    pub const fn source(self) -> Source {
        match self {
            Self::Cases
            | Self::ParticipantsPerCase
            | Self::StartupShare
            | Self::SocialEntrepreneurShare
            | Self::SmeParticipantShare
            | Self::JoinersPerCase
            | Self::AnswersPerCase
            | Self::OutcomeShare => Source::Cases,
            _ => Source::Notices,
        }
    }

    pub const fn unit(self) -> Unit {
        match self {
            Self::Notices
            | Self::Consultations
            | Self::Plannings
            | Self::Competitions
            | Self::Results
            | Self::Cases => Unit::Count,
            Self::EstimatedValue | Self::AwardedValue => Unit::Kroner,
            Self::InnovationProcedureShare
            | Self::InnovationProcedureValueShare
            | Self::InnovationMarkedShare
            | Self::InnovationMarketShare
            | Self::InnovationProcessShare
            | Self::InnovationProductShare
            | Self::InnovationResearchShare
            | Self::EnvironmentShare
            | Self::SocialShare
            | Self::DialogueBeforeShare
            | Self::PlanningBeforeShare
            | Self::ConsultationBeforeShare
            | Self::SmallMunicipalityShare
            | Self::WithoutCallShare
            | Self::SingleTenderShare
            | Self::LotsWithoutAwardShare
            | Self::SmeTenderShare
            | Self::SmeWinnerShare
            | Self::StartupWinnerShare
            | Self::SocialEntrepreneurWinnerShare
            | Self::StartupShare
            | Self::SocialEntrepreneurShare
            | Self::SmeParticipantShare
            | Self::OutcomeShare => Unit::Share,
            Self::TendersPerLot | Self::ParticipantsPerCase | Self::JoinersPerCase | Self::AnswersPerCase => Unit::Mean,
            Self::DecisionDays => Unit::Days,
        }
    }

    /// Its name in `texts/`; with `-definition` and `-base` behind it, what it is and what it is divided by.
    pub fn key(self) -> String {
        format!("statistics-indicator-{}", self.as_str())
    }

    /// Whether it counts who responded, which chance moves towards the public.
    pub const fn is_about_participants(self) -> bool {
        matches!(
            self,
            Self::ParticipantsPerCase | Self::StartupShare | Self::SocialEntrepreneurShare | Self::SmeParticipantShare
        )
    }

    /// Whether it is divided by nothing but itself.
    pub const fn is_count(self) -> bool {
        matches!(self.unit(), Unit::Count)
    }

    /// Whether it grows with whoever is asked about. Beside the sums of a whole country nobody sees one's own.
    pub const fn is_sum(self) -> bool {
        matches!(self.unit(), Unit::Count | Unit::Kroner)
    }

    /// Where the definition comes from.
    pub const fn authority(self) -> &'static str {
        match self {
            Self::Notices | Self::Consultations | Self::Plannings | Self::Competitions | Self::Results => {
                "eForms BT-03"
            }
            Self::EstimatedValue => "eForms BT-27",
            Self::AwardedValue => "eForms BT-161, BT-720",
            Self::InnovationProcedureShare | Self::InnovationProcedureValueShare => {
                "eForms BT-105; Meld. St. 30 (2019–2020); DFØ"
            }
            Self::InnovationMarkedShare => "eForms BT-776, BT-06; DFØ, eforms-sdk-nor",
            Self::InnovationMarketShare
            | Self::InnovationProcessShare
            | Self::InnovationProductShare
            | Self::InnovationResearchShare => "eForms BT-776",
            Self::EnvironmentShare | Self::SocialShare => "eForms BT-06",
            Self::DialogueBeforeShare => "eForms BT-125, OPP-090",
            Self::PlanningBeforeShare | Self::ConsultationBeforeShare => "eForms BT-03, BT-04, BT-125, OPP-090",
            Self::SmallMunicipalityShare => "eForms OPT-300; SSB 07459, KOSTRA",
            Self::WithoutCallShare => "eForms BT-105; Single Market Scoreboard",
            Self::TendersPerLot | Self::SingleTenderShare => "eForms BT-759, BT-760; Single Market Scoreboard",
            Self::LotsWithoutAwardShare => "eForms BT-142",
            Self::SmeTenderShare => "eForms BT-759, BT-760; Single Market Scoreboard",
            Self::SmeWinnerShare => "eForms BT-165; Single Market Scoreboard",
            Self::StartupWinnerShare | Self::SocialEntrepreneurWinnerShare => "eForms BT-501; Brobygger",
            Self::SmeParticipantShare => "Brobygger; 2003/361/EC",
            Self::Cases
            | Self::ParticipantsPerCase
            | Self::StartupShare
            | Self::SocialEntrepreneurShare
            | Self::JoinersPerCase
            | Self::AnswersPerCase
            | Self::OutcomeShare => "Brobygger",
            Self::DecisionDays => "eForms BT-131, BT-1311, BT-1451; Single Market Scoreboard",
        }
    }

    /// The figure of a group.
    pub fn of(self, sums: &Sums) -> Figure {
        let figure = self.counted(sums);
        if self.is_about_participants() && sums.is_veiled { figure.veiled(self, sums) } else { figure }
    }

    /// Two standard deviations of what chance does to it at most. Of a share the parts that are not counted move the whole too.
    fn margin(self, value: f64, base: u64, cases: u64) -> f64 {
        let base = base.max(1) as f64;
        // Only needs that somebody responded to are moved.
        let moved = (cases as f64).min(base);
        let of_each = if self.unit() == Unit::Share { 1.0 - 2.0 * value + 3.0 * value * value } else { 1.0 };
        2.0 * (moved * MOST_VARIANCE * of_each).sqrt() / base
    }

    fn counted(self, sums: &Sums) -> Figure {
        let count = |n: u64| told(Some(n as f64), n);
        let part = |n: u64, base: u64| told((base > 0).then(|| n as f64 / base as f64), base);
        let novelty = |code: Innovation| part(sums.competitions_with_novelty.of(code), sums.competitions);
        let number = |n: i64| u64::try_from(n).unwrap_or(0);
        // Of what all kinds have together: where chance moves one of them it moves the whole with it, and no share passes 100 %.
        let of_kinds = number(sums.startups) + number(sums.social_entrepreneurs) + number(sums.established);
        let of_kind = |n: i64| Figure { base: Some(sums.participants), ..part(number(n), of_kinds) };
        match self {
            Self::Notices => count(sums.notices),
            Self::Consultations => count(sums.consultations),
            Self::Plannings => count(sums.plannings),
            Self::Competitions => count(sums.competitions),
            Self::Results => count(sums.results),
            Self::EstimatedValue => kroner(sums.estimated, sums.competitions_with_value),
            Self::AwardedValue => kroner(sums.awarded, sums.results_with_value),
            Self::InnovationProcedureShare => {
                part(sums.competitions_made_for_innovation, sums.competitions_with_procedure)
            }
            Self::InnovationProcedureValueShare => told(
                (sums.estimated > 0).then(|| sums.estimated_made_for_innovation as f64 / sums.estimated as f64),
                sums.competitions_with_value,
            ),
            Self::InnovationMarkedShare => part(sums.competitions_marked_innovation, sums.competitions),
            Self::InnovationMarketShare => novelty(Innovation::Market),
            Self::InnovationProcessShare => novelty(Innovation::Process),
            Self::InnovationProductShare => novelty(Innovation::Product),
            Self::InnovationResearchShare => novelty(Innovation::Research),
            Self::EnvironmentShare => part(sums.competitions_environment, sums.competitions_that_tell_aims),
            Self::SocialShare => part(sums.competitions_social, sums.competitions_that_tell_aims),
            Self::DialogueBeforeShare => part(sums.competitions_after_a_notice, sums.competitions),
            Self::PlanningBeforeShare => part(sums.competitions_planned, sums.competitions),
            Self::ConsultationBeforeShare => part(sums.competitions_consulted, sums.competitions_planned),
            Self::SmallMunicipalityShare => {
                part(sums.competitions_of_small_municipalities, sums.competitions_of_municipalities)
            }
            Self::WithoutCallShare => part(sums.results_without_call, sums.results_with_procedure),
            Self::TendersPerLot => part(sums.tenders, sums.lots_counted),
            Self::SingleTenderShare => part(sums.lots_single, sums.lots_counted),
            Self::LotsWithoutAwardShare => part(sums.lots_closed, sums.lot_results),
            Self::SmeTenderShare => part(sums.sme_tenders, sums.sme_base),
            Self::SmeWinnerShare => part(sums.winners_sme, sums.winners_sized),
            Self::StartupWinnerShare => part(sums.winners_startups, sums.winners_numbered),
            Self::SocialEntrepreneurWinnerShare => part(sums.winners_social_entrepreneurs, sums.winners_numbered),
            Self::Cases => count(sums.cases),
            Self::ParticipantsPerCase => part(sums.participants, sums.cases),
            Self::StartupShare => of_kind(sums.startups),
            Self::SocialEntrepreneurShare => of_kind(sums.social_entrepreneurs),
            Self::SmeParticipantShare => {
                let (small, large) = (number(sums.participants_small), number(sums.participants_large));
                Figure { base: Some(sums.participants_sized()), ..part(small, small + large) }
            }
            Self::JoinersPerCase => part(sums.case_joiners, sums.cases),
            Self::AnswersPerCase => part(sums.case_answers, sums.cases),
            Self::OutcomeShare => part(sums.cases_with_outcome, sums.cases_over),
            Self::DecisionDays => median(&sums.decision_days),
        }
    }
}

const fn told(value: Option<f64>, base: u64) -> Figure {
    Figure { value, base: Some(base), is_withheld: false, is_moved: false, margin: None }
}

fn kroner(ore: i128, base: u64) -> Figure {
    told((base > 0).then(|| ore as f64 / 100.0), base)
}

/// The middle, or between the two in the middle.
fn median(days: &[u16]) -> Figure {
    let base = u64::try_from(days.len()).unwrap_or(u64::MAX);
    let mut days = days.to_vec();
    let at = days.len() / 2;
    let value = match days.len() {
        0 => None,
        n if n % 2 == 1 => Some(f64::from(*days.select_nth_unstable(at).1)),
        _ => {
            let (below, upper, _) = days.select_nth_unstable(at);
            let lower = below.iter().max().copied().unwrap_or(*upper);
            Some((f64::from(lower) + f64::from(*upper)) / 2.0)
        }
    };
    told(value, base)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::language::Language;

    #[test]
    fn the_middle_of_an_even_number_lies_between_two() {
        assert_eq!(median(&[]).value, None);
        assert_eq!(median(&[9, 1, 5]).value, Some(5.0));
        assert_eq!(median(&[9, 1, 5, 6]).value, Some(5.5));
    }

    #[test]
    fn every_indicator_has_a_name_a_definition_and_a_base_in_every_language() {
        for language in Language::ALL {
            for indicator in Indicator::ALL {
                for part in ["", "-definition", "-base"] {
                    let key = format!("statistics-indicator-{}{part}", indicator.as_str());
                    assert!(language.has(&key), "{key} in {language:?}");
                }
            }
        }
    }

    #[test]
    fn nothing_is_divided_by_nothing() {
        let empty = Sums::default();
        for indicator in Indicator::ALL {
            let figure = indicator.of(&empty);
            assert!(figure.value.is_none_or(|value| value == 0.0), "{indicator:?}: {figure:?}");
            assert_eq!(figure.base, Some(0));
        }
    }
}
