//! What the public is not told about participants, by one rule for page, files and report.
//!
//! Too little behind a figure, and it is mostly chance: it is withheld. Where the number of those who responded is, all that is
//! divided by it goes with it, base and share. And what is withheld of one group is what is left when all others are taken from the
//! whole: so the smallest of the others are withheld as well, until what is left is enough to be told.
use super::answer::Group;
use super::rounding::{LEAST_CASES, LEAST_PARTICIPANTS};
use super::sums::Sums;

/// What is withheld of a group though there is enough behind it: others could be worked out from it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Withheld {
    participants: bool,
    kinds: bool,
    sizes: bool,
}

/// What is told of a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Told {
    /// How many responded.
    pub participants: bool,
    /// How many of these are of which kind.
    pub kinds: bool,
    /// How many are small or medium-sized.
    pub sizes: bool,
}

impl Told {
    /// Of what is not veiled, all.
    pub fn of(sums: &Sums) -> Self {
        let [participants, kinds, sizes] = MEASURES.map(|measure| measure.is_told(sums));
        Self { participants, kinds: participants && kinds, sizes: participants && sizes }
    }
}

/// Something that is told when there is enough of it.
struct Measure {
    of: fn(&Sums) -> u64,
    least: u64,
    mark: fn(&mut Withheld) -> &mut bool,
}

const MEASURES: [Measure; 3] = [
    Measure { of: |sums| sums.cases, least: LEAST_CASES, mark: |withheld| &mut withheld.participants },
    Measure { of: |sums| sums.participants, least: LEAST_PARTICIPANTS, mark: |withheld| &mut withheld.kinds },
    Measure { of: Sums::participants_sized, least: LEAST_PARTICIPANTS, mark: |withheld| &mut withheld.sizes },
];

impl Measure {
    fn is_told(&self, sums: &Sums) -> bool {
        let mut withheld = sums.withheld;
        !sums.is_veiled || ((self.of)(sums) >= self.least && !*(self.mark)(&mut withheld))
    }
}

/// Marks what of the groups of an answer is withheld besides what is too few.
pub(super) fn mark(groups: &mut [Group]) {
    for measure in MEASURES {
        let (shown, hidden): (Vec<&mut Group>, Vec<&mut Group>) =
            groups.iter_mut().partition(|group| measure.is_told(&group.sums));
        if hidden.is_empty() {
            continue;
        }
        let mut left: u64 = hidden.iter().map(|group| (measure.of)(&group.sums)).sum();
        let mut shown = shown;
        // The first of those that are alike, so that the same question has the same answer.
        shown.sort_by_key(|group| (measure.of)(&group.sums));
        for group in shown {
            if left >= measure.least {
                break;
            }
            left = left.saturating_add((measure.of)(&group.sums));
            *(measure.mark)(&mut group.sums.withheld) = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::{Indicator, Source};
    use proptest::prelude::*;

    fn group(key: u32, (cases, participants, startups, small, large): (u64, u64, i64, i64, i64)) -> Group {
        let cases = cases + 1;
        let established = participants.cast_signed() - startups;
        let (participants_small, participants_large) = (small, large);
        let of_participants = Sums { participants, startups, established, ..Sums::default() };
        let sums = Sums { cases, participants_small, participants_large, is_veiled: true, ..of_participants };
        Group { keys: vec![key], sums }
    }

    fn groups() -> impl Strategy<Value = Vec<Group>> {
        let one = (0_u64..30, (0_u64..80).prop_map(|n| n * 3), -3_i64..120, -3_i64..120, -3_i64..120);
        proptest::collection::vec(one, 1..8)
            .prop_map(|all| (1..).zip(all).map(|(key, one)| group(key, one)).collect::<Vec<_>>())
    }

    proptest! {
        /// What a row shows, and products of two of these, are never what it withholds; and what is left of the whole is never of
        /// fewer than are told.
        #[test]
        fn no_withheld_cell_is_given_by_what_is_shown(mut groups in groups()) {
            mark(&mut groups);
            for group in &groups {
                let sums = &group.sums;
                let figures: Vec<_> = Source::Cases.indicators().into_iter().map(|i| (i, i.of(sums))).collect();
                let told = Told::of(sums);
                // How many needs there are is public.
                let about = figures.iter().filter(|(indicator, _)| indicator.is_about_participants());
                let cells = about.flat_map(|(indicator, figure)| {
                    let is_mean = *indicator == Indicator::ParticipantsPerCase;
                    [figure.value, figure.base.filter(|_| !is_mean).map(|base| base as f64)]
                });
                let cells: Vec<f64> = cells.flatten().collect();
                if !told.participants {
                    let gives = |cell: f64| (cell - sums.participants as f64).abs() < 0.5;
                    let products = cells.iter().flat_map(|a| [1.0, sums.cases as f64].into_iter().chain(cells.clone()).map(move |b| a * b));
                    prop_assert!(!products.clone().any(gives), "{:?} of {:?}", figures, sums);
                    prop_assert!(cells.is_empty(), "{:?}", figures);
                }
                if !told.kinds {
                    prop_assert!(Indicator::StartupShare.of(sums).value.is_none());
                    prop_assert!(Indicator::SocialEntrepreneurShare.of(sums).value.is_none());
                }
            }
            for measure in MEASURES {
                let hidden: Vec<_> = groups.iter().filter(|group| !measure.is_told(&group.sums)).collect();
                let left: u64 = hidden.iter().map(|group| (measure.of)(&group.sums)).sum();
                prop_assert!(hidden.is_empty() || hidden.len() == groups.len() || left >= measure.least);
            }
        }

        /// Whatever chance has done, parts are parts: kinds that exclude each other are not more than all, and those that told their
        /// size are not more than those who responded.
        #[test]
        fn parts_never_pass_their_whole(mut groups in groups(), social in -3_i64..120) {
            groups.iter_mut().for_each(|group| group.sums.social_entrepreneurs = social);
            mark(&mut groups);
            for Group { sums, .. } in &groups {
                let [startups, social] = [Indicator::StartupShare, Indicator::SocialEntrepreneurShare]
                    .map(|indicator| indicator.of(sums).value.unwrap_or(0.0));
                prop_assert!(startups + social <= 1.0 + 1e-9, "{} and {}", startups, social);
                let base = |indicator: Indicator| indicator.of(sums).base;
                prop_assert!(base(Indicator::SmeParticipantShare) <= base(Indicator::StartupShare));
            }
        }
    }
}
