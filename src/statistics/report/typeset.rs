//! A report as PDF.
use super::Content;
use crate::Result;
use crate::platform::wording;
use crate::statistics::press::{self, Template, told};
use anyhow::anyhow;
use chrono::{Datelike, Offset, Timelike};
use typst::foundations::{Datetime, Smart};
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

/// Sets a report: a tagged PDF by PDF/UA-1, the same for the same content.
///
/// # Errors
/// None that is known: when the library refuses.
pub fn typeset(content: &Content) -> Result<Vec<u8>> {
    press::set(Template::Report, content, |document| {
        let standards = PdfStandards::new(&[PdfStandard::Ua_1]).map_err(|e| anyhow!("{}", e.message()))?;
        let options = PdfOptions {
            ident: Smart::Custom(format!("{} {} {}", content.number, content.year, content.language.as_str())),
            creator: Smart::Custom(Some("Brobygger".to_owned())),
            timestamp: timestamp(content),
            standards,
            ..PdfOptions::default()
        };
        typst_pdf::pdf(document, &options).map_err(|e| anyhow!("a report cannot be written: {}", told(&e)))
    })
}

/// The clock in Norway when it was counted.
fn timestamp(content: &Content) -> Option<Timestamp> {
    let at = wording::in_norway(content.as_of);
    let small = |number: u32| u8::try_from(number).unwrap_or(0);
    let (hour, minute, second) = (small(at.hour()), small(at.minute()), small(at.second()));
    let time = Datetime::from_ymd_hms(at.year(), small(at.month()), small(at.day()), hour, minute, second)?;
    Timestamp::new_local(time, at.offset().fix().local_minus_utc() / 60)
}
