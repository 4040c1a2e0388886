# Det som står ved et felt (error), etter noe som er gjort (flash), og når noe ikke går (problem). Alfabetisk.
error-control-character = Teksten inneholder et usynlig tegn. Skriv den på nytt.
error-current-password-required = Skriv passordet du har nå.
error-current-password-wrong = Passordet er feil.
error-email = Skriv en gyldig e-postadresse, for eksempel navn@firma.no.
error-email-already-member = Denne kollegaen er allerede med.
error-email-not-confirmed = Du må bekrefte e-posten din før du kan logge inn. Åpne lenken vi har sendt deg, eller velg «Glemt passordet?» for å få en ny.
error-email-required = Skriv en e-postadresse.
error-kind-required = Velg hva slags bedrift dere er.
error-name-required = Skriv navnet ditt.
error-new-password-required = Skriv et nytt passord.
error-one-line = Skriv alt på én linje.
error-organisation-name-required = Skriv navnet på bedriften.
error-organisation-number-nine-digits = Organisasjonsnummeret skal ha ni siffer.
error-organisation-number-no-such-number = Det finnes ikke et slikt organisasjonsnummer. Se etter om du har skrevet feil.
error-organisation-number-required = Skriv organisasjonsnummeret.
error-organisation-number-taken = Bedriften er allerede registrert. Be en kollega invitere deg, eller velg «Glemt passord» hvis det var du som registrerte den.
error-organisation-number-test-number = Dette organisasjonsnummeret er bare til testing. Skriv det ekte nummeret.
error-password-required = Skriv passordet.
error-password-short = Passordet må ha minst { $min } tegn.
error-password-simple = Passordet er for enkelt. Bruk flere forskjellige tegn.
error-password-wrong-login = E-posten eller passordet er feil.
error-region-required = Velg et fylke.
error-required = Fyll ut dette feltet.
error-role-required = Velg hva kollegaen skal kunne gjøre.
error-too-long = Teksten har { $length } tegn. Den kan ikke ha mer enn { $max }.
error-unknown = Velg en av mulighetene i lista.
error-wait = For mange forsøk. { $minutes ->
    [one] Vent ett minutt
   *[other] Vent { $minutes } minutter
  } og prøv igjen.
flash-account-saved = Endringene er lagret.
flash-invitation-accepted = Velkommen! Nå er du med.
flash-logged-out = Du er logget ut.
flash-member-invited = Invitasjonen er sendt.
flash-organisation-switched = Du har byttet virksomhet.
flash-password-changed = Passordet er byttet, og du er logget ut på alle andre enheter.
flash-password-reset = Passordet er lagret. Du kan logge inn.
problem-already-member = Du er allerede med i virksomheten.
problem-email-not-confirmed = Du må bekrefte e-posten din før du kan logge inn.
problem-form-expired = Skjemaet er for gammelt. Gå tilbake, last siden på nytt og send det en gang til.
problem-invalid = Noe må rettes
problem-invitation-expired = Invitasjonen er for gammel. Be om en ny fra den som inviterte deg.
problem-invitation-used = Invitasjonen er brukt.
problem-link-expired = Lenken er brukt eller for gammel.
problem-too-many-attempts = For mange forsøk. Vent litt og prøv igjen.
problem-unauthenticated = Du må logge inn
problem-wrong-login = E-posten eller passordet er feil
