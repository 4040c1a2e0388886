# Å finne koden for det som skal kjøpes.
cpv-hint = Åtte siffer, med komma mellom kodene. Kan du ikke koden, kan du søke etter den under. Er du usikker, lar du feltet stå tomt.
cpv-find-label = Finn CPV-kode
cpv-find-hint = Skriv hva det gjelder, for eksempel rullestol eller renhold. Det du ellers har skrevet i skjemaet, blir stående.
cpv-find-button = Finn koder
cpv-offered = Koder som kan passe til «{ $query }»
cpv-offered-hint = Kryss av for dem som passer. De er med når du lagrer.
cpv-more = { $count ->
    [one] Det er én kode til. Skriv flere ord for å få færre treff.
   *[other] Det er { $count } koder til. Skriv flere ord for å få færre treff.
}
cpv-nothing = Vi fant ingen kode for «{ $query }». Prøv et annet ord, gjerne et mer generelt.
