## My page for buyers

desk-hello = Hello, { $name }
desk-buyer-title = The needs of { $organisation }
desk-new-need = Describe a need
desk-trail = Events
desk-members = Members
desk-statistics = Your figures
desk-report = Report of the year (PDF)
desk-account = Account and password
desk-links = More

desk-next-title = Do this first
desk-next-none-title = Nothing is waiting for you
desk-next-none-text = You get an e-mail when responses or questions arrive.
desk-next-questions = { $count ->
    [one] One question awaits an answer
   *[other] { $count } questions await an answer
  }
desk-next-questions-why = Suppliers need the answer before the deadline.
desk-next-questions-action = Answer the question
desk-next-question-asked = Asked { $when }
desk-next-responses = { $count ->
    [one] One response is unread
   *[other] { $count } responses are unread
  }
desk-next-responses-why = Suppliers see when their response has been read.
desk-next-responses-action = Read the responses
desk-next-responses-new = { $count ->
    [one] 1 unread response
   *[other] { $count } unread responses
  }
desk-next-outcomes = { $count ->
    [one] One need lacks an outcome
   *[other] { $count } needs lack an outcome
  }
desk-next-outcomes-why = The deadline has passed. Tell those who took part what came of it, even if you go no further.
desk-next-outcomes-action = Tell the outcome
desk-next-outcome-passed = The deadline was { $when }
desk-next-outcome-waiting = { $count ->
    [0] No one has responded
    [one] 1 supplier is waiting
   *[other] { $count } suppliers are waiting
  }
desk-next-drafts = { $count ->
    [one] One draft is not published
   *[other] { $count } drafts are not published
  }
desk-next-drafts-why = Only your organisation can see drafts.
desk-next-draft-missing = { $count ->
    [one] One item is missing
   *[other] { $count } items are missing
  }
desk-next-draft-ready = Ready to publish
desk-next-draft-saved = Saved { $when }
desk-next-draft-untitled = Draft without a title
desk-next-draft-edit = Continue writing
desk-next-draft-preview = Preview and publish

desk-needs-title = All your needs
desk-needs-need = Need
desk-needs-status = Status
desk-needs-deadline = Deadline
desk-needs-no-deadline = Not set
desk-needs-followers = Followers
desk-needs-questions = Questions
desk-needs-responses = Responses
desk-buyer-empty-title = You have not described any needs yet
desk-buyer-empty-text = Start with something that bothers you in your daily work. A title is all you need to save a draft, and no one else sees it until you publish.
desk-buyer-empty-action = Describe your first need

## My page for suppliers

desk-supplier-title = The overview of { $organisation }
desk-supplier-profile = Supplier profile
desk-supplier-profile-title = Finish your profile
desk-supplier-profile-text = Tell what you can do and where you deliver. Then you hear about needs that fit.
desk-supplier-profile-action = Complete the profile
desk-supplier-find = Find needs
desk-supplier-deadline-title = Next deadline
desk-supplier-deadline-action = Respond to the need
desk-follows-title = Needs you follow
desk-follows-yours = Needs that you follow
desk-follows-none = You do not follow any needs yet. Press “Follow this need” on the page of a need to get an e-mail when something changes.
desk-follows-no-deadline = No deadline
desk-follows-stop-named = Stop following the need { $need }
desk-responses-title = Your responses
desk-responses-none = You have not sent any responses yet.
desk-response-sent = Sent { $when }
desk-response-status-sent = Sent, not read yet
desk-response-status-read = Read
desk-response-status-thanked = Thanks received
desk-response-status-outcome = Outcome: { $outcome }
desk-questions-title = Your questions
desk-questions-none = You have not asked any questions yet.
desk-question-waiting = Awaiting an answer
desk-question-answered = Answered { $when }
desk-question-asked = Asked { $when }
desk-matches-title = New needs that may suit you
desk-matches-none = No new needs fit your profile right now. We send an e-mail when there are some.
desk-matches-none-silent = No new needs fit your profile right now.
desk-silent-title = No e-mail about new needs
desk-silent-text = You have said no to e-mail about new needs. Your colleagues get it as before.
desk-silent-action = Get e-mail about new needs again
desk-supplier-empty-title = Here you see what you follow and have responded to
desk-supplier-empty-text = Find a need you can solve. A response can be written in ten minutes, and it does not bind you.
desk-supplier-empty-action = See the needs

## My page for advisers

desk-adviser-title = Overview for advisers
desk-adviser-lead = This is how it stands with the organisations you can see. Choose a figure to see the needs behind it.
desk-adviser-figures = Key figures
desk-adviser-figure-buyers = organisations have published needs
desk-adviser-figure-open = needs are open for responses
desk-adviser-figure-closing-soon = have a deadline in the next seven days
desk-adviser-figure-without-responses = open needs have no responses
desk-adviser-figure-without-outcome = are past the deadline without an outcome
desk-adviser-figure-unanswered = questions are unanswered
desk-adviser-portfolio = See all needs
desk-adviser-suppliers = See the suppliers

## My page for operations

desk-operator-title = Operations
desk-operator-outbox = E-mail
desk-operator-waiting = waiting
desk-operator-sent = sent in the last 24 hours
desk-operator-failed = failed
desk-operator-oldest = The oldest message has been waiting since { $when }.
desk-operator-outbox-open = Open the outbox
desk-operator-failed-open = See the messages that failed
desk-operator-people = Organisations and users
desk-operator-buyers = buyers
desk-operator-suppliers = suppliers
desk-operator-users = users
desk-operator-registrations = registrations wait to be confirmed
desk-operator-needs = published needs
desk-operator-links = Shortcuts
desk-operator-metrics = Metrics (Prometheus)
desk-operator-ready = Readiness
desk-operator-api = API documentation

## Members

desk-members-heading = Members of { $organisation }
desk-members-lead = These are the people here, and what they can do.
desk-members-list = Members
desk-members-name = Name
desk-members-email = E-mail
desk-members-role = Role
desk-members-since = Member since
desk-members-you = you
desk-members-role-admin = Administrator
desk-members-role-adviser = Adviser
desk-members-role-buyer = Buyer
desk-members-role-evaluator = Evaluator
desk-members-role-member = Member
desk-members-role-operator = Operator
desk-members-role-reader = Reader
desk-members-invitations = Invitations not used yet
desk-members-invitation-sent = Sent { $when }
desk-members-invitation-expires = Valid until { $when }
desk-members-invite-title = Invite a colleague
desk-members-invite-text = Your colleague gets a link by e-mail. The link can be used once and is valid for 14 days.
desk-members-alone = You are alone here. Invite a colleague, so that someone can answer when you are away.
desk-members-email-label = Your colleague’s e-mail address
desk-members-role-label = What should your colleague be able to do?
desk-members-role-hint-adviser-adviser = Adviser: see the needs of all organisations, and invite others
desk-members-role-hint-buyer-admin = Administrator: describe needs, publish, respond and invite others
desk-members-role-hint-buyer-buyer = Buyer: describe needs, publish and respond
desk-members-role-hint-buyer-evaluator = Evaluator: read and assess what suppliers answer, but not change anything
desk-members-role-hint-buyer-reader = Reader: see everything, but not change anything
desk-members-role-hint-operator-operator = Operator: watch over the service, and invite others
desk-members-role-hint-supplier-admin = Administrator: ask questions, respond, edit the profile and invite others
desk-members-role-hint-supplier-member = Member: ask questions, respond and edit the profile
desk-members-invite = Send invitation
desk-members-cannot = Only an administrator can invite, remove and change roles.
desk-members-actions = Action
desk-members-change = Change
desk-members-change-named = Change { $name }
desk-members-leave = Leave
desk-members-call-back = Call back
desk-members-call-back-named = Call back the invitation to { $email }

## One member

desk-member-you-title = You in { $organisation }
desk-member-role-title = Change the role
desk-member-role-you = What should you be able to do?
desk-member-role-other = What should { $name } be able to do?
desk-member-role-at-once = The new role applies at once.
desk-member-role-told = The new role applies at once, and { $name } gets an e-mail about it.
desk-member-role-save = Save the role
desk-member-remove-title = Remove { $name } from { $organisation }
desk-member-remove-access = { $name } loses access to { $organisation } at once.
desk-member-remove-kept = What { $name } has written for you stays.
desk-member-remove-told = { $name } gets an e-mail about it.
desk-member-remove-save = Remove from the organisation
desk-member-leave-title = Leave { $organisation }
desk-member-leave-access = You lose access at once. To get back in, someone must invite you.
desk-member-leave-kept = What you have written for the organisation stays.
desk-member-leave-told = The administrators get an e-mail about it.
desk-member-leave-alone = You are alone here. Once you have left, nobody can act for the organisation until those who run the service let someone in.
desk-member-leave-save = Leave the organisation
desk-member-last-title = You are the only administrator
desk-member-last-text = Someone must be able to invite new colleagues. Make someone else an administrator first. Then you can change your role or leave the organisation.
desk-member-last-action = Choose another administrator

## My page for those who belong nowhere

desk-alone-title = You are not a member of any organisation
desk-alone-invited = Should you belong to an organisation that uses Brobygger? Ask an administrator there to invite you. Open the link in the e-mail that you get, and you are in.
desk-alone-register = Is your company not here yet? Then you can register it.
