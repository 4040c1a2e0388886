## Svare på eit behov

dialogue-respond-heading = Svar på behovet
dialogue-respond-lead = Fortel kort korleis de kan hjelpe. Eit godt svar kan du skrive på ti minutt.
dialogue-respond-safe-title = Før du skriv
dialogue-respond-safe-offer = Dette er eit innspel, ikkje eit tilbod. Det bind dykk ikkje, og de treng ikkje oppgi pris.
dialogue-respond-safe-who = Berre { $buyer } kan lese svaret. Andre leverandørar ser verken svaret eller at de har svart.
dialogue-respond-safe-access = Offentlege verksemder må vurdere innsyn når nokon ber om det. Skriv difor forretningsløyndomar i feltet «Fortruleg del».
dialogue-respond-from = De svarer som { $organisation }.
dialogue-respond-text-label = Svaret dykkar
dialogue-respond-text-hint = Korleis kan de løyse problemet? Kven har brukt det de har, og kva vart betre? Kva må de vite meir om?
dialogue-respond-confidential-fold = Legg til noko fortruleg
dialogue-respond-confidential-label = Fortruleg del
dialogue-respond-confidential-hint = Det som kan skade dykk i konkurransen om andre får vite det, til dømes teknisk løysing, kundar eller prisar.
dialogue-respond-reason-label = Kvifor er dette fortruleg?
dialogue-respond-reason-hint = Gjeld teksten over og filer du merkjer som fortrulege. Innkjøparen bruker grunngivinga om nokon ber om innsyn. Til dømes: «Viser korleis algoritmen er bygd opp.»
dialogue-respond-files-fold = Legg ved filer
dialogue-respond-files-text = Høgst tre filer, kvar på inntil { $max }. PDF, bilete, tekstdokument, rekneark, presentasjonar og video (MP4).
dialogue-respond-file-label = Fil { $number }
dialogue-respond-file-confidential = Fila er fortruleg
dialogue-respond-submit-text = Når du sender, får du ei kvittering på e-post. { $buyer } får melding med ein gong.
dialogue-respond-submit = Send svaret
dialogue-respond-cancel = Avbryt

## Svara på eit behov (innkjøpar)

dialogue-responses-heading = Svar på behovet
dialogue-responses-summary = { $total ->
    [one] Eitt svar
   *[other] { $total } svar
  }
dialogue-responses-unread = { $count ->
    [0] Alle er lesne
    [one] Eitt er ulese
   *[other] { $count } er ulesne
  }
dialogue-responses-unthanked = { $count ->
    [0] Alle har fått takk
    [one] Eitt ventar på takk
   *[other] { $count } ventar på takk
  }
dialogue-responses-help = Les alle svara før du svarer nokon. Ein kort takk er nok, og gjer at leverandørane vil svare neste gong òg.
dialogue-responses-supplier = Leverandør
dialogue-responses-kind = Type
dialogue-responses-sent = Sendt
dialogue-responses-status = Status
dialogue-responses-status-new = Ulese
dialogue-responses-status-read = Lese
dialogue-responses-status-thanked = Takka
dialogue-responses-confidential = Har fortruleg del
dialogue-responses-outcome = Fortel om utfallet
dialogue-responses-outcome-text = Når de veit kva som skjer vidare, fortel du det til alle som har teke del.
dialogue-responses-empty-title = Ingen svar enno
dialogue-responses-empty-text = Du får e-post når det første svaret kjem. Dei fleste svarer dei siste dagane før fristen.
dialogue-responses-empty-action = Sjå behovet

## Eitt svar

dialogue-response-heading-buyer = Svar frå { $supplier }
dialogue-response-heading-supplier = Svaret dykkar
dialogue-response-sent = Sendt { $when }
dialogue-response-text = Svar
dialogue-response-confidential = Fortruleg del
dialogue-response-confidential-note = Leverandøren meiner at dette er forretningsløyndomar. Ikkje del det med andre. Ber nokon om innsyn, er det de som vurderer.
dialogue-response-confidential-note-own = Berre innkjøparen kan sjå dette. Ber nokon om innsyn, er det innkjøparen som vurderer.
dialogue-response-reason = Grunngiving: { $reason }
dialogue-response-attachments = Vedlegg
dialogue-response-supplement = Legg ved ei fil til
dialogue-response-supplement-file = Fil
dialogue-response-supplement-hint = Inntil { $max }. Innkjøparen får melding. Det du har sendt før, står som det er.
dialogue-response-supplement-again = Vel fila på nytt. Nettlesaren hugsar ingen filer når noko må rettast.
dialogue-response-supplement-reason = Kvifor er fila fortruleg?
dialogue-response-supplement-reason-hint = Fyll ut om du merkjer fila som fortruleg. Innkjøparen bruker grunngivinga om nokon ber om innsyn. Til dømes: «Viser korleis algoritmen er bygd opp.»
dialogue-response-supplement-reason-said = Grunngivinga du gav for det som er fortruleg i svaret, gjeld for denne fila òg.
dialogue-response-supplement-submit = Legg ved
dialogue-response-attachment-confidential = Fortruleg
dialogue-response-status-title = Status for svaret
dialogue-response-status-sent = Sendt
dialogue-response-status-read = Lese av innkjøparen
dialogue-response-status-thanked = Takka
dialogue-response-status-outcome = Utfallet er publisert
dialogue-response-status-waiting = Ikkje enno
dialogue-response-status-help = Vi sender e-post når noko skjer. Du treng ikkje spørje.
dialogue-response-withdrawn = Innkjøparen har trekt behovet. Svaret er her framleis, men det kjem kanskje ikkje noko meir av det.
dialogue-response-thanks-from = Takk frå { $buyer }
dialogue-response-read-text = Leverandøren ser at svaret er lese. Det er ikkje ei vurdering av innhaldet.
dialogue-response-read-submit = Marker som lese
dialogue-response-thank-title = Takk leverandøren
dialogue-response-thank-label = Takken din
dialogue-response-thank-hint = Éi setning held. Ikkje lov noko, og ikkje gi opplysningar om behovet som dei andre ikkje har fått.
dialogue-response-thank-example = Takk for eit tydeleg svar. Vi les alle svara samla etter fristen og fortel alle kva vi går vidare med.
dialogue-response-thank-example-label = Vis døme
dialogue-response-thank-submit = Send takk
dialogue-response-thanked = Takka { $when }
dialogue-response-back-list = Alle svar på behovet

## Svare på eit spørsmål (innkjøpar)

dialogue-answer-heading = Svar på spørsmålet
dialogue-answer-question = Spørsmålet
dialogue-answer-asked = Stilt { $when }
dialogue-answer-anonymous = Alle ser spørsmålet og svaret. Ingen andre ser kven som spør.
dialogue-answer-equal-title = Alle får det same svaret
dialogue-answer-equal-text = { $count ->
    [0] Svaret blir publisert saman med behovet. Då har alle leverandørar dei same opplysningane.
    [one] Svaret blir publisert saman med behovet, og den eine som følgjer det, får e-post. Då har alle leverandørar dei same opplysningane.
   *[other] Svaret blir publisert saman med behovet, og { $count } som følgjer det, får e-post. Då har alle leverandørar dei same opplysningane.
  }
dialogue-answer-label = Svaret ditt
dialogue-answer-hint = Veit du ikkje enno, kan du seie det, og når de reknar med å vite meir.
dialogue-answer-changes = Endrar svaret det som står i behovet?
dialogue-answer-changes-link = Rett behovet òg
dialogue-answer-submit = Publiser svaret
dialogue-answer-cancel = Avbryt

## Fortelje utfallet (innkjøpar)

dialogue-outcome-heading = Fortel om utfallet
dialogue-outcome-lead = Fortel alle som har teke del, kva det vart til. Det er greitt om svaret er «ingenting no».
dialogue-outcome-told-title = Kven som får vite det
dialogue-outcome-told = { $count ->
    [0] Ingen har teke del eller følgjer behovet. Utfallet blir publisert saman med behovet.
    [one] Éin som har svart, spurt eller følgjer behovet, får e-post. Utfallet blir òg publisert saman med behovet.
   *[other] { $count } som har svart, spurt eller følgjer behovet, får e-post samstundes. Utfallet blir òg publisert saman med behovet.
  }
dialogue-outcome-closed = Behovet blir merkt «Avslutta», og ingen kan sende nye svar.
dialogue-outcome-kind-label = Kva vart utfallet?
dialogue-outcome-kind-hint = Vel det som ligg nærast.
dialogue-outcome-kind-procurement = Vi lyser ut ein konkurranse
dialogue-outcome-kind-direct-purchase = Vi gjer eit direkte kjøp
dialogue-outcome-kind-pilot = Vi startar ein pilot
dialogue-outcome-kind-own-solution = Vi løyser det sjølve
dialogue-outcome-kind-no-action = Vi går ikkje vidare no
dialogue-outcome-kind-other = Anna
dialogue-outcome-text-label = Fortel meir
dialogue-outcome-text-hint = Kva lærte de, kva skjer no, og når? Ikkje skriv kven som sende kva.
dialogue-outcome-text-example-label = Vis døme
dialogue-outcome-text-example = Vi fekk 11 svar og lærte at falla kan førebyggjast, ikkje berre oppdagast. Vi lyser ut ein konkurranse på Doffin i mars 2027. Der ber vi om færre fall, og leverandørane vel sjølve korleis.
dialogue-outcome-submit = Send utfallet til alle
dialogue-outcome-cancel = Avbryt
