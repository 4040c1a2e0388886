## Beskrive et behov

needs-form-heading-new = Beskriv et behov
needs-form-heading-draft = Skriv videre på utkastet
needs-form-heading-withdrawn = Skriv videre på behovet
needs-form-heading-published = Rett eller endre behovet
needs-form-lead-new = Fortell hva som ikke fungerer, og hva som skal bli bedre. Løsningen kan markedet foreslå. Du trenger ikke kunne anskaffelsesregler, og du kan skrive litt om gangen.
needs-form-lead-draft = Utkastet er bare synlig for dere. Skriv litt om gangen, og lagre når du vil.
needs-form-lead-withdrawn = Behovet er trukket, og bare dere kan se det. Skriv det om, og publiser det på nytt når det er klart.
needs-form-lead-published = Behovet er publisert. Det du endrer i teksten og vedleggene, blir offentlig først når du trykker «Publiser endringen».
needs-form-saved = Sist lagret { $when }

needs-form-safe-title = Trygt å begynne
needs-form-safe-private-lead = Ingenting blir sendt før du publiserer.
needs-form-safe-private-text = Til da er utkastet bare synlig for dere.
needs-form-safe-correct-lead = Du kan rette etterpå.
needs-form-safe-correct-text = De som følger behovet, får beskjed om hva du har endret.
needs-form-safe-nobinding-lead = Et behov er ikke en konkurranse.
needs-form-safe-nobinding-text = Du ber om innspill, og dere er ikke bundet til å kjøpe noe.
needs-form-safe-public-lead = Dette blir offentlig når du publiserer:
needs-form-safe-public-text = alt du skriver i skjemaet, vedleggene og kontaktpersonen.
needs-form-safe-law = Regelverket lar dere snakke med markedet før dere lyser ut en konkurranse. Når alle får den samme beskrivelsen, behandler dere også alle likt.

needs-form-missing-title = Dette mangler før du kan publisere
needs-form-missing-text = Du kan lagre utkastet selv om noe mangler.
needs-form-missing-none-title = Klart til publisering
needs-form-missing-none-text = Alt som må være med, er på plass. Se over forhåndsvisningen før du publiserer.
needs-form-advice-title = Råd om teksten
needs-form-advice-text = Her kan teksten begrense hvilke løsninger du får forslag om. Du kan publisere uten å endre noe.

needs-form-conflict-title = { $who } har lagret en nyere versjon
needs-form-conflict-text = Den ble lagret { $when }, mens du skrev. Teksten din står fortsatt i skjemaet her. Sammenlign med den nye versjonen før du lagrer, ellers erstatter du den.
needs-form-conflict-link = Åpne den nyere versjonen i en ny fane

needs-form-example = Vis eksempel
needs-form-example-good = Beskriver behovet
needs-form-example-bad = Låser løsningen
needs-form-save-here = Lagre utkast

needs-form-section-short-title = Behovet kort fortalt
needs-form-section-short-text = Dette er det første leverandørene ser. Skriv det gjerne til slutt.
needs-form-title-label = Tittel
needs-form-title-hint = Si hva som skal bli bedre, og for hvem. Ikke nevn produkter eller teknologi.
needs-form-title-good = Færre fall om natten blant eldre som bor hjemme
needs-form-title-bad = Anskaffelse av app for fallvarsling
needs-form-summary-label = Sammendrag
needs-form-summary-hint = Høyst 150 ord. Skriv så en som ikke kjenner dere, skjønner det.
needs-form-summary-good = Hvert år faller rundt 60 av de 210 hjemmeboende som får nattilsyn hos oss. Mange blir liggende lenge før noen oppdager det. Vi vil at færre skal falle, og at de som faller, får hjelp innen 15 minutter. Vi er åpne for alle måter å få det til på.

needs-form-section-problem-title = Problemet
needs-form-section-problem-text = Beskriv hva som er vanskelig, ikke hva dere vil kjøpe. Da kan flere foreslå noe dere ikke har tenkt på.
needs-form-problem-label = Hva er problemet?
needs-form-problem-hint = Hva fungerer ikke, og hva skjer hvis dere ikke gjør noe?
needs-form-problem-good = Nattpatruljen besøker hver bruker to ganger. Faller noen mellom besøkene, kan det gå fire timer før de blir funnet. Fallene fører til brudd, utrygghet og flere sykehusinnleggelser. Uten endring må flere flytte på institusjon enn vi har plass til.
needs-form-problem-bad = Vi mangler et sensorsystem med kobling til vaktsentralen.
needs-form-affected-label = Hvem gjelder det, og hvor mange?
needs-form-affected-hint = Tenk på dem som har problemet, pårørende og ansatte. Omtrentlige tall er godt nok.
needs-form-affected-good = 210 hjemmeboende over 75 år med vedtak om nattilsyn, pårørende til disse og 14 ansatte i nattpatruljen.
needs-form-current-situation-label = Hvordan gjør dere det i dag?
needs-form-current-situation-hint = Fortell om arbeidsmåten, utstyret og kostnadene dere har nå, og hva som kommer til kort.
needs-form-current-situation-good = To biler kjører faste runder mellom klokken 22 og 07. Brukerne har trygghetsalarm, men de fleste klarer ikke å trykke på den etter et fall. Nattilsynet koster om lag 6,2 millioner kroner i året.

needs-form-section-effects-title = Hva som skal bli bedre
needs-form-section-effects-text = Én effekt er nok. Et mål gjør det lettere å se om en løsning faktisk hjelper. Vet du ikke tallet i dag, skriv «ikke målt».
needs-form-effect-legend = Effekt { $number }
needs-form-effect-add = Legg til en effekt
needs-form-effect-metric-label = Hva vil dere måle?
needs-form-effect-metric-hint = For eksempel: tid fra fall til hjelp
needs-form-effect-baseline-label = I dag
needs-form-effect-baseline-hint = For eksempel: inntil 4 timer
needs-form-effect-target-label = Mål
needs-form-effect-target-hint = For eksempel: under 15 minutter
needs-form-effect-by-label = Innen dato
needs-form-effect-by-hint = Et anslag er nok

needs-form-section-frame-title = Rammer og det som er åpent
needs-form-section-frame-text = Skill mellom det som er bestemt, og det leverandørene kan påvirke. Punktene her er frivillige.
needs-form-constraints-label = Hva må en løsning ta hensyn til?
needs-form-constraints-hint = Lover, personvern, systemer den må virke sammen med, bygg eller utstyr. Ta bare med det som virkelig ligger fast.
needs-form-constraints-good = Opplysningene er helseopplysninger. Løsningen må kunne brukes av personer med demens, og varsler må nå ansatte uten mobildekning i Øvre dal.
needs-form-constraints-bad = Løsningen skal være skybasert og ha 48 timers batteri.
needs-form-tried-label = Hva har dere prøvd?
needs-form-tried-hint = Ta også med det som ikke virket. Det sparer alle for tid.
needs-form-tried-good = I 2024 testet vi alarmmatter hos åtte brukere. De ga så mange falske alarmer at de ansatte sluttet å rykke ut.
needs-form-undecided-label = Hva er ikke bestemt ennå?
needs-form-undecided-hint = Dette er det leverandørene helst vil snakke med dere om.
needs-form-undecided-good = Vi vet ikke om vi bør forebygge fallene eller oppdage dem raskere, eller om vi skal leie eller eie utstyr.

needs-form-section-find-title = Så de rette finner behovet
needs-form-section-find-text = Valgene styrer hvem som får beskjed når du publiserer. Velg det som ligger nærmest.
needs-form-areas-label = Satsingsområde
needs-form-areas-hint = Velg ett eller flere.
needs-form-region-label = Hvor gjelder behovet?
needs-form-region-hint = Kommunen deres er valgt på forhånd.
needs-form-region-more-label = Andre kommuner
needs-form-region-more-hint = Velg en kommune, og legg den til. Den kommer i lista over.
needs-form-region-more-none = Velg en kommune
needs-form-region-more-add = Legg til
needs-form-innovation-kind-label = Hva tror du dere er ute etter?
needs-form-innovation-kind-hint = Velg det som virker mest riktig nå. Valget binder dere ikke.
needs-form-innovation-kind-innovation-friendly = Vi er åpne for både kjente og nye løsninger (innovasjonsvennlig anskaffelse)
needs-form-innovation-kind-innovative-solution = Løsningen finnes nok, men er ny for oss (anskaffelse av innovativ løsning)
needs-form-innovation-kind-innovation = Noe nytt må trolig utvikles (innovasjonsanskaffelse)
needs-form-cpv-label = CPV-koder
needs-form-budget-amount-label = Anslått beløp, uten mva.
needs-form-budget-amount-hint = Et grovt anslag hjelper leverandørene å svare realistisk. Skriv for eksempel 500 000 eller 1,5 millioner. Beløpet blir synlig for alle.
needs-form-budget-currency-label = Valuta

needs-form-section-contact-title = Frist og kontakt
needs-form-section-contact-text = Små selskaper trenger tid. Gi gjerne tre til fire uker, og unngå frist rett etter en ferie.
needs-form-response-deadline-date-label = Svarfrist, dato
needs-form-response-deadline-date-hint = Siste dag for å sende svar
needs-form-response-deadline-time-label = Klokkeslett
needs-form-response-deadline-time-hint = Norsk tid
needs-form-language-label = Språk i beskrivelsen
needs-form-language-hint = Leverandørene kan svare på norsk eller engelsk.
needs-form-language-nb = Bokmål
needs-form-language-nn = Nynorsk
needs-form-language-en = Engelsk
needs-form-contact-name-label = Kontaktperson
needs-form-contact-name-hint = Navnet blir synlig for alle.
needs-form-contact-email-label = E-post
needs-form-contact-email-hint = Bruk gjerne en felles adresse hvis flere skal følge med.
needs-form-contact-phone-label = Telefon
needs-form-contact-phone-hint = Leverandørene kan stille spørsmål her på Brobygger, så alle ser svarene.

needs-form-submit-title = Hva vil du gjøre nå?
needs-form-submit-text = «Lagre og forhåndsvis» viser behovet slik markedet vil se det. Ingenting blir offentlig før du trykker «Publiser behovet».
needs-form-save = Lagre utkast
needs-form-preview = Lagre og forhåndsvis
needs-form-publish = Publiser behovet
needs-form-change-title = Publiser endringen
needs-form-change-text = { $count ->
    [0] Ingen følger behovet eller har deltatt i dialogen ennå. Endringen blir likevel synlig i versjonsloggen, og den forrige teksten kan fortsatt leses.
    [one] Én person får forklaringen din på e-post. Den forrige teksten kan fortsatt leses av alle.
   *[other] { $count } personer får forklaringen din på e-post. Den forrige teksten kan fortsatt leses av alle.
  }
needs-form-change-note-label = Hva har du endret, og hvorfor?
needs-form-change-note-hint = Én eller to setninger. For eksempel: «Svarfristen er utsatt en uke, fordi flere har spurt om mer tid.»
needs-form-change-publish = Publiser endringen
needs-form-cancel = Avbryt og gå tilbake
needs-form-withdraw = Trekk behovet

needs-form-attachments-title = Vedlegg
needs-form-attachments-text = Frivillig. Legg ved det som gjør problemet lettere å forstå, for eksempel bilder, kart eller tall. Ikke last opp personopplysninger.
needs-form-attachments-draft = Vedleggene blir offentlige når du publiserer.
needs-form-attachments-published = Nye vedlegg blir offentlige når du publiserer endringen. Fjerner du et vedlegg, er det ikke lenger en del av behovet, men alle kan fortsatt lese det i de tidligere versjonene.
needs-form-attachments-later = Lagre utkastet først. Da kan du legge ved filer her.
needs-form-attachments-none = Ingen vedlegg ennå.
needs-form-attachments-file-label = Velg filer
needs-form-attachments-file-hint = PDF, bilde, tekstdokument, regneark, presentasjon eller video (MP4), høyst { $max } hver. Du kan velge { $count } om gangen.
needs-form-attachments-upload = Last opp
needs-form-attachments-remove = Fjern
needs-form-attachments-remove-named = Fjern { $name }

## Forhåndsvise

needs-preview-heading = Slik ser markedet behovet
needs-preview-text = Dette er en forhåndsvisning som bare dere i { $organisation } kan se.
needs-preview-ready-title = Klart til publisering
needs-preview-ready-text = Dette skjer når du publiserer:
needs-preview-ready-public = Behovet og kontaktpersonen blir synlige for alle på Brobygger.
needs-preview-ready-told = { $count ->
    [0] Ingen leverandører har bedt om varsel om slike behov ennå, men alle kan finne det i søket.
    [one] Én leverandør som har bedt om varsel om slike behov, får e-post.
   *[other] { $count } leverandører som har bedt om varsel om slike behov, får e-post.
  }
needs-preview-ready-correct = Du kan rette teksten etterpå. Alle ser hva som er endret.
needs-preview-publish = Publiser behovet
needs-preview-edit = Skriv videre
needs-preview-end = Etter forhåndsvisningen
needs-preview-end-text = Ser det riktig ut?
needs-preview-missing-title = Dette mangler før du kan publisere
needs-preview-missing-text = Det som er skrevet, er lagret. Trykk på et punkt for å fylle det ut.
needs-preview-not-written = Ikke skrevet ennå
needs-preview-frame-label = Forhåndsvisning av behovet
needs-preview-deadline = Svarfrist

## Slette et utkast

needs-delete-link = Slett utkastet
needs-delete-heading = Slette utkastet?
needs-delete-consequences = Dette skjer når du sletter utkastet
needs-delete-gone = { $count ->
    [0] Alt som er skrevet, blir borte. Det kan ikke hentes tilbake.
    [one] Alt som er skrevet, og vedlegget blir borte. Det kan ikke hentes tilbake.
   *[other] Alt som er skrevet, og de { $count } vedleggene blir borte. Det kan ikke hentes tilbake.
}
needs-delete-colleagues = Det blir borte for kollegaene dine også. Ingen andre har sett utkastet.
needs-delete-trail = Hendelsene viser fortsatt at { $reference } fantes, og hvem som slettet det.
needs-delete-submit = Slett utkastet
needs-delete-cancel = Behold utkastet

## Trekke et behov

needs-withdraw-heading = Trekk behovet
needs-withdraw-text = Trekk behovet hvis det ikke lenger er aktuelt. Har dere funnet ut hva som skjer videre, er det bedre å fortelle om utfallet.
needs-withdraw-outcome-link = Fortell om utfallet i stedet
needs-withdraw-consequences = Dette skjer når du trekker behovet
needs-withdraw-visible = Behovet blir ikke lenger synlig for andre enn dere. Det slettes ikke.
needs-withdraw-closed = Ingen kan sende nye svar eller spørsmål.
needs-withdraw-told = { $count ->
    [0] Ingen følger eller har svart på behovet, så ingen får e-post.
    [one] Én som følger eller har svart på behovet, får begrunnelsen på e-post.
   *[other] { $count } som følger eller har svart på behovet, får begrunnelsen på e-post.
  }
needs-withdraw-reason-label = Hvorfor trekker dere behovet?
needs-withdraw-reason-hint = Begrunnelsen går til dem som følger behovet eller har tatt del i dialogen. For eksempel: «Kommunestyret har utsatt prosjektet til 2028.»
needs-withdraw-submit = Trekk behovet
needs-withdraw-cancel = Behold behovet

## Bli med på et behov

needs-join-heading = Bli med på behovet
needs-join-lead = Har dere det samme behovet? Bli med, så ser leverandørene at flere trenger en løsning.
needs-join-means-title = Hva det betyr å bli med
needs-join-means-visible = Alle ser at { $organisation } er med, og hvor stort omfang dere oppgir.
needs-join-means-dialogue = Dere får vite utfallet når { $buyer } har bestemt seg.
needs-join-means-free = Dere er ikke bundet til å kjøpe noe.
needs-join-others = Disse er allerede med
needs-join-others-none = Ingen andre har blitt med ennå.
needs-join-volume-label = Hvor stort er behovet hos dere?
needs-join-volume-hint = For eksempel: 45 hjemmeboende med nattilsyn. Omtrentlig er godt nok.
needs-join-submit = Bli med
needs-join-cancel = Avbryt
