//! Small numbers, towards the public. Who answered a need is between them and the buyer, and a count of one or two may tell.
//!
//! Counts of one need are moved before anything is added up, by chance, to a multiple of 3 near by, so that sums are right in the
//! long run (rounding to base 3; Statistics Norway does so with small counts, Langsrud and Heldal 2018; here with all, for
//! whoever responds with companies of their own knows by how much they raised a count). The chance is drawn once:
//! it comes of the need, of what is counted, and of a secret of this installation. So every public figure, of whatever
//! selection and breakdown, is made of moved numbers only, and no difference of two figures tells what was hidden.
//!
//! How many responded to one need may be zero for certain. How many startups among them may not: with the list of suppliers, that
//! there is one may be enough to know which. So these are veiled: multiples of 3 are moved too, zero among them.
//!
//! What is left of few needs is mostly chance, and is not told: see [`LEAST_CASES`] and [`LEAST_PARTICIPANTS`].
use super::store;
use crate::Result;
use crate::needs::NeedId;
use crate::platform::db::Db;
use sha2::{Digest, Sha256};

/// Only multiples of this are told.
pub const BASE: u16 = 3;

/// The variance of what one number of one need is moved by, at most: a multiple of 3 that is veiled moves by 3 one time in three.
pub const MOST_VARIANCE: f64 = 3.0;

/// Needs of which a public mean is told: with ten, chance moves the number for each by some 0.4 (the standard deviation of what is
/// moved is 1.4 at most).
pub const LEAST_CASES: u64 = 10;
/// Suppliers of which a public share is told. Of some twenty-five needs these are, and chance moves a share by some seven parts in
/// a hundred; of four times as many by half of that. [`super::Figure::margin`] says how much it may be.
pub const LEAST_PARTICIPANTS: u64 = 100;

/// The secret of the chance.
#[derive(Clone)]
pub struct Rounding([u8; 32]);

impl Rounding {
    /// The secret of this installation, made the first time.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn load(db: &mut Db) -> Result<Self> {
        store::secret(db, "rounding").map(Self)
    }

    /// The number as the public sees it; a multiple of 3 stays.
    pub fn rounded(&self, number: u16, need: NeedId, what: &str) -> u16 {
        let rest = number % BASE;
        let below = number - rest;
        // One above goes up one time in three, and two above two times.
        if self.chance(need, what, BASE) < rest { below.saturating_add(BASE) } else { below }
    }

    /// The number as the public sees it; a multiple of 3 goes up one time in six, and down one time in six, below zero too.
    pub fn veiled(&self, number: i16, need: NeedId, what: &str) -> i16 {
        let base = BASE.cast_signed();
        let rest = number % base;
        if rest == 0 {
            return match self.chance(need, what, 2 * BASE) {
                0 => number.saturating_add(base),
                1 => number.saturating_sub(base),
                _ => number,
            };
        }
        let below = number - rest;
        if self.chance(need, what, BASE).cast_signed() < rest { below.saturating_add(base) } else { below }
    }

    /// A number below `sides`, always the same for this need and what is counted of it.
    fn chance(&self, need: NeedId, what: &str, sides: u16) -> u16 {
        let mut hash = Sha256::new();
        hash.update(self.0);
        hash.update(need.uuid().as_bytes());
        hash.update(what.as_bytes());
        let sides = u64::from(sides);
        let number =
            hash.finalize().iter().fold(0, |sum: u64, byte| sum.wrapping_mul(256).wrapping_add((*byte).into()));
        u16::try_from(number % sides).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_become_multiples_of_three_and_stay_right_in_the_long_run() {
        let rounding = Rounding([7; 32]);
        let ids: Vec<NeedId> = (0..30_000_u128).map(|n| NeedId::from(uuid::Uuid::from_u128(n))).collect();
        for number in 0..=6 {
            let shown: Vec<u16> = ids.iter().map(|id| rounding.rounded(number, *id, "startup")).collect();
            assert!(shown.iter().all(|n| n % BASE == 0 && n.abs_diff(number) < BASE), "{number}");
            let mean = shown.iter().map(|n| f64::from(*n)).sum::<f64>() / ids.len() as f64;
            assert!((mean - f64::from(number)).abs() < 0.05, "{number}: {mean}");
            let again: Vec<u16> = ids.iter().map(|id| rounding.rounded(number, *id, "startup")).collect();
            assert_eq!(shown, again);
        }
    }

    #[test]
    fn of_what_is_veiled_nothing_is_certain() {
        let rounding = Rounding([7; 32]);
        let ids: Vec<NeedId> = (0..30_000_u128).map(|n| NeedId::from(uuid::Uuid::from_u128(n))).collect();
        for number in 0..=6 {
            let shown: Vec<i16> = ids.iter().map(|id| rounding.veiled(number, *id, "startup")).collect();
            assert!(shown.iter().all(|n| n % 3 == 0 && n.abs_diff(number) <= BASE), "{number}");
            let mean = shown.iter().map(|n| f64::from(*n)).sum::<f64>() / ids.len() as f64;
            assert!((mean - f64::from(number)).abs() < 0.05, "{number}: {mean}");
        }
        // Nobody, one, two and three are all shown as each of none and three.
        for shown in [0, 3] {
            for number in 0..=3 {
                assert!(ids.iter().any(|id| rounding.veiled(number, *id, "startup") == shown), "{number} as {shown}");
            }
        }
    }

    #[test]
    fn what_is_shown_does_not_tell_which_of_two_small_numbers_it_was() {
        let rounding = Rounding([7; 32]);
        for shown in [0, BASE] {
            for number in [1, 2] {
                let some = (0..100_u128)
                    .any(|n| rounding.rounded(number, NeedId::from(uuid::Uuid::from_u128(n)), "startup") == shown);
                assert!(some, "{number} is never shown as {shown}");
            }
        }
        let other = Rounding([8; 32]);
        let differ = (0..100_u128).map(|n| NeedId::from(uuid::Uuid::from_u128(n)));
        assert!(differ.into_iter().any(|id| rounding.rounded(1, id, "startup") != other.rounded(1, id, "startup")));
    }
}
