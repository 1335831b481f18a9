"""Dates that changed: days, months, years, days of the week. Values compared, not spellings."""

from app.collation.findings.quantities import matching, parse
from app.collation.findings.quantities.report import report
from app.collation.findings.rule import Kind, RowContext, Rule
from app.collation.model import Finding


def find(row: RowContext) -> list[Finding]:
    """Return a finding for each date that another took the place of, or that one side lacks."""
    return report(row.passage, row.drifted, "date")


RULE = Rule(
    kind="date",
    names=("date-changed", "date-one-sided"),
    find=find,
    min_kept_share=parse.MIN_KEPT_SHARE,
    max_run=matching.MAX_RUN,
)
KIND = Kind(
    rules=(RULE,),
    heading="Date differs",
    plural="Dates",
    nouns=("date", "dates"),
    is_named_when_absent=True,
    looked_for=(
        "Another day, month, quarter, year, era or day of the week, or one on one side only; early for late; one "
        "time relative to the day of writing in place of another (last week, tomorrow, earlier this year). All but "
        "early and late are read in 55 languages."
    ),
    ignored=(
        "The way a date is written. A date in figures agrees if either reading does: 2/1 is the second of "
        "January or the first of February. Last week and a week ago; today and this week; last year beside 2019."
    ),
    reported=(
        ("He left on July 26.", "He left on July 20.", "date changed: July 26 → July 20"),
        ("He left on 3 May 2020.", "He left on 3 May 2021.", "date changed: 3 May 2020 → 3 May 2021"),
        ("He left on July 26.", "He left on June 26.", "date changed: July 26 → June 26"),
        ("He left on Monday.", "He left on Friday.", "date changed: Monday → Friday"),
        ("He left in 1981.", "He left in 1982.", "date changed: 1981 → 1982"),
        ("He left in May.", "He left in March.", "date changed: May → March"),
        ("He left on July 26.", "He left one day.", "date on one side only: July 26"),
        ("It sank in early March.", "It sank in late March.", "date changed: early March → late March"),
        ("It fell in Q3.", "It fell in Q4.", "date changed: Q3 → Q4"),
        ("It was built in 200 BC.", "It was built in 200 AD.", "date changed: 200 BC → 200 AD"),
        ("Der Zug fiel am 5. Mai aus.", "Der Zug fiel am 5. Juni aus.", "date changed: 5. Mai → 5. Juni"),
        ("Суд начнётся в среду.", "Суд начнётся в пятницу.", "date changed: среду → пятницу"),
        ("会议将于周三举行。", "会议将于周四举行。", "date changed: 周三 → 周四"),
        ("The kiln closed last month.", "The kiln closed last week.", "date changed: last month → last week"),
        ("The kiln opens tomorrow.", "The kiln opens today.", "date changed: tomorrow → today"),
        (
            "It sank earlier this year.",
            "It sank later this year.",
            "date changed: earlier this year → later this year",
        ),
        ("It will end in the coming year.", "It will end in the coming decade."),
        ("Der Ofen ging letzte Woche aus.", "Der Ofen ging letzten Monat aus."),
        ("Печь закрыли вчера.", "Печь закрыли сегодня.", "date changed: вчера → сегодня"),
    ),
    not_reported=(
        ("It sank in late May.", "It sank at the end of May."),
        ("It fell in Q3.", "It fell in the third quarter."),
        ("It rose in FY23.", "It rose in fiscal 2023."),
        ("He left in ’89.", "He left in 1989."),
        ("It was built in 200 BC.", "It was built in 200 BCE."),
        ("It is from the 19th century.", "It is from the 1800s."),
        ("Le port a fermé le 3 février 2020.", "Le port a fermé le 3 févr. 2020."),
        ("Strajk zaczął się 5 września 2021.", "Strajk zaczął się 5.09.2021."),
        ("La mer est calme ce soir.", "La mer est belle ce soir."),
        ("He left on Feb. 1.", "He left on 1 February."),
        ("He left on February 1.", "He left on February 1st."),
        ("He left on February 1.", "He left on the first of February."),
        ("He left on 1 February 2024.", "He left on 2024-02-01."),
        ("He left on 1 February 2024.", "He left on 01/02/2024."),
        ("He left on 1 February 2024.", "He left on 2/1/2024."),
        ("In the 1990s prices fell.", "In the nineties prices fell."),
        ("In the 1990s prices fell.", "In the '90s prices fell."),
        ("In the 18th century it was new.", "In the XVIII century it was new."),
        ("It grew in 2021-2022.", "It grew in 2021–22."),
        ("It began in 2004.", "It began in FY2004."),
        ("The Olympics of 2024 begin.", "The 2024 Olympics begin."),
        ("He may leave in March.", "He might leave in March."),
        ("He left a week ago.", "He left last week."),
        ("He left twelve months ago.", "He left a year ago."),
        ("The sale is tonight.", "The sale is this evening."),
        ("He left earlier this year.", "He left last month."),
        ("Der Ofen ging letzte Woche aus.", "Der Ofen ging in der vergangenen Woche aus."),
    ),
)
