//! Small numbers, towards the public. Who answered a need is between them and the buyer, and a count of one or two may tell.
//!
//! Counts of one need are rounded before anything is added up: to a multiple of 3, up or down by chance, so that sums are right
//! in the long run (rounding to base 3; Statistics Norway does so with small counts, Langsrud and Heldal 2018; here with all, for
//! whoever responds with companies of their own knows by how much they raised a count). The chance is drawn once:
//! it comes of the need, of what is counted, and of a secret of this installation. So every public figure, of whatever
//! selection and breakdown, is made of rounded numbers only, and no difference of two figures tells what was hidden.
use super::store;
use crate::Result;
use crate::needs::NeedId;
use crate::platform::db::Db;
use sha2::{Digest, Sha256};

/// Only multiples of this are told.
pub const BASE: u16 = 3;

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

    /// The number as the public sees it.
    pub fn rounded(&self, number: u16, need: NeedId, what: &str) -> u16 {
        let rest = number % BASE;
        let below = number - rest;
        if rest == 0 {
            return number;
        }
        let mut hash = Sha256::new();
        hash.update(self.0);
        hash.update(need.uuid().as_bytes());
        hash.update(what.as_bytes());
        let chance =
            hash.finalize().iter().fold(0_u64, |sum, byte| sum.wrapping_mul(256).wrapping_add(u64::from(*byte)));
        // One above goes up one time in three, and two above two times.
        if chance % u64::from(BASE) < u64::from(rest) { below.saturating_add(BASE) } else { below }
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
