# Oversikta rådgivarane har over behov i alle verksemder.
portfolio-title = Oversikt for rådgivarar
portfolio-lead = Publiserte behov i alle verksemder, med interessa frå marknaden. Innhaldet i svara ser berre innkjøparen.
portfolio-totals = Talet på behov etter status
portfolio-filter = Vis
portfolio-table = Behov med interesse frå marknaden
portfolio-need = Behov
portfolio-followers = Følgjarar
portfolio-questions = Spørsmål
portfolio-unanswered = Utan svar
portfolio-responses = Svar
portfolio-any-buyer = Alle innkjøparar
