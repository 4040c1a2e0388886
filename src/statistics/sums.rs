//! What is added up over the notices of a group.
use super::Reader;
use super::cases::Case;
use super::observation::{NO_DAYS, Observation, Told};
use super::withheld::Withheld;
use crate::notices::codelists::{FormType, Innovation, ProcedureType};
use crate::regulations::MunicipalitySize;

/// How many have each code of BT-776, in the order of the list. A notice may have several.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Novelties([u64; Innovation::ALL.len()]);

impl Novelties {
    pub fn of(&self, code: Innovation) -> u64 {
        Innovation::ALL.iter().zip(self.0).filter(|(known, _)| **known == code).map(|(_, sum)| sum).sum()
    }
}

/// Sums over a group of notices. From these every indicator is made, so that a breakdown and the whole are counted by the
/// same rule.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sums {
    /// Everything that was published, changes and every version among it.
    pub notices: u64,
    // Each notice once from here: its last version, changes left out.
    pub consultations: u64,
    pub plannings: u64,
    pub competitions: u64,
    pub competitions_with_procedure: u64,
    pub competitions_made_for_innovation: u64,
    pub competitions_marked_innovation: u64,
    pub competitions_with_novelty: Novelties,
    pub competitions_that_tell_aims: u64,
    pub competitions_environment: u64,
    pub competitions_social: u64,
    pub competitions_after_a_notice: u64,
    pub competitions_planned: u64,
    pub competitions_consulted: u64,
    pub competitions_of_municipalities: u64,
    pub competitions_of_small_municipalities: u64,
    pub competitions_with_value: u64,
    /// Øre.
    pub estimated: i128,
    /// Of `estimated`, in procedures made for innovation.
    pub estimated_made_for_innovation: i128,
    pub results: u64,
    pub results_with_procedure: u64,
    pub results_made_for_innovation: u64,
    pub results_without_call: u64,
    pub results_with_value: u64,
    /// Øre.
    pub awarded: i128,
    pub results_of_several_lots: u64,
    pub lot_results: u64,
    pub lots_awarded: u64,
    pub lots_closed: u64,
    pub lots_counted: u64,
    pub lots_single: u64,
    pub tenders: u64,
    pub lots_sme_counted: u64,
    pub sme_tenders: u64,
    pub sme_base: u64,
    pub winners: u64,
    pub winners_sized: u64,
    pub winners_sme: u64,
    pub winners_numbered: u64,
    pub winners_startups: u64,
    pub winners_social_entrepreneurs: u64,
    // Cases in Brobygger, where these are counted and not notices.
    pub cases: u64,
    pub cases_over: u64,
    pub cases_with_outcome: u64,
    pub case_joiners: u64,
    pub case_answers: u64,
    pub participants: u64,
    pub startups: i64,
    pub social_entrepreneurs: i64,
    pub established: i64,
    pub participants_small: i64,
    pub participants_large: i64,
    /// Whether participants are counted as the public may see them.
    pub is_veiled: bool,
    /// What is not told of this group. It belongs to the group and is never added up.
    pub(super) withheld: Withheld,
    /// Days from deadline to decision, one for each result for which both are known. In no order.
    pub decision_days: Vec<u16>,
}

impl Sums {
    /// Takes in the sums of another group.
    pub(super) fn take_in(&mut self, other: &Self) {
        // Named one by one, so that none is forgotten.
        let Self {
            notices,
            consultations,
            plannings,
            competitions,
            competitions_with_procedure,
            competitions_made_for_innovation,
            competitions_marked_innovation,
            competitions_with_novelty,
            competitions_that_tell_aims,
            competitions_environment,
            competitions_social,
            competitions_after_a_notice,
            competitions_planned,
            competitions_consulted,
            competitions_of_municipalities,
            competitions_of_small_municipalities,
            competitions_with_value,
            estimated,
            estimated_made_for_innovation,
            results,
            results_with_procedure,
            results_made_for_innovation,
            results_without_call,
            results_with_value,
            awarded,
            results_of_several_lots,
            lot_results,
            lots_awarded,
            lots_closed,
            lots_counted,
            lots_single,
            tenders,
            lots_sme_counted,
            sme_tenders,
            sme_base,
            winners,
            winners_sized,
            winners_sme,
            winners_numbered,
            winners_startups,
            winners_social_entrepreneurs,
            cases,
            cases_over,
            cases_with_outcome,
            case_joiners,
            case_answers,
            participants,
            startups,
            social_entrepreneurs,
            established,
            participants_small,
            participants_large,
            is_veiled,
            withheld: _,
            decision_days,
        } = other;
        self.notices += notices;
        self.consultations += consultations;
        self.plannings += plannings;
        self.competitions += competitions;
        self.competitions_with_procedure += competitions_with_procedure;
        self.competitions_made_for_innovation += competitions_made_for_innovation;
        self.competitions_marked_innovation += competitions_marked_innovation;
        self.competitions_with_novelty
            .0
            .iter_mut()
            .zip(competitions_with_novelty.0)
            .for_each(|(sum, more)| *sum += more);
        self.competitions_that_tell_aims += competitions_that_tell_aims;
        self.competitions_environment += competitions_environment;
        self.competitions_social += competitions_social;
        self.competitions_after_a_notice += competitions_after_a_notice;
        self.competitions_planned += competitions_planned;
        self.competitions_consulted += competitions_consulted;
        self.competitions_of_municipalities += competitions_of_municipalities;
        self.competitions_of_small_municipalities += competitions_of_small_municipalities;
        self.competitions_with_value += competitions_with_value;
        self.estimated += estimated;
        self.estimated_made_for_innovation += estimated_made_for_innovation;
        self.results += results;
        self.results_with_procedure += results_with_procedure;
        self.results_made_for_innovation += results_made_for_innovation;
        self.results_without_call += results_without_call;
        self.results_with_value += results_with_value;
        self.awarded += awarded;
        self.results_of_several_lots += results_of_several_lots;
        self.lot_results += lot_results;
        self.lots_awarded += lots_awarded;
        self.lots_closed += lots_closed;
        self.lots_counted += lots_counted;
        self.lots_single += lots_single;
        self.tenders += tenders;
        self.lots_sme_counted += lots_sme_counted;
        self.sme_tenders += sme_tenders;
        self.sme_base += sme_base;
        self.winners += winners;
        self.winners_sized += winners_sized;
        self.winners_sme += winners_sme;
        self.winners_numbered += winners_numbered;
        self.winners_startups += winners_startups;
        self.winners_social_entrepreneurs += winners_social_entrepreneurs;
        self.cases += cases;
        self.cases_over += cases_over;
        self.cases_with_outcome += cases_with_outcome;
        self.case_joiners += case_joiners;
        self.case_answers += case_answers;
        self.participants += participants;
        self.startups += startups;
        self.social_entrepreneurs += social_entrepreneurs;
        self.established += established;
        self.participants_small += participants_small;
        self.participants_large += participants_large;
        self.is_veiled |= is_veiled;
        self.decision_days.extend_from_slice(decision_days);
    }

    /// Those that told how large they are: never more than responded, however chance has moved the two.
    pub fn participants_sized(&self) -> u64 {
        let sized = self.participants_small.saturating_add(self.participants_large);
        u64::try_from(sized).unwrap_or(0).min(self.participants)
    }

    pub(super) fn add(&mut self, notice: &Observation) {
        self.notices += 1;
        if !notice.marks.is_newest {
            return;
        }
        match notice.form {
            Told::As(FormType::Consultation) => self.consultations += 1,
            Told::As(FormType::Planning) => self.plannings += 1,
            Told::As(FormType::Competition) => self.add_competition(notice),
            Told::As(FormType::Result) => self.add_result(notice),
            _ => {}
        }
    }

    pub(super) fn add_case(&mut self, case: &Case, reader: Reader) {
        let participants = match reader {
            Reader::Public => case.veiled,
            Reader::Trusted => case.participants,
        };
        self.cases += 1;
        self.cases_over += u64::from(case.is_over);
        self.cases_with_outcome += u64::from(case.has_outcome);
        self.case_joiners += u64::from(case.joiners);
        self.case_answers += u64::from(case.answered);
        self.participants += u64::from(participants.all);
        self.startups += i64::from(participants.startups);
        self.social_entrepreneurs += i64::from(participants.social_entrepreneurs);
        self.established += i64::from(participants.established);
        self.participants_small += i64::from(participants.small);
        self.participants_large += i64::from(participants.large);
        self.is_veiled |= reader == Reader::Public;
    }

    fn add_competition(&mut self, notice: &Observation) {
        let made_for_innovation = notice.made_for_innovation();
        self.competitions += 1;
        self.competitions_with_procedure += u64::from(notice.kind != Told::Nothing);
        self.competitions_made_for_innovation += u64::from(made_for_innovation);
        self.competitions_marked_innovation += u64::from(notice.marks.innovation);
        for (sum, has_it) in self.competitions_with_novelty.0.iter_mut().zip(notice.marks.novelties) {
            *sum += u64::from(has_it);
        }
        self.competitions_that_tell_aims += u64::from(notice.marks.tells_aims);
        self.competitions_environment += u64::from(notice.marks.environment);
        self.competitions_social += u64::from(notice.marks.social);
        self.competitions_after_a_notice += u64::from(notice.marks.follows_notice);
        self.competitions_planned += u64::from(notice.marks.planned);
        self.competitions_consulted += u64::from(notice.marks.consulted);
        let size = MunicipalitySize::of(notice.municipality);
        self.competitions_of_municipalities += u64::from(size.is_some());
        self.competitions_of_small_municipalities += u64::from(size == Some(MunicipalitySize::Small));
        if notice.estimated >= 0 {
            self.competitions_with_value += 1;
            self.estimated += i128::from(notice.estimated);
            if made_for_innovation {
                self.estimated_made_for_innovation += i128::from(notice.estimated);
            }
        }
    }

    fn add_result(&mut self, notice: &Observation) {
        self.results += 1;
        self.results_with_procedure += u64::from(notice.kind != Told::Nothing);
        self.results_made_for_innovation += u64::from(notice.made_for_innovation());
        self.results_without_call += u64::from(notice.kind == Told::As(ProcedureType::NegotiatedWithoutCall));
        self.results_of_several_lots += u64::from(notice.lots > 1);
        if notice.awarded >= 0 {
            self.results_with_value += 1;
            self.awarded += i128::from(notice.awarded);
        }
        let outcome = &notice.outcome;
        self.lot_results += u64::from(outcome.results);
        self.lots_awarded += u64::from(outcome.awarded);
        self.lots_closed += u64::from(outcome.closed);
        self.lots_counted += u64::from(outcome.counted);
        self.lots_single += u64::from(outcome.single);
        self.tenders += u64::from(outcome.tenders);
        self.lots_sme_counted += u64::from(outcome.sme_counted);
        self.sme_tenders += u64::from(outcome.sme_tenders);
        self.sme_base += u64::from(outcome.sme_base);
        self.winners += u64::from(outcome.winners);
        self.winners_sized += u64::from(outcome.winners_sized);
        self.winners_sme += u64::from(outcome.winners_sme);
        self.winners_numbered += u64::from(notice.numbered.winners);
        self.winners_startups += u64::from(notice.numbered.startups);
        self.winners_social_entrepreneurs += u64::from(notice.numbered.social_entrepreneurs);
        if notice.decision_days != NO_DAYS {
            self.decision_days.push(notice.decision_days);
        }
    }
}
