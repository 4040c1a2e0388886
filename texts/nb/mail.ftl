# E-post: hvorfor du får den, og det som står nederst. Selve meldingene ligger i templates/mail.
mail-footer-sender = Denne e-posten er sendt automatisk fra Brobygger.
mail-footer-settings = Endre språk eller konto

mail-why-identity-confirm-email = Du får denne e-posten fordi noen vil registrere en bedrift med adressen din.
mail-why-identity-reset-password = Du får denne e-posten fordi noen ba om nytt passord til kontoen din.
mail-why-identity-already-registered = Du får denne e-posten fordi noen har prøvd å registrere en bedrift med adressen din.
mail-why-identity-one-more-organisation = Du får denne e-posten fordi noen vil registrere en bedrift med adressen din.
mail-why-identity-organisation-taken = Du får denne e-posten fordi noen har prøvd å registrere en virksomhet med adressen din.
mail-why-tenancy-invitation = Du får denne e-posten fordi noen har invitert deg.
mail-why-tenancy-member-joined = Du får denne e-posten fordi du er administrator for virksomheten din.
mail-why-needs-published-receipt = Du får denne e-posten fordi virksomheten din har publisert behovet.
mail-why-needs-matching-profile = Du får denne e-posten fordi dere vil ha beskjed om nye behov som passer med profilen.
mail-why-needs-corrected = Du får denne e-posten fordi du følger behovet eller har deltatt i dialogen om det.
mail-why-needs-withdrawn = Du får denne e-posten fordi du følger behovet eller har deltatt i dialogen om det.
mail-why-needs-joined = Du får denne e-posten fordi virksomheten din eier behovet.
mail-why-dialogue-question-asked = Du får denne e-posten fordi virksomheten din eier behovet.
mail-why-dialogue-question-answered = Du får denne e-posten fordi du følger behovet eller har stilt et spørsmål.
mail-why-dialogue-response-received = Du får denne e-posten fordi virksomheten din eier behovet.
mail-why-dialogue-response-supplemented = Du får denne e-posten fordi virksomheten din eier behovet.
mail-why-dialogue-response-receipt = Du får denne e-posten fordi bedriften din har svart på behovet.
mail-why-dialogue-response-read = Du får denne e-posten fordi bedriften din har svart på behovet.
mail-why-dialogue-thanked = Du får denne e-posten fordi bedriften din har svart på behovet.
mail-why-dialogue-outcome = Du får denne e-posten fordi du følger behovet eller har deltatt i dialogen om det.
reason-area = Behovet gjelder satsingsområdet «{ $area }».
reason-region = Behovet gjelder et sted der dere leverer: { $region }.
reason-everywhere = Dere leverer i hele landet.
