//! `brobygger organisation add`
use super::{Everywhere, Failure, answer, say};
use crate::App;
use crate::app::Caller;
use crate::platform::clock::Clock;
use crate::platform::config::Environment;
use crate::platform::language::Language;
use crate::regulations::OrganisationNumber;
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
        /// nb, nn or en
        #[arg(long, default_value = "nb")]
        language: String,
    },
}

impl OrganisationCommand {
    pub fn run(self, everywhere: &Everywhere) -> Result<(), Failure> {
        let Self::Add { number, name, kind, municipality, language } = self;
        let config = everywhere.config()?;
        let parsed = match config.environment {
            Environment::Production => OrganisationNumber::parse_real(&number),
            Environment::Development | Environment::Demo => OrganisationNumber::parse(&number),
        };
        let new = NewOrganisation {
            number: parsed.map_err(|e| Failure::Usage(e.to_string()))?.as_str().to_owned(),
            name,
            kind: kind.parse::<OrganisationKind>().map_err(Failure::Usage)?,
            municipality,
            language: language.parse::<Language>().map_err(Failure::Usage)?,
        };
        let app = App::open(config, Clock::System)?;
        let added = app.write_now(&Caller::system(Reason::CommandLine), |op| tenancy::add(op, new))?;
        if everywhere.json {
            answer(&serde_json::json!({"organisation_number": added.number, "name": added.name}).to_string());
        } else {
            say(&format!("Entered {} ({}).", added.name, added.number));
        }
        Ok(())
    }
}
