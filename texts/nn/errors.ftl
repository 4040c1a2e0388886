# Det som står ved eit felt (error), etter noko som er gjort (flash), og når noko ikkje går (problem). Alfabetisk.
error-control-character = Teksten inneheld eit usynleg teikn. Skriv han på nytt.
error-current-password-required = Skriv passordet du har no.
error-current-password-wrong = Passordet er feil.
error-email = Skriv ei gyldig e-postadresse, til dømes namn@firma.no.
error-email-already-member = Denne kollegaen er alt med.
error-email-not-confirmed = Du må stadfeste e-posten din før du kan logge inn. Opne lenkja vi har sendt deg, eller vel «Gløymt passordet?» for å få ei ny.
error-email-required = Skriv ei e-postadresse.
error-kind-required = Vel kva slags bedrift de er.
error-name-required = Skriv namnet ditt.
error-new-password-required = Skriv eit nytt passord.
error-one-line = Skriv alt på éi linje.
error-organisation-name-required = Skriv namnet på bedrifta.
error-organisation-number-nine-digits = Organisasjonsnummeret skal ha ni siffer.
error-organisation-number-no-such-number = Det finst ikkje eit slikt organisasjonsnummer. Sjå etter om du har skrive feil.
error-organisation-number-required = Skriv organisasjonsnummeret.
error-organisation-number-taken = Bedrifta er alt registrert. Be ein kollega invitere deg, eller vel «Gløymt passord» om det var du som registrerte henne.
error-organisation-number-test-number = Dette organisasjonsnummeret er berre til testing. Skriv det ekte nummeret.
error-password-required = Skriv passordet.
error-password-short = Passordet må ha minst { $min } teikn.
error-password-simple = Passordet er for enkelt. Bruk fleire ulike teikn.
error-password-wrong-login = E-posten eller passordet er feil.
error-region-required = Vel eit fylke.
error-required = Fyll ut dette feltet.
error-role-required = Vel kva kollegaen skal kunne gjere.
error-too-long = Teksten har { $length } teikn. Han kan ikkje ha meir enn { $max }.
error-unknown = Vel eit av alternativa i lista.
error-wait = For mange forsøk. { $minutes ->
    [one] Vent eitt minutt
   *[other] Vent { $minutes } minutt
  } og prøv igjen.
flash-account-saved = Endringane er lagra.
flash-invitation-accepted = Velkomen! No er du med.
flash-logged-out = Du er logga ut.
flash-member-invited = Invitasjonen er send.
flash-organisation-switched = Du har bytt verksemd.
flash-password-changed = Passordet er bytt, og du er logga ut på alle andre einingar.
flash-password-reset = Passordet er lagra. Du kan logge inn.
problem-already-member = Du er alt med i verksemda.
problem-email-not-confirmed = Du må stadfeste e-posten din før du kan logge inn.
problem-form-expired = Skjemaet er for gammalt. Gå tilbake, last sida på nytt og send det ein gong til.
problem-invalid = Noko må rettast
problem-invitation-expired = Invitasjonen er for gammal. Be om ein ny frå den som inviterte deg.
problem-invitation-used = Invitasjonen er brukt.
problem-link-expired = Lenkja er brukt eller for gammal.
problem-too-many-attempts = For mange forsøk. Vent litt og prøv igjen.
problem-unauthenticated = Du må logge inn
problem-wrong-login = E-posten eller passordet er feil
