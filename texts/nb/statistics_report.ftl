# Rapporten for et år (PDF).
statistics-report-title = Statistikk for { $year }
statistics-report-number = Organisasjonsnummer
statistics-report-period = Periode
statistics-report-made = Laget
statistics-report-sources = Kilder
statistics-report-source-cases = Behov og dialog i Brobygger, slik de var { $at }
statistics-report-source-notices = Kunngjøringer i Doffin og TED, den siste fra { $day }
statistics-report-source-invented = Oppdiktede kunngjøringer, den siste fra { $day }
statistics-report-source-no-notices = Kunngjøringer i Doffin og TED: ingen er hentet inn ennå
statistics-report-invented = Alle tallene er oppdiktet. Rapporten er laget for å vise fram Brobygger.
statistics-report-unfinished = Året er ikke over. Rapporten viser hva som har skjedd til og med { $day }.
statistics-report-summary = Kort fortalt
statistics-report-contents = Innhold
statistics-report-own = Virksomheten
statistics-report-key-figures = Nøkkeltall
statistics-report-figures = Alle indikatorene
statistics-report-divided = Fordelt etter { $by }
statistics-report-nothing = Det finnes ikke grunnlag for å regne ut dette tallet i perioden.
statistics-report-chart = Søylediagram for hvert kvartal: { $indicator }. Tallene står i tabellen ved siden av.
statistics-report-chart-compared = Søylediagram for hvert kvartal: { $indicator }. Søyler for { $selected } og ringer for { $peers }. Tallene står i tabellen ved siden av.
statistics-report-link = Se de samme tallene på nettsiden
statistics-report-page = Side { $page } av { $pages }
statistics-report-cases = Behov i Brobygger
statistics-report-cases-lead = Behovene som virksomheten selv publiserte i Brobygger dette året, og dialogen om dem. De er ikke med i tallene for kunngjøringer.
statistics-report-cases-none = Virksomheten publiserte ingen behov i Brobygger dette året. Når dere publiserer et behov, viser rapporten hvor mange som svarer, hva slags leverandører det er, og hva det førte til.
statistics-report-exact = Antallet leverandører er vist nøyaktig, også når det er lite. Tenk på hvem som har svart, før du deler rapporten med andre.
statistics-report-notices = Kunngjøringer
statistics-report-notices-lead = Kunngjøringer i Doffin og TED fra { $place } kommune, og fra andre innkjøpere i kommunen som bruker Brobygger.
statistics-report-notices-lead-invented = Oppdiktede kunngjøringer fra { $place } kommune, og fra andre innkjøpere i kommunen.
statistics-report-notices-none = Det er ingen kunngjøringer fra { $place } dette året blant dem som er hentet inn. Velg et annet år, eller spør den som driver Brobygger, om alle kunngjøringer er med.
statistics-report-notices-own-lead = Kunngjøringer i Doffin og TED der virksomheten er innkjøper.
statistics-report-notices-own-lead-invented = Oppdiktede kunngjøringer der virksomheten er innkjøper.
statistics-report-notices-own-none = Det er ingen kunngjøringer fra virksomheten dette året blant dem som er hentet inn. Velg et annet år, eller spør den som driver Brobygger, om alle kunngjøringer er med.
statistics-report-told-cases = { $count ->
    [0] Virksomheten publiserte ingen behov i Brobygger i { $year }.
    [one] Virksomheten publiserte ett behov i Brobygger i { $year }.
   *[other] Virksomheten publiserte { $number } behov i Brobygger i { $year }.
  }
statistics-report-told-participants = I gjennomsnitt svarte { $value } leverandører på hvert behov.
statistics-report-told-startups = { $value } av leverandørene som svarte, var oppstartsbedrifter.
statistics-report-told-outcome = Utfallet er kjent for { $value } av behovene der fristen er ute.
statistics-report-told-competitions = { $count ->
    [0] { $place }: ingen konkurranser ble kunngjort i { $year }.
    [one] { $place }: én konkurranse ble kunngjort i { $year }.
   *[other] { $place }: { $number } konkurranser ble kunngjort i { $year }.
  }
statistics-report-told-estimated = Konkurransene som oppgir verdi, er til sammen anslått til { $value }.
statistics-report-told-innovation = { $value } av konkurransene brukte en prosedyre som er laget for innovasjon.
statistics-report-told-before = { $value } av konkurransene viste til en tidligere kunngjøring.
statistics-report-told-single = { $value } av delkontraktene fikk bare ett tilbud.
statistics-report-told-sme = { $value } av vinnerne var små eller mellomstore bedrifter.
statistics-report-told-days = Det gikk { $value } dager fra tilbudsfristen til vinneren var valgt (median).
statistics-report-told-country = Hele landet: { $value }.
statistics-report-reading = Slik leser du tallene
statistics-report-reading-apart = Behov i Brobygger og kunngjøringer i Doffin og TED telles hver for seg og legges aldri sammen.
statistics-report-reading-once = Hver kunngjøring teller én gang, med siste versjon. Den hører til det kvartalet og den måneden den ble sendt.
statistics-report-reading-base = «Grunnlag» er det tallet er regnet ut fra: antallet det er delt på eller summert over. Det som ikke er oppgitt i en kunngjøring, er ikke med.
statistics-report-reading-none = En strek (–) betyr at det ikke finnes grunnlag for å regne ut tallet. Null betyr at tallet er regnet ut, og at det er null.
statistics-report-reading-few = Er grunnlaget lite, kan én kunngjøring mer eller mindre endre tallet mye. Se alltid på grunnlaget.
statistics-report-reading-compared = Søylene viser utvalget, og ringene viser hele landet i samme periode. Står det «ellers», er utvalget selv holdt utenfor. For behov i Brobygger er det med. Bak tallene det sammenlignes med, står grunnlaget i parentes. Summer og antall er bare sammenlignet i tabellene, for de vokser med hvor mange som er med.
statistics-report-reading-references = Under noen av tallene står det hva andre har funnet. De har regnet på sin måte, og tallene deres er ikke blandet med våre.
statistics-report-definitions-lead = Alle indikatorer i rapporten og på nettsiden.
statistics-report-heading = Årsrapport
statistics-report-about = En PDF med tallene for et helt år: virksomhetens behov i Brobygger og kommunens kunngjøringer, sammenlignet med fylket og landet.
statistics-report-year = År
statistics-report-download = Last ned rapporten
statistics-file-report = PDF: rapport for { $year }
