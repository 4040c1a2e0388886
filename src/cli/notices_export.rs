//! `brobygger notices export`
use super::{Everywhere, Failure, answer, say, written};
use crate::needs::{self, Need, policy};
use crate::notices::draft::{Draft, MAX_FACTS, Order, Said, Source, draft, said, suggestions};
use crate::platform::clock::Clock;
use crate::platform::db::{Database, Db};
use crate::platform::language::Language;
use crate::platform::wording;
use crate::tenancy::{self, Actor, Organisation, Reason};
use crate::{Error, FieldError};
use chrono::{DateTime, FixedOffset};
use clap::{Args, ValueEnum};
use eforms_write::{FormName, Problem, Tailoring};
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::path::PathBuf;

/// Draw up a notice (eForms) of a need, or of a file of facts. The XML comes on stdout.
///
/// What is missing, or wrong, is told on stderr, all at once, and there is no notice (exit 1). Codes for innovation,
/// environment and people that fit the case are suggested there too: add those that are right to the facts of a competition
/// or a result. E1 and plans have no room for them.
#[derive(Args)]
#[command(verbatim_doc_comment)]
pub struct Export {
    /// The need that it is about: its reference (`2026-0042`) or its id. Without one, the facts tell everything.
    #[arg(value_name = "NEED", required_unless_present = "facts")]
    of: Option<String>,
    #[arg(long, value_enum)]
    form: Form,
    /// A file of facts as JSON (crates/eforms-write/docs/facts.md), or `-` for stdin. They are put over what the need knows,
    /// field by field: an estimated value, words in English, who hears complaints.
    #[arg(long, value_name = "FILE")]
    facts: Option<PathBuf>,
    /// The rules that the purchase follows (BT-01): eea-public above the thresholds of the EEA; foa-1, foa-1-2, utilities-1,
    /// concessions-1 or exempt below them. It decides between 4 and E2, 16 and E3, 29 and E4. When left out: foa-1-2, or
    /// foa-1 for health and social services, unless the facts tell it. Most needs are below, and above more must be told
    /// than a need knows.
    #[arg(long, value_name = "RULES")]
    legal_basis: Option<String>,
    /// A notice by the rules of the EU alone, in an official language of the EU. When left out, one for Doffin.
    #[arg(long)]
    plain: bool,
    /// Write what the facts say under each language of the notice, whichever it is said in, without a word about it. TED takes
    /// a Norwegian text under English; those who read English do not. What a need says stands there anyway, with a word about
    /// it, where the facts tell nothing else.
    #[arg(long)]
    untranslated: bool,
    /// When it is sent (BT-05), as in `2026-11-20T12:00:00+01:00`. Now, when left out.
    #[arg(long, value_name = "TIME")]
    issued: Option<DateTime<FixedOffset>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    /// E1, a pre-market consultation: while the market can answer.
    E1,
    /// A plan: 4, or E2 below the thresholds.
    Planning,
    /// A competition: 16, or E3 below the thresholds. From facts.
    Competition,
    /// A result: 29, or E4 below the thresholds. From facts.
    Result,
}

impl From<Form> for FormName {
    fn from(form: Form) -> Self {
        match form {
            Form::E1 => Self::E1,
            Form::Planning => Self::Planning,
            Form::Competition => Self::Competition,
            Form::Result => Self::Result,
        }
    }
}

impl Export {
    pub fn run(self, everywhere: &Everywhere) -> Result<(), Failure> {
        let mut order = Order {
            form: self.form.into(),
            tailoring: if self.plain { Tailoring::Plain } else { Tailoring::Dfo },
            legal_basis: self.legal_basis,
            untranslated: self.untranslated,
            facts: self.facts.map_or(Ok(json!({})), |file| read(&file))?,
            buyer: Value::Null,
        };
        let found = self.of.map(|of| find(everywhere, &of)).transpose()?;
        let source = found.as_ref().map(|Found { need, buyer, public_url }| Source { need, buyer, public_url });
        let issued = self.issued.map_or_else(|| Clock::System.now(), |at| at.to_utc().into());
        let suggested: Vec<Said> = suggestions(source.as_ref(), &order).iter().map(|s| said(s, Language::En)).collect();
        let mut drawn = draft(source.as_ref(), &order, issued);
        if let (Some(_), false, Ok(Err(problems))) = (&source, order.untranslated, &drawn)
            && let Some(words) = in_its_own_language(problems)
        {
            order.untranslated = true;
            drawn = draft(source.as_ref(), &order, issued);
            if matches!(drawn, Ok(Ok(_))) {
                say(&words);
            }
        }
        match drawn {
            Ok(Ok(draft)) => present(everywhere, self.form, &draft, &suggested),
            Ok(Err(problems)) => Err(refuse(everywhere, self.form, &problems, &suggested)),
            Err(Error::Conflict(code)) => Err(Failure::Failed(Language::En.text(&format!("problem-{code}")))),
            Err(e) => Err(e.into()),
        }
    }
}

fn read(file: &PathBuf) -> Result<Value, Failure> {
    let name = file.display();
    let source: Box<dyn Read> = if file.as_os_str() == "-" {
        Box::new(std::io::stdin())
    } else {
        Box::new(std::fs::File::open(file).map_err(|e| Failure::Usage(format!("{name} cannot be read: {e}")))?)
    };
    let mut text = String::new();
    let read = source.take(MAX_FACTS + 1).read_to_string(&mut text);
    read.map_err(|e| Failure::Failed(format!("{name} cannot be read: {e}")))?;
    if text.len() as u64 > MAX_FACTS {
        return Err(Failure::Failed(format!("{name} has more than {} MB", MAX_FACTS / 1024 / 1024)));
    }
    let facts: Value = serde_json::from_str(&text).map_err(|e| Failure::Failed(format!("{name} is no JSON: {e}")))?;
    if facts.is_object() { Ok(facts) } else { Err(Failure::Failed(format!("{name} holds no JSON object"))) }
}

struct Found {
    need: Need,
    buyer: Organisation,
    public_url: String,
}

/// Nothing but the database is opened: a command that is given for one need after the other should not wait for the rest.
fn find(everywhere: &Everywhere, of: &str) -> Result<Found, Failure> {
    let config = everywhere.config()?;
    let public_url = config.server.address().to_owned();
    let database = Database::open(&config.database.url, config.database.connections, config.database.synchronous)?;
    let mut connection = database.reader()?;
    match read_need(&mut connection, of) {
        Ok((need, buyer)) => Ok(Found { need, buyer, public_url }),
        Err(Error::NotFound(_)) => Err(Failure::Failed(format!("There is no need {of}."))),
        Err(e) => Err(e.into()),
    }
}

fn read_need(db: &mut Db, of: &str) -> crate::Result<(Need, Organisation)> {
    let need = match of.parse() {
        Ok(id) => needs::find(db, id),
        Err(_) => needs::find_by_reference(db, of),
    }?;
    let need = policy::draft_notice(&Actor::System(Reason::CommandLine), need)?.into_inner();
    let buyer = tenancy::organisation(db, need.tenant_id)?;
    Ok((need, buyer))
}

fn present(everywhere: &Everywhere, form: Form, draft: &Draft, suggested: &[Said]) -> Result<(), Failure> {
    if everywhere.json {
        let answered = json!({
            "notice": String::from_utf8_lossy(&draft.xml),
            "notice_id": draft.dispatch.notice_id,
            "version": draft.dispatch.version,
            "subtype": draft.subtype,
            "customization": draft.customization,
            "suggestions": suggested,
        });
        answer(&answered.to_string())?;
        return Ok(());
    }
    tell(form, suggested);
    written("the notice", std::io::stdout().write_all(&draft.xml))
}

fn tell(form: Form, suggested: &[Said]) {
    if suggested.is_empty() {
        return;
    }
    match form {
        // As the page says it.
        Form::E1 | Form::Planning => say(&format!(
            "{}: {}",
            Language::En.text("notice-drafts-suggestions"),
            Language::En.text("notice-drafts-suggestions-text")
        )),
        Form::Competition | Form::Result => {
            say("The case points to these codes. Add those that are right to the facts:");
        }
    }
    for Said { term, code, name, because } in suggested {
        say(&format!("  {term} {code}: {name}\n    {}", because.join("; ")));
    }
}

fn refuse(everywhere: &Everywhere, form: Form, problems: &[Problem], suggested: &[Said]) -> Failure {
    let told: Vec<(&Problem, String)> = problems.iter().map(|problem| (problem, in_words(problem))).collect();
    if everywhere.json {
        let problems: Vec<Value> = told
            .iter()
            .map(|(p, message)| json!({"field": p.field, "term": p.term, "code": p.code, "message": message}))
            .collect();
        if let Err(failure) = answer(&json!({"problems": problems, "suggestions": suggested}).to_string()) {
            return failure;
        }
    } else {
        tell(form, suggested);
    }
    let lines: Vec<String> = told
        .iter()
        .map(|(p, message)| match p.term {
            "" => format!("{}: {message}", p.field),
            term => format!("{} ({term}): {message}", p.field),
        })
        .collect();
    Failure::Failed(format!("There is no notice yet, because of {}:\n{}", lines.len(), lines.join("\n")))
}

/// A need is in one language, and TED asks for one of the EU. What the need says can stand under that: whoever draws the notice
/// up hears of it. None where nothing of it is missing.
fn in_its_own_language(problems: &[Problem]) -> Option<String> {
    let of_need = |p: &&Problem| {
        p.code == "text-not-in-language" && matches!(p.field.as_str(), "subject.title" | "subject.description")
    };
    let texts: Vec<String> = problems.iter().filter(of_need).map(|p| format!("{} ({})", p.field, p.term)).collect();
    let language = match problems.iter().find(of_need)?.args.first()?.1.as_str() {
        "ENG" => "English",
        "NOB" | "NNO" | "NOR" => "Norwegian",
        other => other,
    };
    Some(format!(
        "{} in {language}: what the need says stands there, in its own language. TED takes that; those who read {language} \
         may not understand it. Tell it in {language} with --facts, or leave this out with --untranslated.",
        texts.join(" and ")
    ))
}

fn in_words(problem: &Problem) -> String {
    wording::sentence(&FieldError::from(problem.clone()), Language::En)
}
