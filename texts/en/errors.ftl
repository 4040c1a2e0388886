# What stands at a field (error), after something was done (flash), and when something cannot be done (problem). Alphabetical.
error-control-character = The text contains an invisible character. Write it again.
error-current-password-required = Write your current password.
error-current-password-wrong = The password is wrong.
error-email = Write a valid e-mail address, such as name@company.no.
error-email-already-member = This colleague is a member already.
error-email-not-confirmed = Confirm your e-mail before you log in. Open the link we have sent you, or choose “Forgotten your password?” to get a new one.
error-email-required = Write an e-mail address.
error-kind-required = Choose what kind of company you are.
error-name-required = Write your name.
error-new-password-required = Write a new password.
error-one-line = Write it on one line.
error-organisation-name-required = Write the name of the company.
error-organisation-number-nine-digits = An organisation number has nine digits.
error-organisation-number-no-such-number = There is no such organisation number. Check it for typing errors.
error-organisation-number-required = Write the organisation number.
error-organisation-number-taken = The company is registered already. Ask a colleague to invite you, or choose “Forgotten password” if it was you who registered it.
error-organisation-number-test-number = This organisation number is for tests only. Write the real one.
error-password-required = Write the password.
error-password-short = The password must have at least { $min } characters.
error-password-simple = The password is too simple. Use more different characters.
error-password-wrong-login = The e-mail or the password is wrong.
error-region-required = Choose a county.
error-required = Fill in this field.
error-role-required = Choose what your colleague should be able to do.
error-too-long = The text has { $length } characters. It cannot have more than { $max }.
error-unknown = Choose one of the options in the list.
error-wait = Too many attempts. { $minutes ->
    [one] Wait one minute
   *[other] Wait { $minutes } minutes
  } and try again.
flash-account-saved = Your changes are saved.
flash-invitation-accepted = Welcome! You are a member now.
flash-logged-out = You are logged out.
flash-member-invited = The invitation is sent.
flash-organisation-switched = You have switched organisation.
flash-password-changed = Your password is changed, and you are logged out on all other devices.
flash-password-reset = The password is saved. You can log in.
problem-already-member = You are already a member of the organisation.
problem-email-not-confirmed = Confirm your e-mail before you log in.
problem-form-expired = The form is too old. Go back, reload the page and send it once more.
problem-invalid = Something must be corrected
problem-invitation-expired = The invitation is too old. Ask for a new one from the person who invited you.
problem-invitation-used = The invitation has been used.
problem-link-expired = The link has been used or is too old.
problem-too-many-attempts = Too many attempts. Wait a little and try again.
problem-unauthenticated = You must log in
problem-wrong-login = The e-mail or the password is wrong
