//! From facts that have been checked to the elements of eForms, in the order of its schemas.
//!
//! One file for each form; what they share is cut as eForms cuts it. Nothing here can fail, and nothing decides what
//! may be said: that is done by then.

// The forms.
pub mod competition; // 16 and E3: the whole
pub mod competition_lot; // and each lot
pub mod consultation; // E1
pub mod planning; // 4 and E2
pub mod result; // 29 and E4: the whole
pub mod result_lots; // and how the lots ended

// What they share.
pub mod award; // by what the best tender is chosen
pub mod head; // what all notices begin with
pub mod lots; // what is said of each lot or part
pub mod parties; // organisations, and the references to them
pub mod scope; // what is bought, where and for how long
pub mod strategic; // what for
pub mod texts; // the same in every language
