# Lista over behov, eitt behov og versjonane av det.
needs-index-hero = Det offentlege treng løysingar. Kanskje har du ei av dei?
needs-index-hero-lead = Her fortel kommunar og andre offentlege verksemder kva dei treng, før dei bestemmer kva dei skal kjøpe. Gründerar, sosiale entreprenørar og etablerte bedrifter kan spørje, føreslå og svare.
needs-index-steps-label = Slik verkar det
needs-index-step-one = Innkjøparen skildrar behovet
needs-index-step-one-text = Kva er problemet, kven gjeld det, og kva skal bli betre? Ikkje kva løysing det skal vere.
needs-index-step-two = Marknaden spør og svarer
needs-index-step-two-text = Alle ser dei same svara. Forretningsløyndomar kan du merkje som fortrulege.
needs-index-step-three = Alle får vite korleis det går
needs-index-step-three-text = Blir det konkurranse, pilot eller noko anna? Alle som har svart, får melding.
needs-index-title = Behov i det offentlege
needs-index-q = Søk i behov
needs-index-region = Fylke
needs-index-area = Satsingsområde
needs-index-search = Søk
needs-index-more = Fleire filter
needs-index-status = Status
needs-index-deadline-before = Frist før
needs-index-cpv = CPV-kode
needs-index-sort = Sorter etter
needs-index-clear = Fjern søk og filter
needs-index-empty-title = Ingen behov passar med søket
needs-index-empty-text = Prøv eit anna ord, eller fjern nokre av filtera.
needs-index-found = Frå skildringa:
needs-index-total = { $count } behov
needs-index-any-region = Alle fylke
needs-index-any-area = Alle område
needs-index-sort-deadline = Kortast frist først
needs-index-sort-newest = Nyaste først
needs-index-status-published = Publisert
needs-index-status-concluded = Avslutta
needs-index-sort-relevance = Beste treff først

needs-status-draft = Utkast
needs-status-published = Ope for svar
needs-status-closed = Fristen er ute
needs-status-withdrawn = Trekt
needs-status-concluded = Avslutta
needs-status-any = Alle
needs-area-smidig = Smidig
needs-area-samskapende = Samskapande
needs-area-smart = Smart
needs-area-gront_skifte = Grønt skifte
needs-area-helse_i_alt = Helse i alt vi gjer
needs-innovation-innovation_friendly = Innovasjonsvenleg anskaffing
needs-innovation-innovation = Innovasjonsanskaffing
needs-innovation-innovative_solution = Anskaffing av innovativ løysing
needs-outcome-procurement = Det kjem ein konkurranse
needs-outcome-direct_purchase = Direkte kjøp
needs-outcome-pilot = Pilot
needs-outcome-own_solution = Verksemda løyser det sjølv
needs-outcome-no_action = Det blir ikkje gjort noko no
needs-outcome-other = Anna

needs-show-back = Alle behov
needs-show-published = Publisert
needs-show-actions-label = Frist, handlingar og fakta
needs-show-own-response = Sjå svaret ditt
needs-show-own-response-text = Du sende eit svar { $date }.
needs-show-respond = Svar på behovet
needs-show-publish = Førehandsvis og publiser
needs-show-see-responses = { $count ->
    [0] Ingen svar enno
   *[other] Les svara ({ $count })
}
needs-show-edit = Rediger
needs-show-conclude = Fortel om utfallet
needs-show-join = Bli med på behovet
needs-show-ask-jump = Still eit spørsmål
needs-show-follow = Følg behovet
needs-show-unfollow = Slutt å følgje
needs-show-withdraw = Trekk behovet
needs-show-anonymous = Du må logge inn for å følgje behovet, stille spørsmål eller svare. Det er gratis.
needs-show-facts = Fakta
needs-show-buyer = Innkjøpar
needs-show-contact = Kontaktperson
needs-show-budget = Budsjett
needs-show-region = Stad
needs-show-cpv = Kategori (CPV)
needs-show-interest = Interesse
needs-show-version = Versjon
needs-show-version-number = Versjon { $number }
needs-show-versions = Sjå alle versjonane
needs-show-outcome = Utfall
needs-show-outcome-link = Les meir om utfallet
needs-show-withdrawn = Behovet er trekt
needs-show-problem = Kva er problemet?
needs-show-affected = Kven gjeld det?
needs-show-current = Slik er det i dag
needs-show-effects = Dette vil vi oppnå
needs-show-effects-text = Slik måler vi om ei løysing verkar.
needs-show-effect-metric = Det vi måler
needs-show-effect-baseline = I dag
needs-show-effect-target = Mål
needs-show-effect-by = Innan
needs-show-constraints = Rammer vi må halde oss innanfor
needs-show-tried = Dette har vi prøvd
needs-show-undecided = Dette har vi ikkje bestemt
needs-show-joiners = Fleire har same behov
needs-show-joiners-text = Desse verksemdene har blitt med, og får òg vite utfallet.
needs-show-attachments = Vedlegg
needs-show-next = Kva skjer vidare?
needs-show-next-dialogue = Dialog med marknaden
needs-show-next-dialogue-text = Du kan spørje og svare fram til fristen. Innkjøparen svarer ope, så alle får vite det same.
needs-show-next-reading = Innkjøparen les svara
needs-show-next-reading-text = Innkjøparen kan takke, spørje meir eller invitere til samtale.
needs-show-next-outcome = Utfallet blir publisert
needs-show-next-outcome-text = Alle som har svart, spurt eller følgt behovet, får melding om kva det vart til.
needs-show-questions = Spørsmål og svar
needs-show-questions-text = Alle kan sjå spørsmåla som har fått svar. Ingen andre enn innkjøparen ser kven som har spurt.
needs-show-unanswered = { $count ->
    [one] Eitt spørsmål ventar på svar
   *[other] { $count } spørsmål ventar på svar
}
needs-show-unanswered-own = Spørsmål du har stilt
needs-show-answered = Spørsmål med svar
needs-show-answer = Svar på spørsmålet
needs-show-waiting = Innkjøparen har ikkje svart enno. Du får ein e-post når svaret kjem.
needs-show-question = Spørsmål
needs-show-question-own = spørsmålet ditt
needs-show-answer-from = Svar frå { $name }
needs-show-questions-waiting = { $count ->
    [one] Eitt spørsmål ventar på svar.
   *[other] { $count } spørsmål ventar på svar.
}
needs-show-no-questions = Ingen spørsmål har fått svar enno.
needs-show-ask = Still eit spørsmål
needs-show-ask-label = Kva lurer du på?
needs-show-ask-hint = Spørsmålet og svaret blir synlege for alle. Ikkje skriv forretningsløyndomar eller kven du er.
needs-show-ask-send = Send spørsmålet
needs-banner-draft = Dette er eit utkast. Berre verksemda di kan sjå det.
needs-withdrawn-text = { $buyer } trekte dette behovet ({ $reference }) { $when }. Det går ikkje lenger an å stille spørsmål eller svare.
needs-withdrawn-reason = Grunngiving
needs-banner-withdrawn = Behovet er trekt. Berre de kan sjå det.
needs-banner-concluded = Behovet er avslutta. Utfallet står nedanfor.

needs-versions-title = Versjonar av behovet
needs-versions-lead = Kvar gong teksten eller vedlegga blir endra etter publisering, får behovet ein ny versjon. Dei gamle versjonane blir ståande med vedlegga sine, og alle som følgjer behovet, får melding.
needs-versions-current = Gjeld no
needs-versions-changed = Endra
needs-version-title = Versjon { $number } av «{ $title }»
needs-version-old = Dette er ikkje versjonen som gjeld no.
needs-version-newest = Gå til den som gjeld
needs-version-changes = Dette vart endra
needs-version-before = Før
needs-version-after = Etter
needs-version-nothing = Ingenting
needs-version-text = Heile teksten i denne versjonen

# The list for other programs: a feed, and a frame on another site.
needs-feed-link = Følg lista i ein nyhendelesar (Atom)
needs-feed-rss-link = Følg henne som RSS
needs-feed-subtitle = Behov frå offentlege innkjøparar, skildra utan å seie korleis dei skal løysast.
needs-feed-title = Opne behov
needs-framed-all = Sjå alle på Brobygger
needs-framed-empty = Ingen behov er opne akkurat no.
needs-framed-title = Opne behov
