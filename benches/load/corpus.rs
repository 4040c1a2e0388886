//! Synthetic Norwegian: words whose frequencies fall as in real texts, and needs written in them.
use brobygger::identity::UserId;
use brobygger::needs::{Budget, Contact, Content, Description, DesiredEffect, InnovationKind, Need, Status};
use brobygger::platform::db::types::Timestamp;
use brobygger::platform::language::Language;
use brobygger::regulations::StrategicArea;
use brobygger::tenancy::OrganisationId;
use chrono::{DateTime, TimeDelta, Utc};

/// What every text has most of.
const SMALL: &str = "og i det å er som til på en av for at med vi ikke den har de et kan om fra skal eller så må blir \
    mer alle ved mange dette når etter også men flere hver uten mellom over under før bare helt noen hvor dag år";

/// What municipalities write about.
const MATTERS: &str = "kommune tjeneste bruker behov løsning innbygger leverandør system ansatt skole elev lærer \
    sykehjem pasient pårørende hjemmetjeneste helse omsorg lege medisin fall natt beboer ernæring måltid rehabilitering \
    barnehage barn foreldre ungdom familie barnevern fritid idrett kultur bibliotek museum frivillighet forening \
    vann avløp ledning lekkasje kum pumpe overvann flom nedbør avfall gjenvinning kildesortering søppel plast matsvinn \
    vei gate fortau brøyting snø salt sykkel buss ferge transport parkering lading elbil trafikk kryss tunnel bro \
    bygg vedlikehold oppvarming strøm energi solcelle ventilasjon inneklima renhold eiendom tomt leie bolig \
    byggesak søknad saksbehandling arkiv journal skjema innsyn personvern sikkerhet beredskap brann varsling kriseøvelse \
    data måling sensor kamera kart modell analyse rapport statistikk prognose plan budsjett kostnad gevinst tid \
    kompetanse opplæring rekruttering vakt turnus sykefravær ledelse medarbeider samarbeid samskaping nærmiljø park \
    lekeplass tre skog jordbruk fiske havn kai båt hav strand luft støy utslipp klima natur mangfold integrering \
    språk flyktning arbeid aktivitet ensomhet demens hørsel syn rullestol heis trygghetsalarm medisindosering kjøkken \
    innkjøp anskaffelse kontrakt avtale pilot forsøk utprøving metode erfaring krav kvalitet tilgang mobil nettside";

/// What stands in front of a matter, and what behind, in a compound.
const FRONTS: &str = "kommune helse skole vann vei bygg energi data pasient bruker barne ungdoms omsorgs parkerings \
    miljø klima kultur beredskaps trafikk avfalls eiendoms innkjøps personal drifts vedlikeholds sikkerhets opplærings \
    velferds digitaliserings samarbeids bolig nærings trygghets rehabiliterings ernærings transport lade strøm sensor kart";
const BACKS: &str = "plan plass system tjeneste teknologi senter avdeling ansvarlig behov løsning plattform verktøy \
    arbeid rutine registrering måling rapport kontroll oversikt tilbud ordning prosjekt gruppe styring forvaltning \
    fag bygg anlegg utstyr nett punkt sone kort app portal modell analyse kostnad budsjett leder koordinator";

const ENDINGS: [&str; 4] = ["", "en", "er", "ene"];
const PLACES: [&str; 10] = ["1103", "0301", "4601", "5001", "1108", "5501", "4204", "3201", "1506", "1804"];
const CODES: [&str; 8] =
    ["85000000", "72000000", "90000000", "33000000", "45000000", "34000000", "80000000", "48000000"];

/// Words of all lists and their compounds, and how often each comes.
pub struct Corpus {
    words: Vec<String>,
    /// Of the words up to each, together.
    shares: Vec<f64>,
}

impl Corpus {
    pub fn new() -> Self {
        let list = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        let mut words = list(SMALL);
        let inflect = |word: &String| ENDINGS.map(|ending| format!("{word}{ending}"));
        let mut matters: Vec<String> = list(MATTERS).iter().flat_map(inflect).collect();
        let (fronts, backs) = (list(FRONTS), list(BACKS));
        let compounds = fronts.iter().flat_map(|front| backs.iter().map(move |back| format!("{front}{back}")));
        let mut compounds: Vec<String> = compounds.flat_map(|word| inflect(&word)).collect();
        // Names and numbers of things: the long tail of words that hardly ever come.
        let mut rare: Vec<String> = (0..40_000).map(name).collect();
        let mut random = Random(1814);
        for list in [&mut matters, &mut compounds, &mut rare] {
            random.shuffle(list);
            words.append(list);
        }
        let mut sum = 0.0;
        #[expect(clippy::cast_precision_loss, reason = "a rank is small")]
        let shares = (0..words.len()).map(|rank| {
            sum += 1.0 / (rank as f64 + 2.7);
            sum
        });
        Self { shares: shares.collect(), words }
    }

    /// A word, as often as it comes.
    fn word(&self, random: &mut Random) -> &str {
        let point = random.share() * self.shares.last().copied().unwrap_or(1.0);
        let at = self.shares.partition_point(|share| *share < point);
        &self.words[at.min(self.words.len() - 1)]
    }

    /// A word that someone might look for: common and rare ones alike, because each power of ten of ranks is as likely.
    fn sought(&self, random: &mut Random) -> &str {
        let first = SMALL.split_whitespace().count();
        #[expect(
            clippy::cast_precision_loss,
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a rank"
        )]
        let at = first + ((self.words.len() - first) as f64).powf(random.share()) as usize - 1;
        &self.words[at.min(self.words.len() - 1)]
    }

    /// One or two words to look for.
    pub fn query(&self, random: &mut Random) -> String {
        let first = self.sought(random).to_owned();
        if random.below(2) == 0 { first } else { format!("{first} {}", self.sought(random)) }
    }

    /// About so many characters in sentences.
    pub fn text(&self, characters: usize, random: &mut Random) -> String {
        let mut text = String::with_capacity(characters + 24);
        let mut words = 0;
        while text.len() < characters {
            let word = self.word(random);
            if words > 0 {
                text.push(' ');
            }
            match word.chars().next() {
                Some(first) if words == 0 => {
                    text.extend(first.to_uppercase());
                    text.push_str(&word[first.len_utf8()..]);
                }
                _ => text.push_str(word),
            }
            words += 1;
            if words > 6 && random.below(8) == 0 {
                text.push_str(". ");
                words = 0;
            }
        }
        text.trim_end().to_owned()
    }

    /// The `number`th of `all` needs; the texts are as long as those of the demo.
    pub fn need(&self, number: usize, buyer: OrganisationId, by: UserId, now: DateTime<Utc>) -> Need {
        let random = &mut Random::of(number);
        let mut some = |mean: usize| {
            let length = mean / 2 + random.below(mean);
            self.text(length, random)
        };
        let description = Description {
            problem: some(150),
            affected: some(85),
            current_situation: some(155),
            desired_effects: vec![DesiredEffect { metric: some(60), baseline: some(30), target: some(30), by: None }],
            constraints: some(125),
            tried: some(85),
            undecided: some(85),
            budget: Some(Budget { amount: 250_000, currency: "NOK".to_owned() }),
            contact: Contact {
                name: "Kari Nordmann".to_owned(),
                email: "kari.nordmann@kommune.example".to_owned(),
                phone: "51 00 00 00".to_owned(),
            },
        };
        let (title, summary) = (some(60), some(340));
        // Ten minutes apart, the last one now; every fourth is still open.
        let published = now - TimeDelta::minutes(10) * i32::try_from(2_000_000 - number).unwrap_or(0);
        let deadline =
            is_open(number).then(|| now + TimeDelta::days(i64::try_from(5 + random.below(60)).unwrap_or(30)));
        let content = Content {
            title,
            summary,
            cpv: vec![(*random.choice(&CODES)).to_owned()],
            region: vec![(*random.choice(&PLACES)).to_owned()],
            areas: vec![*random.choice(StrategicArea::ALL)],
            language: Language::Nb,
            innovation_kind: Some(InnovationKind::Innovation),
            response_deadline: deadline.map(Timestamp::from),
            description,
        };
        let published = Timestamp::from(published);
        let draft = Need::draft(buyer, format!("2026-{number:07}"), content, by, published);
        Need { status: Status::Published, published_at: Some(published), ..draft }
    }
}

/// Is the `number`th need open for responses? The others have no deadline, and are open too; but responses gather
/// before deadlines.
pub fn is_open(number: usize) -> bool {
    number.is_multiple_of(4)
}

/// An invented word: syllables for the digits of a number.
fn name(number: usize) -> String {
    const SYLLABLES: [&str; 10] = ["bra", "vik", "nes", "tor", "lund", "ska", "fjell", "ro", "gim", "hau"];
    number.to_string().bytes().map(|digit| SYLLABLES[usize::from(digit - b'0')]).collect()
}

/// Random numbers that are the same in every run (xorshift*).
pub struct Random(pub u64);

impl Random {
    /// Another stream for every number.
    pub fn of(number: usize) -> Self {
        Self((number as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }
    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }
    pub fn below(&mut self, n: usize) -> usize {
        usize::try_from((u128::from(self.next()) * n as u128) >> 64).unwrap_or(0)
    }
    /// From 0 to 1.
    #[expect(clippy::cast_precision_loss, reason = "53 bits fit")]
    fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }
    pub fn choice<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }
    fn shuffle<T>(&mut self, list: &mut [T]) {
        for at in (1..list.len()).rev() {
            list.swap(at, self.below(at + 1));
        }
    }
}
