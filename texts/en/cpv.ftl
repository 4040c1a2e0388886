# Finding the code for what is to be bought.
cpv-hint = Eight digits, with commas between the codes. If you do not know the code, you can search for it below. If you are unsure, leave the field empty.
cpv-find-label = Find a CPV code
cpv-find-hint = Write what it is about, for example wheelchair or cleaning. Whatever else you have written in the form stays.
cpv-find-button = Find codes
cpv-offered = Codes that may fit “{ $query }”
cpv-offered-hint = Tick those that fit. They are included when you save.
cpv-more = { $count ->
    [one] There is one more code. Write more words to get fewer hits.
   *[other] There are { $count } more codes. Write more words to get fewer hits.
}
cpv-nothing = We found no code for “{ $query }”. Try another word, a more general one perhaps.
