# Å finne koden for det som skal kjøpast.
cpv-hint = Åtte siffer, med komma mellom kodane. Kan du ikkje koden, kan du søkje etter han under. Er du usikker, lèt du feltet stå tomt.
cpv-find-label = Finn CPV-kode
cpv-find-hint = Skriv kva det gjeld, til dømes rullestol eller reinhald. Det du elles har skrive i skjemaet, blir ståande.
cpv-find-button = Finn kodar
cpv-offered = Kodar som kan passe til «{ $query }»
cpv-offered-hint = Kryss av for dei som passar. Dei er med når du lagrar. Namna finst berre på bokmål.
cpv-more = { $count ->
    [one] Det er éin kode til. Skriv fleire ord for å få færre treff.
   *[other] Det er { $count } kodar til. Skriv fleire ord for å få færre treff.
}
cpv-nothing = Vi fann ingen kode for «{ $query }». Prøv eit anna ord, gjerne eit meir generelt.
