//! What there is to tell: one file for each form, and the parts that they share.

// The forms.
pub mod competition; // 16 and E3
pub mod consultation; // E1
pub mod planning; // 4 and E2
pub mod result; // 29 and E4

// What is bought, by whom, where and when.
pub mod addresses; // of the web and of mail
pub mod documents; // what else there is to read
pub mod law; // the rules that the purchase follows
pub mod money; // amounts
pub mod party; // who: buyers, suppliers, those who review
pub mod place; // where
pub mod strategic; // what for: innovation, environment, people
pub mod subject; // what: the whole and its lots
pub mod time; // when: deadlines and periods

// How it is bought.
pub mod award; // by what the best tender is chosen
pub mod framework; // prices and terms for later
pub mod procedure; // in one stage or in two
pub mod qualification; // who may take part

// How it ended.
pub mod outcome; // who won, and on what
pub mod received; // how many tenders came in

pub use addresses::{Email, Phone, Url};
pub use award::AwardCriteria;
pub use competition::Competition;
pub use consultation::Consultation;
pub use documents::{Documents, PreviousNotice};
pub use law::{LegalBases, LegalBasis};
pub use money::Amount;
pub use party::{Address, Buyer, Contact, Organisation};
pub use place::Place;
pub use planning::Planning;
pub use procedure::Procedure;
pub use result::ContractResult;
pub use strategic::Strategic;
pub use subject::{Lot, Subject};
pub use time::{Deadline, Period};
