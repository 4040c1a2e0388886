## Svare på et behov

dialogue-respond-heading = Svar på behovet
dialogue-respond-lead = Fortell kort hvordan dere kan hjelpe. Et godt svar kan skrives på ti minutter.
dialogue-respond-safe-title = Før du skriver
dialogue-respond-safe-offer = Dette er et innspill, ikke et tilbud. Det binder dere ikke, og dere trenger ikke oppgi pris.
dialogue-respond-safe-who = Bare { $buyer } kan lese svaret. Andre leverandører ser verken svaret eller at dere har svart.
dialogue-respond-safe-access = Offentlige virksomheter må vurdere innsyn når noen ber om det. Skriv derfor forretningshemmeligheter i feltet «Fortrolig del».
dialogue-respond-from = Dere svarer som { $organisation }.
dialogue-respond-text-label = Svaret deres
dialogue-respond-text-hint = Hvordan kan dere løse problemet? Hvem har brukt det dere har, og hva ble bedre? Hva må dere vite mer om?
dialogue-respond-confidential-fold = Legg til noe fortrolig
dialogue-respond-confidential-label = Fortrolig del
dialogue-respond-confidential-hint = Det som kan skade dere i konkurransen hvis andre får vite det, for eksempel teknisk løsning, kunder eller priser.
dialogue-respond-reason-label = Hvorfor er dette fortrolig?
dialogue-respond-reason-hint = Gjelder teksten over og filer du merker som fortrolige. Innkjøperen bruker begrunnelsen hvis noen ber om innsyn. For eksempel: «Viser hvordan algoritmen er bygd opp.»
dialogue-respond-files-fold = Legg ved filer
dialogue-respond-files-text = Høyst tre filer, hver på inntil { $max }. PDF, bilder, tekstdokumenter, regneark, presentasjoner og video (MP4).
dialogue-respond-file-label = Fil { $number }
dialogue-respond-file-confidential = Filen er fortrolig
dialogue-respond-submit-text = Når du sender, får du en kvittering på e-post. { $buyer } får beskjed med en gang.
dialogue-respond-submit = Send svaret
dialogue-respond-cancel = Avbryt

## Svarene på et behov (innkjøper)

dialogue-responses-heading = Svar på behovet
dialogue-responses-summary = { $total ->
    [one] Ett svar
   *[other] { $total } svar
  }
dialogue-responses-unread = { $count ->
    [0] Alle er lest
    [one] Ett er ulest
   *[other] { $count } er uleste
  }
dialogue-responses-unthanked = { $count ->
    [0] Alle har fått takk
    [one] Ett venter på takk
   *[other] { $count } venter på takk
  }
dialogue-responses-help = Les alle svarene før du svarer noen. En kort takk er nok, og gjør at leverandørene vil svare neste gang også.
dialogue-responses-supplier = Leverandør
dialogue-responses-kind = Type
dialogue-responses-sent = Sendt
dialogue-responses-status = Status
dialogue-responses-status-new = Ulest
dialogue-responses-status-read = Lest
dialogue-responses-status-thanked = Takket
dialogue-responses-confidential = Har fortrolig del
dialogue-responses-outcome = Fortell om utfallet
dialogue-responses-outcome-text = Når dere vet hva som skjer videre, forteller du det til alle som har deltatt.
dialogue-responses-empty-title = Ingen svar ennå
dialogue-responses-empty-text = Du får e-post når det første svaret kommer. De fleste svarer de siste dagene før fristen.
dialogue-responses-empty-action = Se behovet

## Ett svar

dialogue-response-heading-buyer = Svar fra { $supplier }
dialogue-response-heading-supplier = Svaret deres
dialogue-response-sent = Sendt { $when }
dialogue-response-text = Svar
dialogue-response-confidential = Fortrolig del
dialogue-response-confidential-note = Leverandøren mener at dette er forretningshemmeligheter. Ikke del det med andre. Ber noen om innsyn, er det dere som vurderer.
dialogue-response-confidential-note-own = Bare innkjøperen kan se dette. Ber noen om innsyn, er det innkjøperen som vurderer.
dialogue-response-reason = Begrunnelse: { $reason }
dialogue-response-attachments = Vedlegg
dialogue-response-supplement = Legg ved en fil til
dialogue-response-supplement-file = Fil
dialogue-response-supplement-hint = Inntil { $max }. Innkjøperen får beskjed. Det du har sendt før, står som det er.
dialogue-response-supplement-again = Velg filen på nytt. Nettleseren husker den ikke når noe må rettes.
dialogue-response-supplement-reason = Hvorfor er filen fortrolig?
dialogue-response-supplement-reason-hint = Fyll ut hvis du merker filen som fortrolig. Innkjøperen bruker begrunnelsen hvis noen ber om innsyn. For eksempel: «Viser hvordan algoritmen er bygd opp.»
dialogue-response-supplement-reason-said = Begrunnelsen du ga for det som er fortrolig i svaret, gjelder også for denne filen.
dialogue-response-supplement-submit = Legg ved
dialogue-response-attachment-confidential = Fortrolig
dialogue-response-status-title = Status for svaret
dialogue-response-status-sent = Sendt
dialogue-response-status-read = Lest av innkjøperen
dialogue-response-status-thanked = Takket
dialogue-response-status-outcome = Utfallet er publisert
dialogue-response-status-waiting = Ikke ennå
dialogue-response-status-help = Vi sender e-post når noe skjer. Du trenger ikke spørre.
dialogue-response-withdrawn = Innkjøperen har trukket behovet. Svaret er her fortsatt, men det kommer kanskje ikke noe mer av det.
dialogue-response-thanks-from = Takk fra { $buyer }
dialogue-response-read-text = Leverandøren ser at svaret er lest. Det er ikke en vurdering av innholdet.
dialogue-response-read-submit = Marker som lest
dialogue-response-thank-title = Takk leverandøren
dialogue-response-thank-label = Takken din
dialogue-response-thank-hint = Én setning holder. Ikke lov noe, og ikke gi opplysninger om behovet som de andre ikke har fått.
dialogue-response-thank-example = Takk for et tydelig svar. Vi leser alle svarene samlet etter fristen og forteller alle hva vi går videre med.
dialogue-response-thank-example-label = Vis eksempel
dialogue-response-thank-submit = Send takk
dialogue-response-thanked = Takket { $when }
dialogue-response-back-list = Alle svar på behovet

## Svare på et spørsmål (innkjøper)

dialogue-answer-heading = Svar på spørsmålet
dialogue-answer-question = Spørsmålet
dialogue-answer-asked = Stilt { $when }
dialogue-answer-anonymous = Alle ser spørsmålet og svaret. Ingen andre ser hvem som spør.
dialogue-answer-equal-title = Alle får det samme svaret
dialogue-answer-equal-text = { $count ->
    [0] Svaret blir publisert sammen med behovet. Da har alle leverandører de samme opplysningene.
    [one] Svaret blir publisert sammen med behovet, og den ene som følger det, får e-post. Da har alle leverandører de samme opplysningene.
   *[other] Svaret blir publisert sammen med behovet, og { $count } som følger det, får e-post. Da har alle leverandører de samme opplysningene.
  }
dialogue-answer-label = Svaret ditt
dialogue-answer-hint = Vet du ikke ennå, kan du si det, og når dere regner med å vite mer.
dialogue-answer-changes = Endrer svaret det som står i behovet?
dialogue-answer-changes-link = Rett behovet også
dialogue-answer-submit = Publiser svaret
dialogue-answer-cancel = Avbryt

## Fortelle utfallet (innkjøper)

dialogue-outcome-heading = Fortell om utfallet
dialogue-outcome-lead = Fortell alle som har deltatt, hva det ble til. Det er greit om svaret er «ingenting nå».
dialogue-outcome-told-title = Hvem som får vite det
dialogue-outcome-told = { $count ->
    [0] Ingen har deltatt eller følger behovet. Utfallet blir publisert sammen med behovet.
    [one] Én som har svart, spurt eller følger behovet, får e-post. Utfallet blir også publisert sammen med behovet.
   *[other] { $count } som har svart, spurt eller følger behovet, får e-post samtidig. Utfallet blir også publisert sammen med behovet.
  }
dialogue-outcome-closed = Behovet blir merket «Avsluttet», og ingen kan sende nye svar.
dialogue-outcome-kind-label = Hva ble utfallet?
dialogue-outcome-kind-hint = Velg det som ligger nærmest.
dialogue-outcome-kind-procurement = Vi lyser ut en konkurranse
dialogue-outcome-kind-direct-purchase = Vi gjør et direkte kjøp
dialogue-outcome-kind-pilot = Vi starter en pilot
dialogue-outcome-kind-own-solution = Vi løser det selv
dialogue-outcome-kind-no-action = Vi går ikke videre nå
dialogue-outcome-kind-other = Annet
dialogue-outcome-text-label = Fortell mer
dialogue-outcome-text-hint = Hva lærte dere, hva skjer nå, og når? Ikke skriv hvem som sendte hva.
dialogue-outcome-text-example-label = Vis eksempel
dialogue-outcome-text-example = Vi fikk 11 svar og lærte at fallene kan forebygges, ikke bare oppdages. Vi lyser ut en konkurranse på Doffin i mars 2027. Der ber vi om færre fall, og leverandørene velger selv hvordan.
dialogue-outcome-submit = Send utfallet til alle
dialogue-outcome-cancel = Avbryt
