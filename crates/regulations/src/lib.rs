//! The law and the registers as dated rows and pure functions: no HTTP, no SQL, nothing of ours.
//!
//! What the law says is data, with its date and its source beside it. What the law leaves open is marked
//! *interpretation*. Law texts were read as of 2 July 2026 (Lovdata's public data, NLOD 2.0).

// Who and where.
mod buyers; // the municipality that buys under a number
mod kostra_group; // the municipalities that one is alike
mod municipalities; // counties and municipalities, by number and date
mod municipality_size; // how many live there
mod nuts; // the regions of the EU that they are
mod organisation_number; // the number of an organisation, with its check digit

// When.
pub mod holidays; // public holidays and working days
pub mod periods; // when a period of days ends, FOA § 7-6

// How codes and tables are written.
mod table; // CSV that is part of the program
mod text_enum; // enums that know their texts

// About what.
mod cpv; // what is bought: the Common Procurement Vocabulary
mod cpv_list; // its 9,454 codes with their names
mod currency; // with what one pays
mod strategic_area; // the five areas of innovation

pub use buyers::municipality_of;
pub use cpv::{Cpv, CpvError, Level};
pub use cpv_list::{CpvEntry, cpv_beginning, cpv_entry, cpv_list};
pub use currency::is_currency;
pub use holidays::{Holiday, is_working_day, next_working_day};
pub use kostra_group::{KostraGroup, UnknownKostraGroup};
pub use municipalities::{Place, Places, PlacesError, Region, RegionError, places};
pub use municipality_size::MunicipalitySize;
pub use nuts::{county_of_nuts, nuts};
pub use organisation_number::{OrganisationNumber, OrganisationNumberError};
pub use strategic_area::{StrategicArea, UnknownStrategicArea};
