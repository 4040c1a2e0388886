//! Writes a notice from a file of facts, as the command of the product does.
//!
//! `cargo run --example write -- e1|planning|competition|result FACTS.json [plain]`
use eforms_write::{Dispatch, Facts, Tailoring};
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (form, file, tailoring) = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [form, file] => (form, file, Tailoring::Dfo),
        [form, file, "plain"] => (form, file, Tailoring::Plain),
        _ => return Err("usage: write e1|planning|competition|result FACTS.json [plain]".into()),
    };
    let dispatch = Dispatch {
        notice_id: "52fe3748-f475-4381-9dbf-31ebb08889e8".parse()?,
        version: 1,
        issued: "2026-11-20T12:00:00+01:00".parse()?,
        tailoring,
    };
    let facts = Facts::read(serde_json::from_value(form.into())?, &std::fs::read_to_string(file)?)?;
    match facts.check(&dispatch) {
        Ok(notice) => notice.write_to(&mut std::io::stdout().lock())?,
        Err(problems) => {
            let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
            return Err(lines.join("\n").into());
        }
    }
    Ok(())
}
