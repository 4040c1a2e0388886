# The report of a year (PDF).
statistics-report-title = Statistics for { $year }
statistics-report-number = Organisation number
statistics-report-period = Period
statistics-report-made = Made
statistics-report-sources = Sources
statistics-report-source-cases = Needs and dialogue in Brobygger, as they were on { $at }
statistics-report-source-notices = Notices in Doffin and TED, the last of them from { $day }
statistics-report-source-invented = Invented notices, the last of them from { $day }
statistics-report-source-no-notices = Notices in Doffin and TED: none have been brought in yet
statistics-report-invented = All figures are invented. This report was made to show Brobygger.
statistics-report-unfinished = The year is not over. The report shows what has happened up to and including { $day }.
statistics-report-summary = In short
statistics-report-contents = Contents
statistics-report-own = The organisation
statistics-report-key-figures = Key figures
statistics-report-figures = Figure by figure
statistics-report-divided = Divided by { $by }
statistics-report-nothing = There is nothing to count this figure over in the period.
statistics-report-chart = Column chart by quarter: { $indicator }. The figures are in the table beside it.
statistics-report-chart-compared = Column chart by quarter: { $indicator }. Columns for { $selected } and rings for { $peers }. The figures are in the table beside it.
statistics-report-link = See the same figures on the website
statistics-report-page = Page { $page } of { $pages }
statistics-report-cases = Needs in Brobygger
statistics-report-cases-lead = The needs that the organisation itself published in Brobygger this year, and the dialogue about them. They are not part of the figures on notices.
statistics-report-cases-none = The organisation published no needs in Brobygger this year. When you publish a need, the report shows how many respond, who they are, and what came of it.
statistics-report-exact = The numbers of suppliers are exact, even when they are small. Think of those who have responded before you share the report with others.
statistics-report-notices = Notices
statistics-report-notices-lead = Notices in Doffin and TED from the municipality of { $place }, and from other buyers there that use Brobygger.
statistics-report-notices-lead-invented = Invented notices from the municipality of { $place }, and from other buyers there.
statistics-report-notices-none = There are no notices from { $place } this year among those that have been brought in. Choose another year, or ask whoever runs Brobygger whether all notices are there.
statistics-report-notices-own-lead = Notices in Doffin and TED in which the organisation is the buyer.
statistics-report-notices-own-lead-invented = Invented notices in which the organisation is the buyer.
statistics-report-notices-own-none = There are no notices from the organisation this year among those that have been brought in. Choose another year, or ask whoever runs Brobygger whether all notices are there.
statistics-report-told-cases = { $count ->
    [0] The organisation published no needs in Brobygger in { $year }.
    [one] The organisation published one need in Brobygger in { $year }.
   *[other] The organisation published { $number } needs in Brobygger in { $year }.
  }
statistics-report-told-participants = On average, { $value } suppliers responded to each need.
statistics-report-told-startups = { $value } of the suppliers that responded were startups.
statistics-report-told-outcome = The outcome has been told for { $value } of the needs whose deadline has passed.
statistics-report-told-competitions = { $count ->
    [0] { $place }: no competitions were announced in { $year }.
    [one] { $place }: one competition was announced in { $year }.
   *[other] { $place }: { $number } competitions were announced in { $year }.
  }
statistics-report-told-estimated = The competitions that state a value are estimated at { $value } in all.
statistics-report-told-innovation = { $value } of the competitions used a procedure made for innovation.
statistics-report-told-before = { $value } of the competitions pointed at an earlier notice.
statistics-report-told-single = { $value } of the lots received only one tender.
statistics-report-told-sme = { $value } of the winners were small or medium-sized enterprises.
statistics-report-told-days = It took { $value } days from the deadline for tenders until the winner was chosen (median).
statistics-report-told-country = The whole country: { $value }.
statistics-report-reading = How to read the figures
statistics-report-reading-apart = Needs in Brobygger and notices in Doffin and TED are counted separately and never added together.
statistics-report-reading-once = Each notice counts once, in its last version. It belongs to the quarter and the month in which it was sent.
statistics-report-reading-base = “Base” is the number that the figure is divided by or summed over. What a notice does not state is left out.
statistics-report-reading-none = A dash (–) means that there is nothing to count over. Zero means that it was counted, and that the answer is zero.
statistics-report-reading-few = When a figure is counted over few, one notice more or less can change it a lot. Always look at what it is counted over.
statistics-report-reading-compared = The columns show the selection, and the rings show the whole country in the same period. Where it says “the others”, the selection itself is left out. Of needs in Brobygger it is included. Behind the figures that are compared with, the base stands in brackets. Sums and numbers are compared in the tables only, as they grow with how many there are.
statistics-report-reading-references = Under some of the figures stands what others have found. They have counted in their own way, and their figures are not mixed with ours.
statistics-report-definitions-lead = All indicators in the report and on the website.
statistics-report-heading = Yearly report
statistics-report-about = A PDF with the figures of a whole year: the organisation’s needs in Brobygger and the municipality’s notices, compared with the county and the country.
statistics-report-year = Year
statistics-report-download = Download the report
statistics-file-report = PDF: report for { $year }
