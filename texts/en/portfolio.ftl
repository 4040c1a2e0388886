# The advisers' overview of needs across all organisations.
portfolio-title = Adviser overview
portfolio-lead = Published needs in all organisations, with the interest from the market. Only the buyer sees what the responses say.
portfolio-totals = Number of needs by status
portfolio-filter = Show
portfolio-table = Needs with interest from the market
portfolio-need = Need
portfolio-followers = Followers
portfolio-questions = Questions
portfolio-unanswered = Unanswered
portfolio-responses = Responses
portfolio-any-buyer = All buyers
