# The frame around every page, and texts that several pages share.
layout-brand = Brobygger
layout-tagline = Public bodies say what they need. Startups and companies answer with solutions.
layout-skip = Skip to main content
layout-menu = Menu
layout-nav-label = Main menu
layout-nav-needs = Needs
layout-nav-suppliers = Suppliers
layout-nav-portfolio = Adviser overview
layout-nav-about = About Brobygger
layout-my-page = My page
layout-account = Account and password
layout-switch-organisation = Switch organisation
layout-log-in = Log in
layout-log-out = Log out
layout-register = Register company
layout-footer-label = About this site
layout-language-label = Language
layout-language-footer = Language, bottom of page
layout-about = About Brobygger
layout-privacy = Privacy
layout-accessibility = Accessibility
layout-api = API for developers
layout-optional = (optional)
layout-error-summary = Correct this before you go on
layout-deadline = Response deadline
layout-deadline-passed = The deadline has passed
layout-deadline-soon = The deadline is near
layout-deadline-none = No deadline
layout-followers = { $count ->
    [one] { $count } follower
   *[other] { $count } followers
}
layout-questions = { $count ->
    [one] { $count } question
   *[other] { $count } questions
}
layout-pagination = Browse the list
layout-first-page = To the first page
layout-next-page = Show next page
layout-save = Save
layout-cancel = Cancel
layout-nav-outbox = Outbox
layout-no-organisation = No organisation

# Amounts, days and times.
layout-amount = { $amount } excl. VAT
layout-day-and-time = { $day } at{"\u00A0"}{ $time }
layout-date-time = { $day } at{"\u00A0"}{ $time } (Norwegian{"\u00A0"}time)
