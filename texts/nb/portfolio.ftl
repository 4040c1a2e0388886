# Rådgivernes oversikt over behov i alle virksomheter.
portfolio-title = Oversikt for rådgivere
portfolio-lead = Publiserte behov i alle virksomheter, med interessen fra markedet. Innholdet i svarene ser bare innkjøperen.
portfolio-totals = Antall behov etter status
portfolio-filter = Vis
portfolio-table = Behov med interesse fra markedet
portfolio-need = Behov
portfolio-followers = Følgere
portfolio-questions = Spørsmål
portfolio-unanswered = Ubesvart
portfolio-responses = Svar
portfolio-any-buyer = Alle innkjøpere
