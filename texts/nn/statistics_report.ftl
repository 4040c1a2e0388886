# Rapporten for eit år (PDF).
statistics-report-title = Statistikk for { $year }
statistics-report-number = Organisasjonsnummer
statistics-report-period = Periode
statistics-report-made = Laga
statistics-report-sources = Kjelder
statistics-report-source-cases = Behov og dialog i Brobygger, slik dei var { $at }
statistics-report-source-notices = Kunngjeringar i Doffin og TED, den siste frå { $day }
statistics-report-source-invented = Oppdikta kunngjeringar, den siste frå { $day }
statistics-report-source-no-notices = Kunngjeringar i Doffin og TED: ingen er henta inn enno
statistics-report-invented = Alle tala er oppdikta. Rapporten er laga for å vise fram Brobygger.
statistics-report-unfinished = Året er ikkje over. Rapporten viser kva som har skjedd til og med { $day }.
statistics-report-summary = Kort fortalt
statistics-report-contents = Innhald
statistics-report-own = Verksemda
statistics-report-key-figures = Nøkkeltal
statistics-report-figures = Alle indikatorane
statistics-report-divided = Fordelt etter { $by }
statistics-report-nothing = Det finst ikkje grunnlag for å rekne ut dette talet i perioden.
statistics-report-chart = Søylediagram for kvart kvartal: { $indicator }. Tala står i tabellen ved sida av.
statistics-report-chart-compared = Søylediagram for kvart kvartal: { $indicator }. Søyler for { $selected } og ringar for { $peers }. Tala står i tabellen ved sida av.
statistics-report-link = Sjå dei same tala på nettsida
statistics-report-page = Side { $page } av { $pages }
statistics-report-cases = Behov i Brobygger
statistics-report-cases-lead = Behova som verksemda sjølv publiserte i Brobygger dette året, og dialogen om dei. Dei er ikkje med i tala for kunngjeringar.
statistics-report-cases-none = Verksemda publiserte ingen behov i Brobygger dette året. Når de publiserer eit behov, viser rapporten kor mange som svarer, kva slags leverandørar det er, og kva det førte til.
statistics-report-exact = Talet på leverandørar er vist nøyaktig, òg når det er lite. Tenk på kven som har svart, før du deler rapporten med andre.
statistics-report-notices = Kunngjeringar
statistics-report-notices-lead = Kunngjeringar i Doffin og TED frå { $place } kommune, og frå andre innkjøparar i kommunen som bruker Brobygger.
statistics-report-notices-lead-invented = Oppdikta kunngjeringar frå { $place } kommune, og frå andre innkjøparar i kommunen.
statistics-report-notices-none = Det er ingen kunngjeringar frå { $place } dette året blant dei som er henta inn. Vel eit anna år, eller spør den som driv Brobygger, om alle kunngjeringar er med.
statistics-report-notices-own-lead = Kunngjeringar i Doffin og TED der verksemda er innkjøpar.
statistics-report-notices-own-lead-invented = Oppdikta kunngjeringar der verksemda er innkjøpar.
statistics-report-notices-own-none = Det er ingen kunngjeringar frå verksemda dette året blant dei som er henta inn. Vel eit anna år, eller spør den som driv Brobygger, om alle kunngjeringar er med.
statistics-report-told-cases = { $count ->
    [0] Verksemda publiserte ingen behov i Brobygger i { $year }.
    [one] Verksemda publiserte eitt behov i Brobygger i { $year }.
   *[other] Verksemda publiserte { $number } behov i Brobygger i { $year }.
  }
statistics-report-told-participants = I gjennomsnitt svarte { $value } leverandørar på kvart behov.
statistics-report-told-startups = { $value } av leverandørane som svarte, var oppstartsbedrifter.
statistics-report-told-outcome = Utfallet er kjent for { $value } av behova der fristen er ute.
statistics-report-told-competitions = { $count ->
    [0] { $place }: ingen konkurransar vart kunngjorde i { $year }.
    [one] { $place }: éin konkurranse vart kunngjord i { $year }.
   *[other] { $place }: { $number } konkurransar vart kunngjorde i { $year }.
  }
statistics-report-told-estimated = Konkurransane som oppgir verdi, er til saman anslåtte til { $value }.
statistics-report-told-innovation = { $value } av konkurransane brukte ein prosedyre som er laga for innovasjon.
statistics-report-told-before = { $value } av konkurransane viste til ei tidlegare kunngjering.
statistics-report-told-single = { $value } av delkontraktane fekk berre eitt tilbod.
statistics-report-told-sme = { $value } av vinnarane var små eller mellomstore bedrifter.
statistics-report-told-days = Det gjekk { $value } dagar frå tilbodsfristen til vinnaren var vald (median).
statistics-report-told-country = Heile landet: { $value }.
statistics-report-reading = Slik les du tala
statistics-report-reading-apart = Behov i Brobygger og kunngjeringar i Doffin og TED blir talde kvar for seg og aldri lagde saman.
statistics-report-reading-once = Kvar kunngjering tel éin gong, med siste versjon. Ho høyrer til det kvartalet og den månaden ho vart send.
statistics-report-reading-base = «Grunnlag» er det talet er rekna ut frå: mengda det er delt på eller summert over. Det som ikkje er oppgitt i ei kunngjering, er ikkje med.
statistics-report-reading-none = Ein strek (–) tyder at det ikkje finst grunnlag for å rekne ut talet. Null tyder at talet er rekna ut, og at det er null.
statistics-report-reading-few = Er grunnlaget lite, kan éi kunngjering meir eller mindre endre talet mykje. Sjå alltid på grunnlaget.
statistics-report-reading-compared = Søylene viser utvalet, og ringane viser heile landet i same periode. Står det «elles», er utvalet sjølv halde utanfor. For behov i Brobygger er det med. Bak tala det blir samanlikna med, står grunnlaget i parentes. Summar og mengder er berre samanlikna i tabellane, for dei veks med kor mange som er med.
statistics-report-reading-references = Under nokre av tala står det kva andre har funne. Dei har rekna på sin måte, og tala deira er ikkje blanda med våre.
statistics-report-definitions-lead = Alle indikatorar i rapporten og på nettsida.
statistics-report-heading = Årsrapport
statistics-report-about = Ein PDF med tala for eit heilt år: behova til verksemda i Brobygger og kunngjeringane til kommunen, samanlikna med fylket og landet.
statistics-report-year = År
statistics-report-download = Last ned rapporten
statistics-file-report = PDF: rapport for { $year }
