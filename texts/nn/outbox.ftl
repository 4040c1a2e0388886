## Utboksen

outbox-heading = Utboks
outbox-lead = All e-post som Brobygger skal sende. Adressene er skjulte for å verne mottakarane.
outbox-filter = Vis meldingar
outbox-filter-all = Alle
outbox-status-waiting = Ventar
outbox-status-sent = Sendt
outbox-status-failed = Feila
outbox-when = Oppretta
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
outbox-empty-title = Ingen meldingar her
outbox-empty-text = Når noko skal sendast på e-post, dukkar det opp her.
outbox-empty-action = Til Mi side
outbox-status-sending = Blir sendt no
outbox-subject-gone = Emnet er sletta
