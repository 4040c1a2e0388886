# The list of needs, one need and its versions.
needs-index-hero = The public sector needs solutions. You may have one of them.
needs-index-hero-lead = Here municipalities and other public bodies say what they need, before they decide what to buy. Startups, social entrepreneurs and established companies can ask, suggest and respond.
needs-index-steps-label = How it works
needs-index-step-one = The buyer describes the need
needs-index-step-one-text = What is the problem, who is affected, and what should get better? Not which solution it has to be.
needs-index-step-two = The market asks and responds
needs-index-step-two-text = Everyone sees the same answers. You can mark trade secrets as confidential.
needs-index-step-three = Everyone learns how it ends
needs-index-step-three-text = A competition, a pilot or something else? Everyone who responded is told.
needs-index-title = Needs in the public sector
needs-index-q = Search needs
needs-index-region = County
needs-index-area = Strategic area
needs-index-search = Search
needs-index-more = More filters
needs-index-status = Status
needs-index-deadline-before = Deadline before
needs-index-cpv = CPV code
needs-index-sort = Sort by
needs-index-clear = Clear search and filters
needs-index-empty-title = No needs match your search
needs-index-empty-text = Try another word, or remove some of the filters.
needs-index-found = From the description:
needs-index-total = { $count ->
    [one] { $count } need
   *[other] { $count } needs
}
needs-index-any-region = All counties
needs-index-any-area = All areas
needs-index-sort-deadline = Nearest deadline first
needs-index-sort-newest = Newest first
needs-index-status-published = Published
needs-index-status-concluded = Concluded
needs-index-sort-relevance = Best match first

needs-status-draft = Draft
needs-status-published = Open for responses
needs-status-closed = Deadline has passed
needs-status-withdrawn = Withdrawn
needs-status-concluded = Concluded
needs-status-any = All
needs-area-smidig = Agile
needs-area-samskapende = Co-creating
needs-area-smart = Smart
needs-area-gront_skifte = Green transition
needs-area-helse_i_alt = Health in everything we do
needs-innovation-innovation_friendly = Innovation-friendly procurement
needs-innovation-innovation = Procurement of innovation
needs-innovation-innovative_solution = Procurement of an innovative solution
needs-outcome-procurement = A competition is coming
needs-outcome-direct_purchase = Direct purchase
needs-outcome-pilot = Pilot
needs-outcome-own_solution = The buyer solves it without a supplier
needs-outcome-no_action = Nothing will be done now
needs-outcome-other = Other

needs-show-back = All needs
needs-show-published = Published
needs-show-actions-label = Deadline, actions and facts
needs-show-own-response = See your response
needs-show-own-response-text = You sent a response on { $date }.
needs-show-respond = Respond to the need
needs-show-publish = Preview and publish
needs-show-see-responses = { $count ->
    [0] No responses yet
   *[other] Read the responses ({ $count })
}
needs-show-edit = Edit
needs-show-conclude = Tell the outcome
needs-show-join = Join this need
needs-show-ask-jump = Ask a question
needs-show-follow = Follow this need
needs-show-unfollow = Stop following
needs-show-withdraw = Withdraw the need
needs-show-anonymous = Log in to follow this need, ask questions or respond. It is free.
needs-show-facts = Facts
needs-show-buyer = Buyer
needs-show-contact = Contact
needs-show-budget = Budget
needs-show-region = Place
needs-show-cpv = Category (CPV)
needs-show-interest = Interest
needs-show-version = Version
needs-show-version-number = Version { $number }
needs-show-versions = See all versions
needs-show-outcome = Outcome
needs-show-outcome-link = Read more about the outcome
needs-show-withdrawn = The need was withdrawn
needs-show-problem = What is the problem?
needs-show-affected = Who is affected?
needs-show-current = How it is today
needs-show-effects = What we want to achieve
needs-show-effects-text = This is how we measure whether a solution works.
needs-show-effect-metric = What we measure
needs-show-effect-baseline = Today
needs-show-effect-target = Goal
needs-show-effect-by = By
needs-show-constraints = Limits we must keep within
needs-show-tried = What we have tried
needs-show-undecided = What we have not decided
needs-show-joiners = Others have the same need
needs-show-joiners-text = These bodies have joined, and will also be told the outcome.
needs-show-attachments = Attachments
needs-show-next = What happens next?
needs-show-next-dialogue = Dialogue with the market
needs-show-next-dialogue-text = You can ask and respond until the deadline. The buyer answers in public, so everyone knows the same.
needs-show-next-reading = The buyer reads the responses
needs-show-next-reading-text = The buyer may thank you, ask more or invite you to talk.
needs-show-next-outcome = The outcome is published
needs-show-next-outcome-text = Everyone who responded, asked or followed is told what became of the need.
needs-show-questions = Questions and answers
needs-show-questions-text = Everyone can see the questions that have been answered. Only the buyer sees who asked.
needs-show-unanswered = { $count ->
    [one] One question is waiting for an answer
   *[other] { $count } questions are waiting for an answer
}
needs-show-unanswered-own = Questions you have asked
needs-show-answered = Answered questions
needs-show-answer = Answer the question
needs-show-waiting = The buyer has not answered yet. You will get an e-mail when the answer comes.
needs-show-question = Question
needs-show-question-own = your question
needs-show-answer-from = Answer from { $name }
needs-show-questions-waiting = { $count ->
    [one] One question is waiting for an answer.
   *[other] { $count } questions are waiting for an answer.
}
needs-show-no-questions = No questions have been answered yet.
needs-show-ask = Ask a question
needs-show-ask-label = What would you like to know?
needs-show-ask-hint = The question and the answer will be visible to everyone. Do not write trade secrets or who you are.
needs-show-ask-send = Send the question
needs-banner-draft = This is a draft. Only your organisation can see it.
needs-withdrawn-text = { $buyer } withdrew this need ({ $reference }) on { $when }. It is no longer possible to ask questions or respond.
needs-withdrawn-reason = Reason
needs-banner-withdrawn = The need has been withdrawn. Only your organisation can see it.
needs-banner-concluded = The need is concluded. The outcome is below.

needs-versions-title = Versions of the need
needs-versions-lead = Every change of the text or the attachments after publication becomes a new version. Old versions stay, with their attachments, and everyone who follows the need is told.
needs-versions-current = Current
needs-versions-changed = Changed
needs-version-title = Version { $number } of “{ $title }”
needs-version-old = This is not the current version.
needs-version-newest = Go to the current one
needs-version-changes = What was changed
needs-version-before = Before
needs-version-after = After
needs-version-nothing = Nothing
needs-version-text = The whole text of this version

# The list for other programs: a feed, and a frame on another site.
needs-feed-link = Follow this list in a feed reader (Atom)
needs-feed-rss-link = Follow it as RSS
needs-feed-subtitle = Needs of public buyers, described without saying how to solve them.
needs-feed-title = Open needs
needs-framed-all = See all at Brobygger
needs-framed-empty = No needs are open right now.
needs-framed-title = Open needs
