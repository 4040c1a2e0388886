# E-post: kvifor du får han, og det som står nedst. Sjølve meldingane ligg i templates/mail.
mail-footer-sender = Denne e-posten er sendt automatisk frå Brobygger.
mail-footer-settings = Endre språk eller konto

mail-why-identity-confirm-email = Du får denne e-posten fordi nokon vil registrere ei bedrift med adressa di.
mail-why-identity-reset-password = Du får denne e-posten fordi nokon bad om nytt passord til kontoen din.
mail-why-identity-already-registered = Du får denne e-posten fordi nokon har prøvd å registrere ei bedrift med adressa di.
mail-why-identity-one-more-organisation = Du får denne e-posten fordi nokon vil registrere ei bedrift med adressa di.
mail-why-identity-organisation-taken = Du får denne e-posten fordi nokon har prøvd å registrere ei verksemd med adressa di.
mail-why-tenancy-invitation = Du får denne e-posten fordi nokon har invitert deg.
mail-why-tenancy-member-joined = Du får denne e-posten fordi du er administrator for verksemda di.
mail-why-needs-published-receipt = Du får denne e-posten fordi verksemda di har publisert behovet.
mail-why-needs-matching-profile = Du får denne e-posten fordi de vil ha melding om nye behov som passar med profilen.
mail-why-needs-corrected = Du får denne e-posten fordi du følgjer behovet eller har teke del i dialogen om det.
mail-why-needs-withdrawn = Du får denne e-posten fordi du følgjer behovet eller har teke del i dialogen om det.
mail-why-needs-joined = Du får denne e-posten fordi verksemda di eig behovet.
mail-why-dialogue-question-asked = Du får denne e-posten fordi verksemda di eig behovet.
mail-why-dialogue-question-answered = Du får denne e-posten fordi du følgjer behovet eller har stilt eit spørsmål.
mail-why-dialogue-response-received = Du får denne e-posten fordi verksemda di eig behovet.
mail-why-dialogue-response-supplemented = Du får denne e-posten fordi verksemda di eig behovet.
mail-why-dialogue-response-receipt = Du får denne e-posten fordi bedrifta di har svart på behovet.
mail-why-dialogue-response-read = Du får denne e-posten fordi bedrifta di har svart på behovet.
mail-why-dialogue-thanked = Du får denne e-posten fordi bedrifta di har svart på behovet.
mail-why-dialogue-outcome = Du får denne e-posten fordi du følgjer behovet eller har teke del i dialogen om det.
reason-area = Behovet gjeld satsingsområdet «{ $area }».
reason-region = Behovet gjeld ein stad der de leverer: { $region }.
reason-everywhere = De leverer i heile landet.
