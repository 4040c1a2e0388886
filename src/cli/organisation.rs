//! `brobygger organisation add`
use super::{Everywhere, Failure, answer, one_of, say};
use crate::App;
use crate::app::Caller;
use crate::platform::clock::Clock;
use crate::platform::config::Environment;
use crate::platform::db::types::Timestamp;
use crate::platform::language::Language;
use crate::platform::wording;
use crate::regulations::{OrganisationNumber, Region};
use crate::suppliers::{self, SupplierKind};
use crate::tenancy::{self, NewOrganisation, OrganisationKind, Reason};
use clap::Subcommand;

#[derive(Subcommand)]
pub enum OrganisationCommand {
    /// Enter an organisation.
    Add {
        /// Nine digits.
        #[arg(long)]
        number: String,
        #[arg(long)]
        name: String,
        /// buyer, supplier, adviser or operator
        #[arg(long)]
        kind: String,
        /// The number of the municipality that it is, or lies in.
        #[arg(long)]
        municipality: Option<String>,
        /// What a supplier is: startup, social_entrepreneur or established. It can change that itself.
        #[arg(long, value_name = "KIND")]
        supplier_kind: Option<String>,
        /// nb, nn or en
        #[arg(long, default_value = "nb")]
        language: String,
    },
}

impl OrganisationCommand {
    pub fn run(self, everywhere: &Everywhere) -> Result<(), Failure> {
        let Self::Add { number, name, kind, municipality, supplier_kind, language } = self;
        let config = everywhere.config()?;
        let parsed = match config.environment {
            Environment::Production => OrganisationNumber::parse_real(&number),
            Environment::Development | Environment::Demo => OrganisationNumber::parse(&number),
        };
        let clock = Clock::System;
        let municipality = municipality.map(|number| self::municipality(&number, clock.now())).transpose()?;
        let kind = one_of("--kind", &kind, OrganisationKind::ALL, OrganisationKind::as_str)?;
        let supplier_kind = supplier_kind
            .map(|kind| one_of("--supplier-kind", &kind, SupplierKind::ALL, SupplierKind::as_str))
            .transpose()?;
        if supplier_kind.is_some() && kind != OrganisationKind::Supplier {
            return Err(Failure::Usage("--supplier-kind is for --kind supplier".to_owned()));
        }
        let new = NewOrganisation {
            number: parsed.map_err(|e| Failure::Usage(e.to_string()))?.as_str().to_owned(),
            name,
            kind,
            municipality: municipality.as_ref().map(ToString::to_string),
            language: one_of("--language", &language, Language::ALL, Language::as_str)?,
        };
        let app = App::without_search(config, clock)?;
        let added = app.write_now(&Caller::system(Reason::CommandLine), |op| match kind {
            OrganisationKind::Supplier => {
                let county = municipality.map(|m| m.county_number().to_owned());
                suppliers::add(op, new, supplier_kind.unwrap_or(SupplierKind::Established), county)
            }
            OrganisationKind::Buyer | OrganisationKind::Adviser | OrganisationKind::Operator => tenancy::add(op, new),
        })?;
        if everywhere.json {
            answer(&serde_json::json!({"organisation_number": added.number, "name": added.name}).to_string())?;
        } else {
            say(&format!("Entered {} ({}).", added.name, added.number));
        }
        Ok(())
    }
}

fn municipality(number: &str, now: Timestamp) -> Result<Region, Failure> {
    let region = Region::parse(number, wording::day_of(now)).ok().filter(|r| !r.is_county());
    region.ok_or_else(|| Failure::Usage(format!("--municipality: there is no municipality {number} today")))
}
