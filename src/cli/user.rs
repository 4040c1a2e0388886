//! `brobygger user add`
use super::{Everywhere, Failure, answer, one_of, say};
use crate::app::Caller;
use crate::identity::{self, Email, NewUser, Password};
use crate::input::Input;
use crate::platform::clock::Clock;
use crate::tenancy::{self, Reason, Role};
use crate::{App, Error};
use clap::Subcommand;
use console::Term;
use serde_json::json;
use std::io::{self, BufRead, IsTerminal};

#[derive(Subcommand)]
pub enum UserCommand {
    /// Enter a person as a member of an organisation. Whoever has no login yet gets one, with the password that is typed, unseen and
    /// twice, or comes as a line on stdin, so that it stands in no history.
    Add {
        #[arg(long)]
        email: String,
        #[arg(long)]
        name: String,
        /// The number of the organisation.
        #[arg(long)]
        organisation: String,
        /// admin, buyer, evaluator, reader, member, adviser or operator
        #[arg(long)]
        role: String,
    },
}

impl UserCommand {
    pub fn run(self, everywhere: &Everywhere) -> Result<(), Failure> {
        let Self::Add { email, name, organisation: number, role } = self;
        let config = everywhere.config()?;
        let email = Email::parse(&email).map_err(|_| Failure::Usage("--email is no address".to_owned()))?;
        let role = one_of("--role", &role, Role::ALL, Role::as_str)?;
        let mut input = Input::default();
        let name = input.required_line("name", &name, identity::NAME);
        input.finish()?;
        let app = App::without_search(config, Clock::System)?;
        let caller = Caller::system(Reason::CommandLine);
        let known = app.read_now(&caller, |op| identity::find_by_email(op.db(), email.as_str()))?;
        let password_hash = match &known {
            Some(_) => None,
            None => Some(app.passwords.hash(&password()?)?),
        };
        let told = email.as_str().to_owned();
        app.write_now(&caller, |op| {
            let organisation = tenancy::find_by_number(op.db(), &number)?.ok_or(Error::NotFound("the organisation"))?;
            let user = match password_hash {
                None => identity::find_by_email(op.db(), email.as_str())?.ok_or(Error::NotFound("the user"))?.id,
                Some(password_hash) => {
                    identity::add_user(op, NewUser { name, email, language: organisation.language, password_hash })?
                }
            };
            tenancy::enter(op, &organisation, user, role)
        })?;
        if everywhere.json {
            let told = json!({"email": told, "organisation_number": number, "role": role.as_str()});
            answer(&told.to_string())?;
        }
        if known.is_some() {
            say("Entered. The address had a login already; name and password are as they were.");
            return Ok(());
        }
        say("Entered.");
        Ok(())
    }
}

fn password() -> Result<Password, Failure> {
    let parse = |typed: &str| Password::parse("password", typed).map_err(|e| Failure::from(Error::Invalid(vec![e])));
    let unread = |e: io::Error| Failure::Failed(format!("The password cannot be read: {e}"));
    let terminal =
        [Term::stderr(), Term::stdout()].into_iter().find(Term::is_term).filter(|_| io::stdin().is_terminal());
    let Some(terminal) = terminal else {
        let mut line = String::new();
        io::stdin().lock().read_line(&mut line).map_err(unread)?;
        return parse(line.trim_end_matches(['\r', '\n']));
    };
    let ask = |what: &str| {
        terminal.write_str(what)?;
        terminal.read_secure_line()
    };
    let typed = ask("Password: ").map_err(unread)?;
    let password = parse(&typed)?;
    // Nobody saw what was typed.
    if ask("The same password once more: ").map_err(unread)? == typed {
        Ok(password)
    } else {
        Err(Failure::Failed("These are two different passwords. Nobody was entered.".to_owned()))
    }
}
