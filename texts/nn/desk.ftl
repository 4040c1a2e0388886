## Mi side for innkjøparar

desk-hello = Hei, { $name }
desk-buyer-title = Behova til { $organisation }
desk-new-need = Skildre eit behov
desk-trail = Hendingar
desk-members = Medlemer
desk-statistics = Tala for dykk
desk-report = Årsrapport (PDF)
desk-account = Konto og passord
desk-links = Meir

desk-next-title = Dette bør du gjere først
desk-next-none-title = Ingenting ventar på deg
desk-next-none-text = Du får e-post når det kjem svar eller spørsmål.
desk-next-questions = { $count ->
    [one] Eitt spørsmål ventar på svar
   *[other] { $count } spørsmål ventar på svar
  }
desk-next-questions-why = Leverandørane treng svaret før fristen.
desk-next-questions-action = Svar på spørsmålet
desk-next-question-asked = Stilt { $when }
desk-next-responses = { $count ->
    [one] Eitt svar er ulese
   *[other] { $count } svar er ulesne
  }
desk-next-responses-why = Leverandørane ser når svaret deira er lese.
desk-next-responses-action = Les svara
desk-next-responses-new = { $count ->
    [one] 1 ulese svar
   *[other] { $count } ulesne svar
  }
desk-next-outcomes = { $count ->
    [one] Eitt behov manglar utfall
   *[other] { $count } behov manglar utfall
  }
desk-next-outcomes-why = Fristen er ute. Fortel dei som har teke del, kva det vart til, òg om de ikkje går vidare.
desk-next-outcomes-action = Fortel om utfallet
desk-next-outcome-passed = Fristen var { $when }
desk-next-outcome-waiting = { $count ->
    [0] Ingen har svart
    [one] 1 leverandør ventar
   *[other] { $count } leverandørar ventar
  }
desk-next-drafts = { $count ->
    [one] Eitt utkast er ikkje publisert
   *[other] { $count } utkast er ikkje publiserte
  }
desk-next-drafts-why = Berre de kan sjå utkasta.
desk-next-draft-missing = { $count ->
    [one] Eitt punkt manglar
   *[other] { $count } punkt manglar
  }
desk-next-draft-ready = Klart til publisering
desk-next-draft-saved = Lagra { $when }
desk-next-draft-untitled = Utkast utan tittel
desk-next-draft-edit = Skriv vidare
desk-next-draft-preview = Førehandsvis og publiser

desk-needs-title = Alle behova dykkar
desk-needs-need = Behov
desk-needs-status = Status
desk-needs-deadline = Svarfrist
desk-needs-no-deadline = Ikkje sett
desk-needs-followers = Følgjarar
desk-needs-questions = Spørsmål
desk-needs-responses = Svar
desk-buyer-empty-title = De har ikkje skildra noko behov enno
desk-buyer-empty-text = Byrj med noko som plagar dykk i kvardagen. Du treng berre ein tittel for å lagre eit utkast, og ingen andre ser det før du publiserer.
desk-buyer-empty-action = Skildre det første behovet

## Mi side for leverandørar

desk-supplier-title = Oversikta til { $organisation }
desk-supplier-profile = Leverandørprofil
desk-supplier-profile-title = Gjer profilen ferdig
desk-supplier-profile-text = Fortel kva de kan og kvar de leverer. Då får de varsel om behov som passar.
desk-supplier-profile-action = Fyll ut profilen
desk-supplier-find = Finn behov
desk-supplier-deadline-title = Neste frist
desk-supplier-deadline-action = Svar på behovet
desk-follows-title = Behov de følgjer
desk-follows-yours = Behov du følgjer
desk-follows-none = De følgjer ingen behov enno. Trykk «Følg behovet» på sida til eit behov, så får du e-post når noko blir endra.
desk-follows-no-deadline = Ingen svarfrist
desk-follows-stop-named = Slutt å følgje behovet { $need }
desk-responses-title = Svara dykkar
desk-responses-none = De har ikkje sendt nokon svar enno.
desk-response-sent = Sendt { $when }
desk-response-status-sent = Sendt, ikkje lese enno
desk-response-status-read = Lese
desk-response-status-thanked = Takk motteken
desk-response-status-outcome = Utfall: { $outcome }
desk-questions-title = Spørsmåla dykkar
desk-questions-none = De har ikkje stilt nokon spørsmål enno.
desk-question-waiting = Ventar på svar
desk-question-answered = Fekk svar { $when }
desk-question-asked = Stilt { $when }
desk-matches-title = Nye behov som kan passe for dykk
desk-matches-none = Ingen nye behov passar profilen dykkar akkurat no. Vi sender e-post når det kjem nokon.
desk-matches-none-silent = Ingen nye behov passar profilen dykkar akkurat no.
desk-silent-title = Ingen e-post om nye behov
desk-silent-text = Du har sagt nei til e-post om nye behov. Kollegaene dine får han som før.
desk-silent-action = Få e-post om nye behov igjen
desk-supplier-empty-title = Her ser du det du følgjer og har svart på
desk-supplier-empty-text = Finn eit behov de kan løyse. Eit svar kan du skrive på ti minutt, og det bind dykk ikkje.
desk-supplier-empty-action = Sjå behova

## Mi side for rådgivarar

desk-adviser-title = Oversikt for rådgivarar
desk-adviser-lead = Slik står det til hos verksemdene du kan sjå. Vel eit tal for å sjå behova bak.
desk-adviser-figures = Nøkkeltal
desk-adviser-figure-buyers = verksemder har publisert behov
desk-adviser-figure-open = behov er opne for svar
desk-adviser-figure-closing-soon = har frist dei neste sju dagane
desk-adviser-figure-without-responses = opne behov har ingen svar
desk-adviser-figure-without-outcome = er over fristen utan utfall
desk-adviser-figure-unanswered = spørsmål manglar svar
desk-adviser-portfolio = Sjå alle behova
desk-adviser-suppliers = Sjå leverandørane

## Mi side for drift

desk-operator-title = Drift
desk-operator-outbox = E-post
desk-operator-waiting = ventar
desk-operator-sent = sende siste døgn
desk-operator-failed = har feila
desk-operator-oldest = Den eldste meldinga har venta sidan { $when }.
desk-operator-outbox-open = Opne utboksen
desk-operator-failed-open = Sjå meldingane som har feila
desk-operator-people = Verksemder og brukarar
desk-operator-buyers = innkjøparar
desk-operator-suppliers = leverandørar
desk-operator-users = brukarar
desk-operator-registrations = registreringar ventar på stadfesting
desk-operator-needs = publiserte behov
desk-operator-links = Snarvegar
desk-operator-metrics = Måledata (Prometheus)
desk-operator-ready = Tilstand
desk-operator-api = API-dokumentasjon

## Medlemer

desk-members-heading = Medlemer i { $organisation }
desk-members-lead = Her ser du kven som er med, og kva dei kan gjere.
desk-members-list = Medlemer
desk-members-name = Namn
desk-members-email = E-post
desk-members-role = Rolle
desk-members-since = Med sidan
desk-members-you = deg
desk-members-role-admin = Administrator
desk-members-role-adviser = Rådgivar
desk-members-role-buyer = Innkjøpar
desk-members-role-evaluator = Vurderar
desk-members-role-member = Medlem
desk-members-role-operator = Drift
desk-members-role-reader = Lesar
desk-members-invitations = Invitasjonar som ikkje er brukte
desk-members-invitation-sent = Sendt { $when }
desk-members-invitation-expires = Gjeld til { $when }
desk-members-invite-title = Inviter ein kollega
desk-members-invite-text = Kollegaen får ei lenkje på e-post. Lenkja kan brukast éin gong og gjeld i 14 dagar.
desk-members-alone = Du er åleine her. Inviter gjerne ein kollega, så nokon kan svare når du er borte.
desk-members-email-label = E-postadressa til kollegaen
desk-members-role-label = Kva skal kollegaen kunne gjere?
desk-members-role-hint-adviser-adviser = Rådgivar: sjå behova til alle verksemdene, og invitere andre
desk-members-role-hint-buyer-admin = Administrator: skildre behov, publisere, svare og invitere andre
desk-members-role-hint-buyer-buyer = Innkjøpar: skildre behov, publisere og svare
desk-members-role-hint-buyer-evaluator = Vurderar: lese og vurdere det leverandørane svarer, men ikkje endre noko
desk-members-role-hint-buyer-reader = Lesar: sjå alt, men ikkje endre noko
desk-members-role-hint-operator-operator = Drift: følgje med på tenesta, og invitere andre
desk-members-role-hint-supplier-admin = Administrator: stille spørsmål, svare, endre profilen og invitere andre
desk-members-role-hint-supplier-member = Medlem: stille spørsmål, svare og endre profilen
desk-members-invite = Send invitasjon
desk-members-cannot = Berre ein administrator kan invitere, fjerne og byte rolle.
desk-members-actions = Handling
desk-members-change = Endre
desk-members-change-named = Endre { $name }
desk-members-leave = Forlat verksemda
desk-members-call-back = Trekk tilbake
desk-members-call-back-named = Trekk tilbake invitasjonen til { $email }

## Ein medlem

desk-member-you-title = Du i { $organisation }
desk-member-role-title = Byt rolle
desk-member-role-you = Kva skal du kunne gjere?
desk-member-role-other = Kva skal { $name } kunne gjere?
desk-member-role-at-once = Den nye rolla gjeld med ein gong.
desk-member-role-told = Den nye rolla gjeld med ein gong, og { $name } får e-post om det.
desk-member-role-save = Lagre rolla
desk-member-remove-title = Fjern { $name } frå { $organisation }
desk-member-remove-access = { $name } mistar tilgangen til { $organisation } med ein gong.
desk-member-remove-kept = Det { $name } har skrive for dykk, blir ståande.
desk-member-remove-told = { $name } får e-post om det.
desk-member-remove-save = Fjern frå verksemda
desk-member-leave-title = Forlat { $organisation }
desk-member-leave-access = Du mistar tilgangen med ein gong. Skal du inn igjen, må nokon invitere deg.
desk-member-leave-kept = Det du har skrive for verksemda, blir ståande.
desk-member-leave-told = Administratorane får e-post om det.
desk-member-leave-alone = Du er åleine her. Når du har gått, kan ingen handle på vegner av verksemda før dei som driv tenesta, slepper nokon inn.
desk-member-leave-save = Forlat verksemda
desk-member-last-title = Du er den einaste administratoren
desk-member-last-text = Nokon må kunne invitere nye kollegaer. Gjer ein annan til administrator først. Då kan du byte rolle eller forlate verksemda.
desk-member-last-action = Vel ein annan administrator

## Mi side for den som ikkje er med nokon stad

desk-alone-title = Du er ikkje med i noka verksemd
desk-alone-invited = Skal du vere med i ei verksemd som bruker Brobygger? Be ein administrator der om å invitere deg. Opne lenkja i e-posten du får, så er du med.
desk-alone-register = Er ikkje bedrifta di her enno? Då kan du registrere bedrifta.
