## Skildre eit behov

needs-form-heading-new = Skildre eit behov
needs-form-heading-draft = Skriv vidare på utkastet
needs-form-heading-withdrawn = Skriv vidare på behovet
needs-form-heading-published = Rett eller endre behovet
needs-form-lead-new = Fortel kva som ikkje fungerer, og kva som skal bli betre. Løysinga kan marknaden føreslå. Du treng ikkje kunne anskaffingsreglar, og du kan skrive litt om gongen.
needs-form-lead-draft = Berre de kan sjå utkastet. Skriv litt om gongen, og lagre når du vil.
needs-form-lead-withdrawn = Behovet er trekt, og berre de kan sjå det. Skriv det om, og publiser det på nytt når det er klart.
needs-form-lead-published = Behovet er publisert. Det du endrar i teksten og vedlegga, blir offentleg først når du trykkjer «Publiser endringa».
needs-form-saved = Sist lagra { $when }

needs-form-safe-title = Trygt å byrje
needs-form-safe-private-lead = Ingenting blir sendt før du publiserer.
needs-form-safe-private-text = Fram til då er det berre de som ser utkastet.
needs-form-safe-correct-lead = Du kan rette etterpå.
needs-form-safe-correct-text = Dei som følgjer behovet, får melding om kva du har endra.
needs-form-safe-nobinding-lead = Eit behov er ikkje ein konkurranse.
needs-form-safe-nobinding-text = Du ber om innspel, og de er ikkje bundne til å kjøpe noko.
needs-form-safe-public-lead = Dette blir offentleg når du publiserer:
needs-form-safe-public-text = alt du skriv i skjemaet, vedlegga og kontaktpersonen.
needs-form-safe-law = Regelverket lèt dykk snakke med marknaden før de lyser ut ein konkurranse. Når alle får den same skildringa, handsamar de òg alle likt.

needs-form-missing-title = Dette manglar før du kan publisere
needs-form-missing-text = Du kan lagre utkastet sjølv om noko manglar.
needs-form-missing-none-title = Klart til publisering
needs-form-missing-none-text = Alt som må vere med, er på plass. Sjå over førehandsvisinga før du publiserer.
needs-form-advice-title = Råd om teksten
needs-form-advice-text = Her kan teksten avgrense kva løysingar du får forslag om. Du kan publisere utan å endre noko.

needs-form-conflict-title = { $who } har lagra ein nyare versjon
needs-form-conflict-text = Han vart lagra { $when }, medan du skreiv. Teksten din står framleis i skjemaet her. Samanlikn med den nye versjonen før du lagrar, elles erstattar du han.
needs-form-conflict-link = Opne den nyare versjonen i ei ny fane

needs-form-example = Vis døme
needs-form-example-good = Skildrar behovet
needs-form-example-bad = Låser løysinga
needs-form-save-here = Lagre utkast

needs-form-section-short-title = Kort om behovet
needs-form-section-short-text = Dette er det første leverandørane ser. Skriv det gjerne til slutt.
needs-form-title-label = Tittel
needs-form-title-hint = Sei kva som skal bli betre, og for kven. Ikkje nemn produkt eller teknologi.
needs-form-title-good = Færre fall om natta blant eldre som bur heime
needs-form-title-bad = Anskaffing av app for fallvarsling
needs-form-summary-label = Samandrag
needs-form-summary-hint = Høgst 150 ord. Skriv slik at ein som ikkje kjenner dykk, skjønar det.
needs-form-summary-good = Kvart år fell rundt 60 av dei 210 heimebuande som får nattilsyn hos oss. Mange blir liggjande lenge før nokon oppdagar det. Vi vil at færre skal falle, og at dei som fell, får hjelp innan 15 minutt. Vi er opne for alle måtar å få det til på.

needs-form-section-problem-title = Problemet
needs-form-section-problem-text = Skildre kva som er vanskeleg, ikkje kva de vil kjøpe. Då kan fleire føreslå noko de ikkje har tenkt på.
needs-form-problem-label = Kva er problemet?
needs-form-problem-hint = Kva fungerer ikkje, og kva skjer om de ikkje gjer noko?
needs-form-problem-good = Nattpatruljen vitjar kvar brukar to gonger. Fell nokon mellom vitjingane, kan det gå fire timar før dei blir funne. Falla fører til brot, utryggleik og fleire sjukehusinnleggingar. Utan endring må fleire flytte på institusjon enn vi har plass til.
needs-form-problem-bad = Vi manglar eit sensorsystem med kopling til vaktsentralen.
needs-form-affected-label = Kven gjeld det, og kor mange?
needs-form-affected-hint = Tenk på dei som har problemet, pårørande og tilsette. Omtrentlege tal er godt nok.
needs-form-affected-good = 210 heimebuande over 75 år med vedtak om nattilsyn, pårørande til desse og 14 tilsette i nattpatruljen.
needs-form-current-situation-label = Korleis gjer de det i dag?
needs-form-current-situation-hint = Fortel om arbeidsmåten, utstyret og kostnadene de har no, og kva som kjem til kort.
needs-form-current-situation-good = To bilar køyrer faste rundar mellom klokka 22 og 07. Brukarane har tryggleiksalarm, men dei fleste klarer ikkje å trykkje på han etter eit fall. Nattilsynet kostar om lag 6,2 millionar kroner i året.

needs-form-section-effects-title = Kva som skal bli betre
needs-form-section-effects-text = Éin effekt er nok. Eit mål gjer det lettare å sjå om ei løysing faktisk hjelper. Veit du ikkje talet i dag, skriv «ikkje målt».
needs-form-effect-legend = Effekt { $number }
needs-form-effect-add = Legg til ein effekt
needs-form-effect-metric-label = Kva vil de måle?
needs-form-effect-metric-hint = Til dømes: tid frå fall til hjelp
needs-form-effect-baseline-label = I dag
needs-form-effect-baseline-hint = Til dømes: inntil 4 timar
needs-form-effect-target-label = Mål
needs-form-effect-target-hint = Til dømes: under 15 minutt
needs-form-effect-by-label = Innan dato
needs-form-effect-by-hint = Eit overslag er nok

needs-form-section-frame-title = Rammer og det som er ope
needs-form-section-frame-text = Skil mellom det som er bestemt, og det leverandørane kan påverke. Punkta her er frivillige.
needs-form-constraints-label = Kva må ei løysing ta omsyn til?
needs-form-constraints-hint = Lover, personvern, system ho må verke saman med, bygg eller utstyr. Ta berre med det som verkeleg ligg fast.
needs-form-constraints-good = Opplysningane er helseopplysningar. Personar med demens må kunne bruke løysinga, og varsel må nå tilsette utan mobildekning i Øvre dal.
needs-form-constraints-bad = Løysinga skal vere skybasert og ha 48 timars batteri.
needs-form-tried-label = Kva har de prøvd?
needs-form-tried-hint = Ta òg med det som ikkje verka. Det sparer alle for tid.
needs-form-tried-good = I 2024 testa vi alarmmatter hos åtte brukarar. Dei gav så mange falske alarmar at dei tilsette slutta å rykkje ut.
needs-form-undecided-label = Kva er ikkje bestemt enno?
needs-form-undecided-hint = Dette er det leverandørane helst vil snakke med dykk om.
needs-form-undecided-good = Vi veit ikkje om vi bør førebyggje falla eller oppdage dei raskare, eller om vi skal leige eller eige utstyr.

needs-form-section-find-title = Slik at dei rette finn behovet
needs-form-section-find-text = Vala styrer kven som får melding når du publiserer. Vel det som ligg nærast.
needs-form-areas-label = Satsingsområde
needs-form-areas-hint = Vel eitt eller fleire.
needs-form-region-label = Kvar gjeld behovet?
needs-form-region-hint = Kommunen dykkar er vald på førehand.
needs-form-region-more-label = Andre kommunar
needs-form-region-more-hint = Vel ein kommune, og legg han til. Han kjem i lista over.
needs-form-region-more-none = Vel ein kommune
needs-form-region-more-add = Legg til
needs-form-innovation-kind-label = Kva trur du de er ute etter?
needs-form-innovation-kind-hint = Vel det som verkar mest rett no. Valet bind dykk ikkje.
needs-form-innovation-kind-innovation-friendly = Vi er opne for både kjende og nye løysingar (innovasjonsvenleg anskaffing)
needs-form-innovation-kind-innovative-solution = Løysinga finst nok, men er ny for oss (anskaffing av innovativ løysing)
needs-form-innovation-kind-innovation = Noko nytt må truleg utviklast (innovasjonsanskaffing)
needs-form-cpv-label = CPV-kodar
needs-form-budget-amount-label = Omtrentleg beløp, utan mva.
needs-form-budget-amount-hint = Eit grovt overslag hjelper leverandørane å svare realistisk. Skriv til dømes 500 000 eller 1,5 millionar. Beløpet blir synleg for alle.
needs-form-budget-currency-label = Valuta

needs-form-section-contact-title = Frist og kontakt
needs-form-section-contact-text = Små selskap treng tid. Gi gjerne tre til fire veker, og unngå frist rett etter ein ferie.
needs-form-response-deadline-date-label = Svarfrist, dato
needs-form-response-deadline-date-hint = Siste dag for å sende svar
needs-form-response-deadline-time-label = Klokkeslett
needs-form-response-deadline-time-hint = Norsk tid
needs-form-language-label = Språk i skildringa
needs-form-language-hint = Leverandørane kan svare på norsk eller engelsk.
needs-form-language-nb = Bokmål
needs-form-language-nn = Nynorsk
needs-form-language-en = Engelsk
needs-form-contact-name-label = Kontaktperson
needs-form-contact-name-hint = Namnet blir synleg for alle.
needs-form-contact-email-label = E-post
needs-form-contact-email-hint = Bruk gjerne ei felles adresse om fleire skal følgje med.
needs-form-contact-phone-label = Telefon
needs-form-contact-phone-hint = Leverandørane kan stille spørsmål her på Brobygger, så alle ser svara.

needs-form-submit-title = Kva vil du gjere no?
needs-form-submit-text = «Lagre og førehandsvis» viser behovet slik marknaden vil sjå det. Ingenting blir offentleg før du trykkjer «Publiser behovet».
needs-form-save = Lagre utkast
needs-form-preview = Lagre og førehandsvis
needs-form-publish = Publiser behovet
needs-form-change-title = Publiser endringa
needs-form-change-text = { $count ->
    [0] Ingen følgjer behovet eller har delteke i dialogen enno. Endringa blir likevel synleg i versjonsloggen, og alle kan framleis lese den førre teksten.
    [one] Éin person får forklaringa di på e-post. Alle kan framleis lese den førre teksten.
   *[other] { $count } personar får forklaringa di på e-post. Alle kan framleis lese den førre teksten.
  }
needs-form-change-note-label = Kva har du endra, og kvifor?
needs-form-change-note-hint = Ei eller to setningar. Til dømes: «Svarfristen er utsett ei veke fordi fleire har bede om meir tid.»
needs-form-change-publish = Publiser endringa
needs-form-cancel = Avbryt og gå tilbake
needs-form-withdraw = Trekk behovet

needs-form-attachments-title = Vedlegg
needs-form-attachments-text = Frivillig. Legg ved det som gjer problemet lettare å forstå, til dømes bilete, kart eller tal. Ikkje last opp personopplysningar.
needs-form-attachments-draft = Vedlegga blir offentlege når du publiserer.
needs-form-attachments-published = Nye vedlegg blir offentlege når du publiserer endringa. Fjernar du eit vedlegg, er det ikkje lenger ein del av behovet, men alle kan framleis lese det i dei tidlegare versjonane.
needs-form-attachments-later = Lagre utkastet først. Då kan du leggje ved filer her.
needs-form-attachments-none = Ingen vedlegg enno.
needs-form-attachments-file-label = Vel filer
needs-form-attachments-file-hint = PDF, bilete, tekstdokument, rekneark, presentasjon eller video (MP4), høgst { $max } kvar. Du kan velje { $count } om gongen.
needs-form-attachments-upload = Last opp
needs-form-attachments-remove = Fjern
needs-form-attachments-remove-named = Fjern { $name }

## Førehandsvise

needs-preview-heading = Slik ser marknaden behovet
needs-preview-text = Dette er ei førehandsvising som berre de i { $organisation } kan sjå.
needs-preview-ready-title = Klart til publisering
needs-preview-ready-text = Dette skjer når du publiserer:
needs-preview-ready-public = Behovet og kontaktpersonen blir synlege for alle på Brobygger.
needs-preview-ready-told = { $count ->
    [0] Ingen leverandørar har bede om varsel om slike behov enno, men alle kan finne det i søket.
    [one] Éin leverandør som har bede om varsel om slike behov, får e-post.
   *[other] { $count } leverandørar som har bede om varsel om slike behov, får e-post.
  }
needs-preview-ready-correct = Du kan rette teksten etterpå. Alle ser kva som er endra.
needs-preview-publish = Publiser behovet
needs-preview-edit = Skriv vidare
needs-preview-end = Etter førehandsvisinga
needs-preview-end-text = Ser det rett ut?
needs-preview-missing-title = Dette manglar før du kan publisere
needs-preview-missing-text = Det som er skrive, er lagra. Trykk på eit punkt for å fylle det ut.
needs-preview-not-written = Ikkje skrive enno
needs-preview-frame-label = Førehandsvising av behovet
needs-preview-deadline = Svarfrist

## Slette eit utkast

needs-delete-link = Slett utkastet
needs-delete-heading = Slette utkastet?
needs-delete-consequences = Dette skjer når du slettar utkastet
needs-delete-gone = { $count ->
    [0] Alt som er skrive, blir borte. Det kan ikkje hentast tilbake.
    [one] Alt som er skrive, og vedlegget blir borte. Det kan ikkje hentast tilbake.
   *[other] Alt som er skrive, og dei { $count } vedlegga blir borte. Det kan ikkje hentast tilbake.
}
needs-delete-colleagues = Det blir borte for kollegaene dine òg. Ingen andre har sett utkastet.
needs-delete-trail = Hendingane viser framleis at { $reference } fanst, og kven som sletta det.
needs-delete-submit = Slett utkastet
needs-delete-cancel = Behald utkastet

## Trekkje eit behov

needs-withdraw-heading = Trekk behovet
needs-withdraw-text = Trekk behovet om det ikkje lenger er aktuelt. Har de funne ut kva som skjer vidare, er det betre å fortelje om utfallet.
needs-withdraw-outcome-link = Fortel om utfallet i staden
needs-withdraw-consequences = Dette skjer når du trekkjer behovet
needs-withdraw-visible = Behovet blir ikkje lenger synleg for andre enn dykk. Det blir ikkje sletta.
needs-withdraw-closed = Ingen kan sende nye svar eller spørsmål.
needs-withdraw-told = { $count ->
    [0] Ingen følgjer eller har svart på behovet, så ingen får e-post.
    [one] Éin som følgjer eller har svart på behovet, får grunngivinga på e-post.
   *[other] { $count } som følgjer eller har svart på behovet, får grunngivinga på e-post.
  }
needs-withdraw-reason-label = Kvifor trekkjer de behovet?
needs-withdraw-reason-hint = Grunngivinga går til dei som følgjer behovet eller har teke del i dialogen. Til dømes: «Kommunestyret har utsett prosjektet til 2028.»
needs-withdraw-submit = Trekk behovet
needs-withdraw-cancel = Behald behovet

## Bli med på eit behov

needs-join-heading = Bli med på behovet
needs-join-lead = Har de det same behovet? Bli med, så ser leverandørane at fleire treng ei løysing.
needs-join-means-title = Kva det vil seie å bli med
needs-join-means-visible = Alle ser at { $organisation } er med, og kor stort omfang de oppgir.
needs-join-means-dialogue = De får vite utfallet når { $buyer } har bestemt seg.
needs-join-means-free = De er ikkje bundne til å kjøpe noko.
needs-join-others = Desse er alt med
needs-join-others-none = Ingen andre har blitt med enno.
needs-join-volume-label = Kor stort er behovet hos dykk?
needs-join-volume-hint = Til dømes: 45 heimebuande med nattilsyn. Omtrentleg er godt nok.
needs-join-submit = Bli med
needs-join-cancel = Avbryt
