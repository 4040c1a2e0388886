# E-mail: why you get it, and what stands at the foot. The messages themselves are in templates/mail.
mail-footer-sender = This e-mail was sent automatically from Brobygger.
mail-footer-settings = Change your language or account

mail-why-identity-confirm-email = You get this e-mail because someone wants to register a company with your address.
mail-why-identity-reset-password = You get this e-mail because someone asked for a new password for your account.
mail-why-identity-already-registered = You get this e-mail because someone has tried to register a company with your address.
mail-why-identity-one-more-organisation = You get this e-mail because someone wants to register a company with your address.
mail-why-identity-organisation-taken = You get this e-mail because someone has tried to register an organisation with your address.
mail-why-tenancy-invitation = You get this e-mail because someone has invited you.
mail-why-tenancy-member-joined = You get this e-mail because you are an administrator of your organisation.
mail-why-needs-published-receipt = You get this e-mail because your organisation has published the need.
mail-why-needs-matching-profile = You get this e-mail because you want to be told of new needs that fit your profile.
mail-why-needs-corrected = You get this e-mail because you follow the need or have taken part in the dialogue about it.
mail-why-needs-withdrawn = You get this e-mail because you follow the need or have taken part in the dialogue about it.
mail-why-needs-joined = You get this e-mail because your organisation owns the need.
mail-why-dialogue-question-asked = You get this e-mail because your organisation owns the need.
mail-why-dialogue-question-answered = You get this e-mail because you follow the need or have asked a question.
mail-why-dialogue-response-received = You get this e-mail because your organisation owns the need.
mail-why-dialogue-response-supplemented = You get this e-mail because your organisation owns the need.
mail-why-dialogue-response-receipt = You get this e-mail because your company has responded to the need.
mail-why-dialogue-response-read = You get this e-mail because your company has responded to the need.
mail-why-dialogue-thanked = You get this e-mail because your company has responded to the need.
mail-why-dialogue-outcome = You get this e-mail because you follow the need or have taken part in the dialogue about it.
reason-area = The need is about the strategic area “{ $area }”.
reason-region = The need is about a place where you deliver: { $region }.
reason-everywhere = You deliver in the whole country.
