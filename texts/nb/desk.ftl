## Min side for innkjøpere

desk-hello = Hei, { $name }
desk-buyer-title = Behovene til { $organisation }
desk-new-need = Beskriv et behov
desk-trail = Hendelser
desk-members = Medlemmer
desk-statistics = Tallene for dere
desk-report = Årsrapport (PDF)
desk-account = Konto og passord
desk-links = Mer

desk-next-title = Dette bør du gjøre først
desk-next-none-title = Ingenting venter på deg
desk-next-none-text = Du får e-post når det kommer svar eller spørsmål.
desk-next-questions = { $count ->
    [one] Ett spørsmål venter på svar
   *[other] { $count } spørsmål venter på svar
  }
desk-next-questions-why = Leverandørene trenger svaret før fristen.
desk-next-questions-action = Svar på spørsmålet
desk-next-question-asked = Stilt { $when }
desk-next-responses = { $count ->
    [one] Ett svar er ulest
   *[other] { $count } svar er uleste
  }
desk-next-responses-why = Leverandørene ser når svaret deres er lest.
desk-next-responses-action = Les svarene
desk-next-responses-new = { $count ->
    [one] 1 ulest svar
   *[other] { $count } uleste svar
  }
desk-next-outcomes = { $count ->
    [one] Ett behov mangler utfall
   *[other] { $count } behov mangler utfall
  }
desk-next-outcomes-why = Fristen er ute. Fortell dem som har deltatt, hva det ble til, også om dere ikke går videre.
desk-next-outcomes-action = Fortell om utfallet
desk-next-outcome-passed = Fristen var { $when }
desk-next-outcome-waiting = { $count ->
    [0] Ingen har svart
    [one] 1 leverandør venter
   *[other] { $count } leverandører venter
  }
desk-next-drafts = { $count ->
    [one] Ett utkast er ikke publisert
   *[other] { $count } utkast er ikke publisert
  }
desk-next-drafts-why = Utkast er bare synlige for dere.
desk-next-draft-missing = { $count ->
    [one] Ett punkt mangler
   *[other] { $count } punkter mangler
  }
desk-next-draft-ready = Klart til publisering
desk-next-draft-saved = Lagret { $when }
desk-next-draft-untitled = Utkast uten tittel
desk-next-draft-edit = Skriv videre
desk-next-draft-preview = Forhåndsvis og publiser

desk-needs-title = Alle behovene deres
desk-needs-need = Behov
desk-needs-status = Status
desk-needs-deadline = Svarfrist
desk-needs-no-deadline = Ikke satt
desk-needs-followers = Følgere
desk-needs-questions = Spørsmål
desk-needs-responses = Svar
desk-buyer-empty-title = Dere har ikke beskrevet noe behov ennå
desk-buyer-empty-text = Begynn med noe som plager dere i hverdagen. Du trenger bare en tittel for å lagre et utkast, og ingen andre ser det før du publiserer.
desk-buyer-empty-action = Beskriv det første behovet

## Min side for leverandører

desk-supplier-title = Oversikten til { $organisation }
desk-supplier-profile = Leverandørprofil
desk-supplier-profile-title = Gjør profilen ferdig
desk-supplier-profile-text = Fortell hva dere kan og hvor dere leverer. Da får dere varsel om behov som passer.
desk-supplier-profile-action = Fyll ut profilen
desk-supplier-find = Finn behov
desk-supplier-deadline-title = Neste frist
desk-supplier-deadline-action = Svar på behovet
desk-follows-title = Behov dere følger
desk-follows-yours = Behov du følger
desk-follows-none = Dere følger ingen behov ennå. Trykk «Følg behovet» på siden til et behov, så får du e-post når noe endres.
desk-follows-no-deadline = Ingen svarfrist
desk-follows-stop-named = Slutt å følge behovet { $need }
desk-responses-title = Svarene deres
desk-responses-none = Dere har ikke sendt noen svar ennå.
desk-response-sent = Sendt { $when }
desk-response-status-sent = Sendt, ikke lest ennå
desk-response-status-read = Lest
desk-response-status-thanked = Takk mottatt
desk-response-status-outcome = Utfall: { $outcome }
desk-questions-title = Spørsmålene deres
desk-questions-none = Dere har ikke stilt noen spørsmål ennå.
desk-question-waiting = Venter på svar
desk-question-answered = Fikk svar { $when }
desk-question-asked = Stilt { $when }
desk-matches-title = Nye behov som kan passe for dere
desk-matches-none = Ingen nye behov passer profilen deres akkurat nå. Vi sender e-post når det kommer noen.
desk-matches-none-silent = Ingen nye behov passer profilen deres akkurat nå.
desk-silent-title = Ingen e-post om nye behov
desk-silent-text = Du har sagt nei til e-post om nye behov. Kollegene dine får den som før.
desk-silent-action = Få e-post om nye behov igjen
desk-supplier-empty-title = Her ser du det du følger og har svart på
desk-supplier-empty-text = Finn et behov dere kan løse. Et svar kan skrives på ti minutter, og det binder dere ikke.
desk-supplier-empty-action = Se behovene

## Min side for rådgivere

desk-adviser-title = Oversikt for rådgivere
desk-adviser-lead = Slik står det til hos virksomhetene du kan se. Velg et tall for å se behovene bak.
desk-adviser-figures = Nøkkeltall
desk-adviser-figure-buyers = virksomheter har publisert behov
desk-adviser-figure-open = behov er åpne for svar
desk-adviser-figure-closing-soon = har frist de neste sju dagene
desk-adviser-figure-without-responses = åpne behov har ingen svar
desk-adviser-figure-without-outcome = er over fristen uten utfall
desk-adviser-figure-unanswered = spørsmål er ikke besvart
desk-adviser-portfolio = Se alle behovene
desk-adviser-suppliers = Se leverandørene

## Min side for drift

desk-operator-title = Drift
desk-operator-outbox = E-post
desk-operator-waiting = venter
desk-operator-sent = sendt siste døgn
desk-operator-failed = har feilet
desk-operator-oldest = Den eldste meldingen har ventet siden { $when }.
desk-operator-outbox-open = Åpne utboksen
desk-operator-failed-open = Se meldingene som har feilet
desk-operator-people = Virksomheter og brukere
desk-operator-buyers = innkjøpere
desk-operator-suppliers = leverandører
desk-operator-users = brukere
desk-operator-registrations = registreringer venter på bekreftelse
desk-operator-needs = publiserte behov
desk-operator-links = Snarveier
desk-operator-metrics = Måledata (Prometheus)
desk-operator-ready = Tilstand
desk-operator-api = API-dokumentasjon

## Medlemmer

desk-members-heading = Medlemmer i { $organisation }
desk-members-lead = Her ser du hvem som er med, og hva de kan gjøre.
desk-members-list = Medlemmer
desk-members-name = Navn
desk-members-email = E-post
desk-members-role = Rolle
desk-members-since = Med siden
desk-members-you = deg
desk-members-role-admin = Administrator
desk-members-role-adviser = Rådgiver
desk-members-role-buyer = Innkjøper
desk-members-role-evaluator = Vurderer
desk-members-role-member = Medlem
desk-members-role-operator = Drift
desk-members-role-reader = Leser
desk-members-invitations = Invitasjoner som ikke er brukt
desk-members-invitation-sent = Sendt { $when }
desk-members-invitation-expires = Gjelder til { $when }
desk-members-invite-title = Inviter en kollega
desk-members-invite-text = Kollegaen får en lenke på e-post. Lenken kan brukes én gang og gjelder i 14 dager.
desk-members-alone = Du er alene her. Inviter gjerne en kollega, så noen kan svare når du er borte.
desk-members-email-label = E-postadressen til kollegaen
desk-members-role-label = Hva skal kollegaen kunne gjøre?
desk-members-role-hint-adviser-adviser = Rådgiver: se behovene til alle virksomhetene, og invitere andre
desk-members-role-hint-buyer-admin = Administrator: beskrive behov, publisere, svare og invitere andre
desk-members-role-hint-buyer-buyer = Innkjøper: beskrive behov, publisere og svare
desk-members-role-hint-buyer-evaluator = Vurderer: lese og vurdere det leverandørene svarer, men ikke endre noe
desk-members-role-hint-buyer-reader = Leser: se alt, men ikke endre noe
desk-members-role-hint-operator-operator = Drift: følge med på tjenesten, og invitere andre
desk-members-role-hint-supplier-admin = Administrator: stille spørsmål, svare, endre profilen og invitere andre
desk-members-role-hint-supplier-member = Medlem: stille spørsmål, svare og endre profilen
desk-members-invite = Send invitasjon
desk-members-cannot = Bare en administrator kan invitere, fjerne og bytte rolle.
desk-members-actions = Handling
desk-members-change = Endre
desk-members-change-named = Endre { $name }
desk-members-leave = Forlat virksomheten
desk-members-call-back = Trekk tilbake
desk-members-call-back-named = Trekk tilbake invitasjonen til { $email }

## Et medlem

desk-member-you-title = Du i { $organisation }
desk-member-role-title = Bytt rolle
desk-member-role-you = Hva skal du kunne gjøre?
desk-member-role-other = Hva skal { $name } kunne gjøre?
desk-member-role-at-once = Den nye rollen gjelder med en gang.
desk-member-role-told = Den nye rollen gjelder med en gang, og { $name } får e-post om det.
desk-member-role-save = Lagre rollen
desk-member-remove-title = Fjern { $name } fra { $organisation }
desk-member-remove-access = { $name } mister tilgangen til { $organisation } med en gang.
desk-member-remove-kept = Det { $name } har skrevet for dere, blir stående.
desk-member-remove-told = { $name } får e-post om det.
desk-member-remove-save = Fjern fra virksomheten
desk-member-leave-title = Forlat { $organisation }
desk-member-leave-access = Du mister tilgangen med en gang. Skal du inn igjen, må noen invitere deg.
desk-member-leave-kept = Det du har skrevet for virksomheten, blir stående.
desk-member-leave-told = Administratorene får e-post om det.
desk-member-leave-alone = Du er alene her. Når du har gått, kan ingen handle på vegne av virksomheten før de som driver tjenesten, slipper noen inn.
desk-member-leave-save = Forlat virksomheten
desk-member-last-title = Du er den eneste administratoren
desk-member-last-text = Noen må kunne invitere nye kolleger. Gjør en annen til administrator først. Da kan du bytte rolle eller forlate virksomheten.
desk-member-last-action = Velg en annen administrator

## Min side for den som ikke er med noe sted

desk-alone-title = Du er ikke med i noen virksomhet
desk-alone-invited = Skal du være med i en virksomhet som bruker Brobygger? Be en administrator der om å invitere deg. Åpne lenken i e-posten du får, så er du med.
desk-alone-register = Er bedriften din ikke her ennå? Da kan du registrere den.
