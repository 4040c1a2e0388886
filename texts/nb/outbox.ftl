## Utboksen

outbox-heading = Utboks
outbox-lead = All e-post som Brobygger skal sende. Adressene er skjult for å verne mottakerne.
outbox-filter = Vis meldinger
outbox-filter-all = Alle
outbox-status-waiting = Venter
outbox-status-sent = Sendt
outbox-status-failed = Feilet
outbox-when = Opprettet
outbox-to = Til
outbox-subject = Emne
outbox-status = Status
outbox-attempts = Forsøk
outbox-next-try = Neste forsøk
outbox-next-try-none = Ingen
outbox-reason = Årsak: { $reason }
outbox-retry = Send på nytt
outbox-retry-named = Send på nytt: { $subject }
outbox-actions = Handling
outbox-empty-title = Ingen meldinger her
outbox-empty-text = Når noe skal sendes på e-post, dukker det opp her.
outbox-empty-action = Til Min side
outbox-status-sending = Sendes nå
outbox-subject-gone = Emnet er slettet
