## Responding to a need

dialogue-respond-heading = Respond to the need
dialogue-respond-lead = Tell briefly how you can help. A good response can be written in ten minutes.
dialogue-respond-safe-title = Before you write
dialogue-respond-safe-offer = This is input, not a tender. It does not bind you, and you need not give a price.
dialogue-respond-safe-who = Only { $buyer } can read the response. Other suppliers see neither the response nor that you have sent one.
dialogue-respond-safe-access = Public bodies must consider giving access when someone asks. So write trade secrets in their own field.
dialogue-respond-from = You are responding as { $organisation }.
dialogue-respond-text-label = Your response
dialogue-respond-text-hint = How can you solve the problem? Who has used what you have, and what got better? What do you need to know more about?
dialogue-respond-confidential-fold = Add something confidential
dialogue-respond-confidential-label = Confidential part
dialogue-respond-confidential-hint = What could harm you in competition if others learn it, such as technical solution, customers or prices.
dialogue-respond-reason-label = Why is this confidential?
dialogue-respond-reason-hint = Covers the text above and files you mark as confidential. The buyer uses the reason if someone asks for access. For example: “Shows how the algorithm is built.”
dialogue-respond-files-fold = Attach files
dialogue-respond-files-text = At most three files, each up to { $max }. PDF, pictures, text documents, spreadsheets, presentations and video (MP4).
dialogue-respond-file-label = File { $number }
dialogue-respond-file-confidential = The file is confidential
dialogue-respond-submit-text = When you send, you get a receipt by e-mail. { $buyer } is told at once.
dialogue-respond-submit = Send the response
dialogue-respond-cancel = Cancel

## The responses to a need (buyer)

dialogue-responses-heading = Responses to the need
dialogue-responses-summary = { $total ->
    [one] One response
   *[other] { $total } responses
  }
dialogue-responses-unread = { $count ->
    [0] All are read
    [one] One is unread
   *[other] { $count } are unread
  }
dialogue-responses-unthanked = { $count ->
    [0] All have been thanked
    [one] One awaits thanks
   *[other] { $count } await thanks
  }
dialogue-responses-help = Read all the responses before you reply to anyone. A short thank-you is enough, and makes suppliers want to respond next time too.
dialogue-responses-supplier = Supplier
dialogue-responses-kind = Type
dialogue-responses-sent = Sent
dialogue-responses-status = Status
dialogue-responses-status-new = Unread
dialogue-responses-status-read = Read
dialogue-responses-status-thanked = Thanked
dialogue-responses-confidential = Has a confidential part
dialogue-responses-outcome = Tell the outcome
dialogue-responses-outcome-text = When you know what happens next, tell everyone who took part.
dialogue-responses-empty-title = No responses yet
dialogue-responses-empty-text = You get an e-mail when the first response arrives. Most respond in the last days before the deadline.
dialogue-responses-empty-action = See the need

## One response

dialogue-response-heading-buyer = Response from { $supplier }
dialogue-response-heading-supplier = Your response
dialogue-response-sent = Sent { $when }
dialogue-response-text = Response
dialogue-response-confidential = Confidential part
dialogue-response-confidential-note = The supplier considers this to be trade secrets. Do not share it with others. If someone asks for access, you decide.
dialogue-response-confidential-note-own = Only the buyer can see this. If someone asks for access, the buyer decides.
dialogue-response-reason = Reason: { $reason }
dialogue-response-attachments = Attachments
dialogue-response-supplement = Attach one more file
dialogue-response-supplement-file = File
dialogue-response-supplement-hint = Up to { $max }. The buyer is told. What you have sent before stays as it is.
dialogue-response-supplement-again = Choose the file again. The browser does not remember it when something must be corrected.
dialogue-response-supplement-reason = Why is the file confidential?
dialogue-response-supplement-reason-hint = Fill this in if you mark the file as confidential. The buyer uses the reason if someone asks for access. For example: “Shows how the algorithm is built.”
dialogue-response-supplement-reason-said = The reason you gave for what is confidential in the response covers this file too.
dialogue-response-supplement-submit = Attach
dialogue-response-attachment-confidential = Confidential
dialogue-response-status-title = Status of the response
dialogue-response-status-sent = Sent
dialogue-response-status-read = Read by the buyer
dialogue-response-status-thanked = Thanked
dialogue-response-status-outcome = Outcome told
dialogue-response-status-waiting = Not yet
dialogue-response-status-help = We send an e-mail when something happens. You do not need to ask.
dialogue-response-withdrawn = The buyer has withdrawn the need. The response is still here, but nothing more may come of it.
dialogue-response-thanks-from = Thanks from { $buyer }
dialogue-response-read-text = The supplier sees that the response has been read. It is not a judgement of the content.
dialogue-response-read-submit = Mark as read
dialogue-response-thank-title = Thank the supplier
dialogue-response-thank-label = Your thank-you
dialogue-response-thank-hint = One sentence is enough. Promise nothing, and give no information about the need that others have not been given.
dialogue-response-thank-example = Thank you for a clear response. We read all the responses together after the deadline and tell everyone what we go on with.
dialogue-response-thank-example-label = Show an example
dialogue-response-thank-submit = Send thanks
dialogue-response-thanked = Thanked { $when }
dialogue-response-back-list = All responses to the need

## Answering a question (buyer)

dialogue-answer-heading = Answer the question
dialogue-answer-question = The question
dialogue-answer-asked = Asked { $when }
dialogue-answer-anonymous = Everyone sees the question and the answer. No one else sees who asked.
dialogue-answer-equal-title = Everyone gets the same answer
dialogue-answer-equal-text = { $count ->
    [0] The answer becomes public on the need. Then all suppliers have the same information.
    [one] The answer becomes public on the need, and its one follower gets an e-mail. Then all suppliers have the same information.
   *[other] The answer becomes public on the need, and its { $count } followers get an e-mail. Then all suppliers have the same information.
  }
dialogue-answer-label = Your answer
dialogue-answer-hint = If you do not know yet, you can say so, and when you expect to know more.
dialogue-answer-changes = Does the answer change what the need says?
dialogue-answer-changes-link = Correct the need too
dialogue-answer-submit = Publish the answer
dialogue-answer-cancel = Cancel

## Telling the outcome (buyer)

dialogue-outcome-heading = Tell the outcome
dialogue-outcome-lead = Tell everyone who took part what came of it. It is fine if the answer is “nothing for now”.
dialogue-outcome-told-title = Who will be told
dialogue-outcome-told = { $count ->
    [0] No one has taken part or follows the need. The outcome becomes public on the need.
    [one] One who has responded, asked or follows the need gets an e-mail. The outcome also becomes public on the need.
   *[other] { $count } who have responded, asked or follow the need get an e-mail at the same time. The outcome also becomes public on the need.
  }
dialogue-outcome-closed = The need is marked “Concluded”, and no one can send new responses.
dialogue-outcome-kind-label = What was the outcome?
dialogue-outcome-kind-hint = Choose what is closest.
dialogue-outcome-kind-procurement = We announce a competition
dialogue-outcome-kind-direct-purchase = We make a direct purchase
dialogue-outcome-kind-pilot = We start a pilot
dialogue-outcome-kind-own-solution = We solve it ourselves
dialogue-outcome-kind-no-action = We are not going further now
dialogue-outcome-kind-other = Other
dialogue-outcome-text-label = Tell more
dialogue-outcome-text-hint = What did you learn, what happens now, and when? Do not write who sent what.
dialogue-outcome-text-example-label = Show an example
dialogue-outcome-text-example = We got 11 responses and learned that falls can be prevented, not only detected. We announce a competition on Doffin in March 2027. There we ask for fewer falls, and suppliers choose how.
dialogue-outcome-submit = Send the outcome to everyone
dialogue-outcome-cancel = Cancel
