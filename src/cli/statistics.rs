//! `brobygger statistics export` and `brobygger statistics report`
use super::{Everywhere, Failure, cannot_write, one_of, say, written};
use crate::app::Caller;
use crate::fields::Fields;
use crate::platform::clock::Clock;
use crate::platform::language::Language;
use crate::statistics::export::{Format, Report, write_notices};
use crate::statistics::{Question, report};
use crate::tenancy::Reason;
use crate::{App, Result};
use clap::{Args, Subcommand};
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

#[derive(Subcommand)]
pub enum StatisticsCommand {
    /// The figures of the page /statistikk, as a file; or, as Parquet, all notices that they are counted over.
    Export(Box<Export>),
    /// The statistics of a buyer's year as a PDF: its needs in Brobygger, and the notices of its municipality.
    Report(YearReport),
}

#[derive(Args)]
pub struct YearReport {
    #[arg(long)]
    year: String,
    /// The organisation number of a buyer.
    #[arg(long, value_name = "NUMBER")]
    organisation: String,
    /// Where to.
    #[arg(long, value_name = "FILE")]
    output: PathBuf,
    /// nb, nn or en.
    #[arg(long, default_value = "nb")]
    language: String,
}

#[derive(Args)]
pub struct Export {
    /// csv, csv-excel (for Excel in Norwegian), xlsx, json, json-stat or parquet.
    #[arg(long)]
    format: String,
    /// Where to; the standard output when left out.
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// notices, or cases: needs in Brobygger and their dialogues.
    #[arg(long)]
    source: Option<String>,
    /// The first day, as in 2024-01-01.
    #[arg(long, value_name = "DAY")]
    from: Option<String>,
    /// The last day.
    #[arg(long, value_name = "DAY")]
    to: Option<String>,
    /// year, quarter, month, county, municipality, municipality-size, kostra-group, division, buyer-type, procedure, form, nature
    /// or value; two of them with a comma between.
    #[arg(long)]
    by: Option<String>,
    /// Where the buyer is, by three letters; `all` for everywhere. Norway when left out.
    #[arg(long)]
    country: Option<String>,
    /// The number of a county or a municipality.
    #[arg(long, value_name = "NUMBER")]
    region: Option<String>,
    /// The KOSTRA group of the municipality that buys, EKG01 to EKG17.
    #[arg(long, value_name = "GROUP")]
    kostra_group: Option<String>,
    /// With what it is compared: the number of a county or a municipality, `country`, a KOSTRA group, or `kostra-group`: that of
    /// the municipality in --region.
    #[arg(long, value_name = "NUMBER")]
    compare: Option<String>,
    /// CPV division, two digits.
    #[arg(long, value_name = "DIGITS")]
    division: Option<String>,
    /// The organisation number of a buyer.
    #[arg(long, value_name = "NUMBER")]
    buyer: Option<String>,
    /// The legal type of the buyer (BT-11).
    #[arg(long, value_name = "CODE")]
    buyer_type: Option<String>,
    /// BT-105.
    #[arg(long, value_name = "CODE")]
    procedure: Option<String>,
    /// BT-03.
    #[arg(long, value_name = "CODE")]
    form: Option<String>,
    /// works, supplies or services.
    #[arg(long)]
    nature: Option<String>,
    /// nb, nn or en: the language of names.
    #[arg(long, default_value = "nb")]
    language: String,
}

impl StatisticsCommand {
    pub fn run(self, everywhere: &Everywhere) -> Result<(), Failure> {
        match self {
            Self::Export(export) => export.run(everywhere),
            Self::Report(report) => report.run(everywhere),
        }
    }
}

impl YearReport {
    fn run(self, everywhere: &Everywhere) -> Result<(), Failure> {
        let language = one_of("--language", &self.language, Language::ALL, Language::as_str)?;
        let fields = fields(&[("year", &Some(self.year)), ("organisation", &Some(self.organisation))]);
        let app = App::without_search(everywhere.config()?, Clock::System)?;
        let content = app.read_now(&Caller::system(Reason::CommandLine), |op| {
            report::write(op, &app.statistics, &fields, language, app.config.server.address())
        })?;
        let file = report::typeset(&content)?;
        std::fs::write(&self.output, file).map_err(|e| cannot_write(&self.output, &e))
    }
}

/// What was given, as an address would ask it.
fn fields(given: &[(&str, &Option<String>)]) -> Fields {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    for (name, value) in given {
        if let Some(value) = value {
            query.append_pair(name, value);
        }
    }
    Fields::parse(query.finish().as_bytes())
}

impl Export {
    fn run(self, everywhere: &Everywhere) -> Result<(), Failure> {
        let language = one_of("--language", &self.language, Language::ALL, Language::as_str)?;
        let question = Question::parse(&self.fields())?;
        if self.format == "parquet" {
            if question != Question::default() {
                return Err(Failure::Usage(
                    "Parquet has all notices: leave the selection out, and select in it.".into(),
                ));
            }
            let app = App::without_search(everywhere.config()?, Clock::System)?;
            let mut db = app.db.reader()?;
            let written = write_notices(&mut db, self.open()?, app.statistics.is_invented)?;
            say(&format!("Wrote {written} notices."));
            return Ok(());
        }
        let format = self
            .format
            .parse::<Format>()
            .map_err(|_| Failure::Usage("--format is csv, csv-excel, xlsx, json, json-stat or parquet".to_owned()))?;
        let app = App::without_search(everywhere.config()?, Clock::System)?;
        let answer = app.read_now(&Caller::system(Reason::CommandLine), |op| app.statistics.ask(op, &question))?;
        let indicators = question.source.indicators();
        let report =
            Report { question: &question, answer: &answer, indicators: &indicators, as_of: app.clock.now(), language };
        let mut to = self.open()?;
        let file = report.write(format)?;
        written("the figures", to.write_all(&file).and_then(|()| to.flush()))
    }

    /// The question as an address would ask it.
    fn fields(&self) -> Fields {
        fields(&[
            ("source", &self.source),
            ("from", &self.from),
            ("to", &self.to),
            ("by", &self.by),
            ("country", &self.country),
            ("region", &self.region),
            ("kostra_group", &self.kostra_group),
            ("compare", &self.compare),
            ("division", &self.division),
            ("buyer", &self.buyer),
            ("buyer_type", &self.buyer_type),
            ("procedure", &self.procedure),
            ("form", &self.form),
            ("nature", &self.nature),
        ])
    }

    fn open(&self) -> Result<Box<dyn Write + Send>, Failure> {
        Ok(match &self.output {
            None => Box::new(BufWriter::new(io::stdout())),
            Some(path) => {
                let file = File::create(path).map_err(|e| cannot_write(path, &e))?;
                Box::new(BufWriter::new(file))
            }
        })
    }
}
