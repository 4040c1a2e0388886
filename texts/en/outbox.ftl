## The outbox

outbox-heading = Outbox
outbox-lead = All e-mail that Brobygger is to send. Addresses are masked to protect the recipients.
outbox-filter = Show messages
outbox-filter-all = All
outbox-status-waiting = Waiting
outbox-status-sent = Sent
outbox-status-failed = Failed
outbox-when = Created
outbox-to = To
outbox-subject = Subject
outbox-status = Status
outbox-attempts = Attempts
outbox-next-try = Next try
outbox-next-try-none = None
outbox-reason = Reason: { $reason }
outbox-retry = Send again
outbox-retry-named = Send again: { $subject }
outbox-actions = Action
outbox-empty-title = No messages here
outbox-empty-text = When something is to be sent by e-mail, it appears here.
outbox-empty-action = To My page
outbox-status-sending = Being sent
outbox-subject-gone = The subject has been deleted
