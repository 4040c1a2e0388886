# Lista over behov, ett behov og versjonene av det.
needs-index-hero = Det offentlige trenger løsninger. Kanskje har du en av dem?
needs-index-hero-lead = Her forteller kommuner og andre offentlige virksomheter hva de trenger, før de bestemmer hva de skal kjøpe. Gründere, sosiale entreprenører og etablerte bedrifter kan spørre, foreslå og svare.
needs-index-steps-label = Slik virker det
needs-index-step-one = Innkjøperen beskriver behovet
needs-index-step-one-text = Hva er problemet, hvem gjelder det, og hva skal bli bedre? Ikke hvilken løsning det skal være.
needs-index-step-two = Markedet spør og svarer
needs-index-step-two-text = Alle ser de samme svarene. Det som er forretningshemmelig, kan du merke som fortrolig.
needs-index-step-three = Alle får vite hvordan det går
needs-index-step-three-text = Blir det konkurranse, pilot eller noe annet? Alle som har svart, får beskjed.
needs-index-title = Behov i det offentlige
needs-index-q = Søk i behov
needs-index-region = Fylke
needs-index-area = Satsingsområde
needs-index-search = Søk
needs-index-more = Flere filtre
needs-index-status = Status
needs-index-deadline-before = Frist før
needs-index-cpv = CPV-kode
needs-index-sort = Sorter etter
needs-index-clear = Fjern søk og filtre
needs-index-empty-title = Ingen behov passer med søket
needs-index-empty-text = Prøv et annet ord, eller fjern noen av filtrene.
needs-index-found = Fra beskrivelsen:
needs-index-total = { $count } behov
needs-index-any-region = Alle fylker
needs-index-any-area = Alle områder
needs-index-sort-deadline = Kortest frist først
needs-index-sort-newest = Nyeste først
needs-index-status-published = Publisert
needs-index-status-concluded = Avsluttet
needs-index-sort-relevance = Beste treff først

needs-status-draft = Utkast
needs-status-published = Åpent for svar
needs-status-closed = Fristen er ute
needs-status-withdrawn = Trukket
needs-status-concluded = Avsluttet
needs-status-any = Alle
needs-area-smidig = Smidig
needs-area-samskapende = Samskapende
needs-area-smart = Smart
needs-area-gront_skifte = Grønt skifte
needs-area-helse_i_alt = Helse i alt vi gjør
needs-innovation-innovation_friendly = Innovasjonsvennlig anskaffelse
needs-innovation-innovation = Innovasjonsanskaffelse
needs-innovation-innovative_solution = Anskaffelse av innovativ løsning
needs-outcome-procurement = Det kommer en konkurranse
needs-outcome-direct_purchase = Direkte kjøp
needs-outcome-pilot = Pilot
needs-outcome-own_solution = Virksomheten løser det selv
needs-outcome-no_action = Det blir ikke gjort noe nå
needs-outcome-other = Annet

needs-show-back = Alle behov
needs-show-published = Publisert
needs-show-actions-label = Frist, handlinger og fakta
needs-show-own-response = Se svaret ditt
needs-show-own-response-text = Du sendte et svar { $date }.
needs-show-respond = Svar på behovet
needs-show-publish = Forhåndsvis og publiser
needs-show-see-responses = { $count ->
    [0] Ingen svar ennå
   *[other] Les svarene ({ $count })
}
needs-show-edit = Rediger
needs-show-conclude = Fortell om utfallet
needs-show-join = Bli med på behovet
needs-show-ask-jump = Still et spørsmål
needs-show-follow = Følg behovet
needs-show-unfollow = Slutt å følge
needs-show-withdraw = Trekk behovet
needs-show-anonymous = Du må logge inn for å følge behovet, stille spørsmål eller svare. Det er gratis.
needs-show-facts = Fakta
needs-show-buyer = Innkjøper
needs-show-contact = Kontaktperson
needs-show-budget = Budsjett
needs-show-region = Sted
needs-show-cpv = Kategori (CPV)
needs-show-interest = Interesse
needs-show-version = Versjon
needs-show-version-number = Versjon { $number }
needs-show-versions = Se alle versjoner
needs-show-outcome = Utfall
needs-show-outcome-link = Les mer om utfallet
needs-show-withdrawn = Behovet er trukket
needs-show-problem = Hva er problemet?
needs-show-affected = Hvem gjelder det?
needs-show-current = Slik er det i dag
needs-show-effects = Dette vil vi oppnå
needs-show-effects-text = Slik måler vi om en løsning virker.
needs-show-effect-metric = Det vi måler
needs-show-effect-baseline = I dag
needs-show-effect-target = Mål
needs-show-effect-by = Innen
needs-show-constraints = Rammer vi må holde oss innenfor
needs-show-tried = Dette har vi prøvd
needs-show-undecided = Dette har vi ikke bestemt
needs-show-joiners = Flere har samme behov
needs-show-joiners-text = Disse virksomhetene har blitt med, og får også vite utfallet.
needs-show-attachments = Vedlegg
needs-show-next = Hva skjer videre?
needs-show-next-dialogue = Dialog med markedet
needs-show-next-dialogue-text = Du kan spørre og svare fram til fristen. Innkjøperen svarer åpent, så alle får vite det samme.
needs-show-next-reading = Innkjøperen leser svarene
needs-show-next-reading-text = Innkjøperen kan takke, spørre mer eller invitere til samtale.
needs-show-next-outcome = Utfallet blir publisert
needs-show-next-outcome-text = Alle som har svart, spurt eller fulgt behovet, får beskjed om hva det ble til.
needs-show-questions = Spørsmål og svar
needs-show-questions-text = Alle kan se spørsmål som er besvart. Ingen andre enn innkjøperen ser hvem som har spurt.
needs-show-unanswered = { $count ->
    [one] Ett spørsmål venter på svar
   *[other] { $count } spørsmål venter på svar
}
needs-show-unanswered-own = Spørsmål du har stilt
needs-show-answered = Besvarte spørsmål
needs-show-answer = Svar på spørsmålet
needs-show-waiting = Innkjøperen har ikke svart ennå. Du får en e-post når svaret kommer.
needs-show-question = Spørsmål
needs-show-question-own = ditt spørsmål
needs-show-answer-from = Svar fra { $name }
needs-show-questions-waiting = { $count ->
    [one] Ett spørsmål venter på svar.
   *[other] { $count } spørsmål venter på svar.
}
needs-show-no-questions = Ingen spørsmål er besvart ennå.
needs-show-ask = Still et spørsmål
needs-show-ask-label = Hva lurer du på?
needs-show-ask-hint = Spørsmålet og svaret blir synlige for alle. Ikke skriv forretningshemmeligheter eller hvem du er.
needs-show-ask-send = Send spørsmålet
needs-banner-draft = Dette er et utkast. Bare virksomheten din kan se det.
needs-withdrawn-text = { $buyer } trakk dette behovet ({ $reference }) { $when }. Det er ikke lenger mulig å stille spørsmål eller svare.
needs-withdrawn-reason = Begrunnelse
needs-banner-withdrawn = Behovet er trukket. Bare dere kan se det.
needs-banner-concluded = Behovet er avsluttet. Utfallet står nedenfor.

needs-versions-title = Versjoner av behovet
needs-versions-lead = Hver gang teksten eller vedleggene blir endret etter publisering, får behovet en ny versjon. De gamle versjonene blir stående med vedleggene sine, og alle som følger behovet, får beskjed.
needs-versions-current = Gjelder nå
needs-versions-changed = Endret
needs-version-title = Versjon { $number } av «{ $title }»
needs-version-old = Dette er ikke versjonen som gjelder nå.
needs-version-newest = Gå til den som gjelder
needs-version-changes = Dette ble endret
needs-version-before = Før
needs-version-after = Etter
needs-version-nothing = Ingenting
needs-version-text = Hele teksten i denne versjonen

# The list for other programs: a feed, and a frame on another site.
needs-feed-link = Følg lista i en nyhetsleser (Atom)
needs-feed-rss-link = Følg den som RSS
needs-feed-subtitle = Behov fra offentlige innkjøpere, beskrevet uten å si hvordan de skal løses.
needs-feed-title = Åpne behov
needs-framed-all = Se alle på Brobygger
needs-framed-empty = Ingen behov er åpne akkurat nå.
needs-framed-title = Åpne behov
