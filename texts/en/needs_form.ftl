## Describing a need

needs-form-heading-new = Describe a need
needs-form-heading-draft = Continue your draft
needs-form-heading-withdrawn = Continue writing the need
needs-form-heading-published = Correct or change the need
needs-form-lead-new = Tell us what does not work and what should get better. The market can suggest the solution. You do not need to know procurement rules, and you can write a little at a time.
needs-form-lead-draft = Only your organisation can see the draft. Write a little at a time, and save whenever you like.
needs-form-lead-withdrawn = The need is withdrawn, and only your organisation can see it. Rewrite it, and publish it again when it is ready.
needs-form-lead-published = The need is published. What you change in the text and the attachments becomes public only when you press “Publish the change”.
needs-form-saved = Last saved { $when }

needs-form-safe-title = Safe to start
needs-form-safe-private-lead = Nothing is sent until you publish.
needs-form-safe-private-text = Until then, only your organisation can see the draft.
needs-form-safe-correct-lead = You can correct it later.
needs-form-safe-correct-text = Those who follow the need are told what you changed.
needs-form-safe-nobinding-lead = A need is not a competition.
needs-form-safe-nobinding-text = You ask for input, and you are not bound to buy anything.
needs-form-safe-public-lead = This becomes public when you publish:
needs-form-safe-public-text = everything you write in the form, the attachments and the contact person.
needs-form-safe-law = The rules let you talk to the market before you announce a competition. When everyone gets the same description, you also treat everyone equally.

needs-form-missing-title = Missing before you can publish
needs-form-missing-text = You can save the draft even if something is missing.
needs-form-missing-none-title = Ready to publish
needs-form-missing-none-text = Everything required is there. Look over the preview before you publish.
needs-form-advice-title = Advice on the text
needs-form-advice-text = Here the text may limit which solutions you are offered. You can publish without changing anything.

needs-form-conflict-title = { $who } has saved a newer version
needs-form-conflict-text = It was saved { $when }, while you were writing. Your text is still in the form here. Compare it with the newer version before you save, or you will replace it.
needs-form-conflict-link = Open the newer version in a new tab

needs-form-example = Show an example
needs-form-example-good = Describes the need
needs-form-example-bad = Locks the solution
needs-form-save-here = Save draft

needs-form-section-short-title = The need in brief
needs-form-section-short-text = This is the first thing suppliers see. You may want to write it last.
needs-form-title-label = Title
needs-form-title-hint = Say what should get better, and for whom. Do not name products or technology.
needs-form-title-good = Fewer falls at night among older people living at home
needs-form-title-bad = Procurement of a fall alarm app
needs-form-summary-label = Summary
needs-form-summary-hint = At most 150 words. Write so that someone who does not know you understands it.
needs-form-summary-good = Every year about 60 of the 210 people living at home who get night visits from us fall. Many lie there for a long time before anyone notices. We want fewer people to fall, and those who fall to get help within 15 minutes. We are open to every way of doing it.

needs-form-section-problem-title = The problem
needs-form-section-problem-text = Describe what is difficult, not what you want to buy. Then more people can suggest something you have not thought of.
needs-form-problem-label = What is the problem?
needs-form-problem-hint = What does not work, and what happens if you do nothing?
needs-form-problem-good = The night patrol visits each person twice. If someone falls between visits, it can take four hours before they are found. The falls lead to fractures, insecurity and more hospital stays. Without change, more people must move to an institution than we have room for.
needs-form-problem-bad = We lack a sensor system connected to the alarm centre.
needs-form-affected-label = Who is affected, and how many?
needs-form-affected-hint = Think of those who have the problem, their families and your staff. Rough numbers are good enough.
needs-form-affected-good = 210 people over 75 living at home with night visits, their families, and 14 staff in the night patrol.
needs-form-current-situation-label = How do you do it today?
needs-form-current-situation-hint = Describe how you work, the equipment and costs you have now, and what falls short.
needs-form-current-situation-good = Two cars drive fixed rounds between 22 and 07. People have an alarm, but most are unable to press it after a fall. Night visits cost about NOK 6.2 million a year.

needs-form-section-effects-title = What should get better
needs-form-section-effects-text = One effect is enough. A target makes it easier to see whether a solution really helps. If you do not know today’s figure, write “not measured”.
needs-form-effect-legend = Effect { $number }
needs-form-effect-add = Add an effect
needs-form-effect-metric-label = What will you measure?
needs-form-effect-metric-hint = For example: time from fall to help
needs-form-effect-baseline-label = Today
needs-form-effect-baseline-hint = For example: up to 4 hours
needs-form-effect-target-label = Target
needs-form-effect-target-hint = For example: under 15 minutes
needs-form-effect-by-label = By date
needs-form-effect-by-hint = An estimate is enough

needs-form-section-frame-title = What is fixed and what is open
needs-form-section-frame-text = Separate what is decided from what suppliers can influence. These points are optional.
needs-form-constraints-label = What must a solution take into account?
needs-form-constraints-hint = Laws, privacy, systems it must work with, buildings or equipment. Include only what is really fixed.
needs-form-constraints-good = The data is health data. People with dementia must be able to use the solution, and alerts must reach staff without mobile coverage in the upper valley.
needs-form-constraints-bad = The solution shall be cloud-based and have a 48-hour battery.
needs-form-tried-label = What have you tried?
needs-form-tried-hint = Include what did not work. It saves everyone time.
needs-form-tried-good = In 2024 we tested alarm mats with eight people. They gave so many false alarms that staff stopped responding.
needs-form-undecided-label = What is not decided yet?
needs-form-undecided-hint = This is what suppliers most want to talk to you about.
needs-form-undecided-good = We do not know whether to prevent falls or detect them faster, or whether to rent or own equipment.

needs-form-section-find-title = So the right people find the need
needs-form-section-find-text = Your choices decide who is told when you publish. Choose what is closest.
needs-form-areas-label = Priority area
needs-form-areas-hint = Choose one or more.
needs-form-region-label = Where does the need apply?
needs-form-region-hint = Your municipality is chosen for you.
needs-form-region-more-label = Other municipalities
needs-form-region-more-hint = Choose a municipality, and add it. It comes into the list above.
needs-form-region-more-none = Choose a municipality
needs-form-region-more-add = Add
needs-form-innovation-kind-label = What do you think you are looking for?
needs-form-innovation-kind-hint = Choose what seems most right now. The choice does not bind you.
needs-form-innovation-kind-innovation-friendly = We are open to both known and new solutions (innovation-friendly procurement)
needs-form-innovation-kind-innovative-solution = The solution probably exists, but is new to us (procurement of an innovative solution)
needs-form-innovation-kind-innovation = Something new must probably be developed (innovation procurement)
needs-form-cpv-label = CPV codes
needs-form-budget-amount-label = Estimated amount, excluding VAT
needs-form-budget-amount-hint = A rough estimate helps suppliers answer realistically. Write for example 500 000 or 1.5 million. Everyone will see the amount.
needs-form-budget-currency-label = Currency

needs-form-section-contact-title = Deadline and contact
needs-form-section-contact-text = Small companies need time. Allow three to four weeks, and avoid a deadline right after a holiday.
needs-form-response-deadline-date-label = Deadline, date
needs-form-response-deadline-date-hint = Last day to send a response
needs-form-response-deadline-time-label = Time
needs-form-response-deadline-time-hint = Norwegian time
needs-form-language-label = Language of the description
needs-form-language-hint = Suppliers can answer in Norwegian or English.
needs-form-language-nb = Norwegian (bokmål)
needs-form-language-nn = Norwegian (nynorsk)
needs-form-language-en = English
needs-form-contact-name-label = Contact person
needs-form-contact-name-hint = Everyone will see the name.
needs-form-contact-email-label = E-mail
needs-form-contact-email-hint = Use a shared address if several people should follow along.
needs-form-contact-phone-label = Phone
needs-form-contact-phone-hint = Suppliers can ask questions here on Brobygger, so everyone sees the answers.

needs-form-submit-title = What would you like to do now?
needs-form-submit-text = “Save and preview” shows the need as the market will see it. Nothing becomes public until you press “Publish the need”.
needs-form-save = Save draft
needs-form-preview = Save and preview
needs-form-publish = Publish the need
needs-form-change-title = Publish the change
needs-form-change-text = { $count ->
    [0] No one follows the need or has taken part in the dialogue yet. The change is still shown in the version history, and everyone can read the previous text.
    [one] One person gets your explanation by e-mail. Everyone can still read the previous text.
   *[other] { $count } people get your explanation by e-mail. Everyone can still read the previous text.
  }
needs-form-change-note-label = What have you changed, and why?
needs-form-change-note-hint = One or two sentences. For example: “The deadline is moved one week because several asked for more time.”
needs-form-change-publish = Publish the change
needs-form-cancel = Cancel and go back
needs-form-withdraw = Withdraw the need

needs-form-attachments-title = Attachments
needs-form-attachments-text = Optional. Attach what makes the problem easier to understand, such as pictures, maps or figures. Do not upload personal data.
needs-form-attachments-draft = The attachments become public when you publish.
needs-form-attachments-published = New attachments become public when you publish the change. An attachment that you remove is no longer part of the need, but everyone can still read it in the earlier versions.
needs-form-attachments-later = Save the draft first. Then you can attach files here.
needs-form-attachments-none = No attachments yet.
needs-form-attachments-file-label = Choose files
needs-form-attachments-file-hint = PDF, picture, text document, spreadsheet, presentation or video (MP4), at most { $max } each. You can choose { $count } at a time.
needs-form-attachments-upload = Upload
needs-form-attachments-remove = Remove
needs-form-attachments-remove-named = Remove { $name }

## Preview

needs-preview-heading = How the market sees the need
needs-preview-text = This is a preview. Only people in { $organisation } can see it.
needs-preview-ready-title = Ready to publish
needs-preview-ready-text = This happens when you publish:
needs-preview-ready-public = Everyone on Brobygger can see the need and the contact person.
needs-preview-ready-told = { $count ->
    [0] No suppliers have asked to hear about needs like this yet, but everyone can find it by searching.
    [one] One supplier who asked to hear about needs like this gets an e-mail.
   *[other] { $count } suppliers who asked to hear about needs like this get an e-mail.
  }
needs-preview-ready-correct = You can correct the text later. Everyone sees what has changed.
needs-preview-publish = Publish the need
needs-preview-edit = Continue writing
needs-preview-end = After the preview
needs-preview-end-text = Does it look right?
needs-preview-missing-title = Missing before you can publish
needs-preview-missing-text = What you have written is saved. Press an item to fill it in.
needs-preview-not-written = Not written yet
needs-preview-frame-label = Preview of the need
needs-preview-deadline = Deadline

## Deleting a draft

needs-delete-link = Delete the draft
needs-delete-heading = Delete the draft?
needs-delete-consequences = This happens when you delete the draft
needs-delete-gone = { $count ->
    [0] Everything that is written is gone. It cannot be brought back.
    [one] Everything that is written and the attachment are gone. They cannot be brought back.
   *[other] Everything that is written and the { $count } attachments are gone. They cannot be brought back.
}
needs-delete-colleagues = It is gone for your colleagues too. Nobody else has seen the draft.
needs-delete-trail = The events still show that { $reference } existed, and who deleted it.
needs-delete-submit = Delete the draft
needs-delete-cancel = Keep the draft

## Withdrawing a need

needs-withdraw-heading = Withdraw the need
needs-withdraw-text = Withdraw the need if it is no longer relevant. If you know what happens next, it is better to tell the outcome.
needs-withdraw-outcome-link = Tell the outcome instead
needs-withdraw-consequences = This happens when you withdraw the need
needs-withdraw-visible = The need is no longer visible to anyone but you. It is not deleted.
needs-withdraw-closed = No one can send new responses or questions.
needs-withdraw-told = { $count ->
    [0] No one follows or has answered the need, so no one gets an e-mail.
    [one] One person who follows or has answered the need gets your reason by e-mail.
   *[other] { $count } who follow or have answered the need get your reason by e-mail.
  }
needs-withdraw-reason-label = Why are you withdrawing the need?
needs-withdraw-reason-hint = The reason goes to those who follow the need or took part in the dialogue. For example: “The council has postponed the project until 2028.”
needs-withdraw-submit = Withdraw the need
needs-withdraw-cancel = Keep the need

## Joining a need

needs-join-heading = Join the need
needs-join-lead = Do you have the same need? Join, and suppliers will see that more buyers need a solution.
needs-join-means-title = What joining means
needs-join-means-visible = { $organisation } and the volume you give are shown on the need.
needs-join-means-dialogue = You will be told the outcome when { $buyer } has concluded.
needs-join-means-free = You are not bound to buy anything.
needs-join-others = Already in
needs-join-others-none = No one else has joined yet.
needs-join-volume-label = How large is the need where you are?
needs-join-volume-hint = For example: 45 people living at home with night visits. Rough is good enough.
needs-join-submit = Join
needs-join-cancel = Cancel
