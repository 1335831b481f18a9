"""Numbers that changed: amounts, shares, sums of money, measures, times of the day. Values compared, not spellings."""

from app.collation.findings.quantities import matching, parse
from app.collation.findings.quantities.report import report
from app.collation.findings.rule import Kind, RowContext, Rule
from app.collation.model import Finding


def find(row: RowContext) -> list[Finding]:
    """Return a finding for each number that another took the place of, or that one side lacks."""
    return report(row.passage, row.drifted, "number")


RULE = Rule(
    kind="number",
    names=("number-changed", "number-one-sided", "bound-changed"),
    find=find,
    min_kept_share=parse.MIN_KEPT_SHARE,
    max_run=matching.MAX_RUN,
)
KIND = Kind(
    rules=(RULE,),
    heading="Number differs",
    plural="Numbers",
    nouns=("number", "numbers"),
    headings={"bound-changed": "Bound of a number differs"},
    is_named_when_absent=True,
    looked_for=(
        "An amount, share, sum of money, measure or time of day with another value, or on one side only; another "
        "bound of the same amount (at least, up to, nearly). "
        "Figures are read in any language; numbers in words and millions in 47 (tools/cldr.py)."
    ),
    ignored=(
        "Spelling: values are compared, in figures or words, with units converted. The number of a name "
        "(F-16), and words that are not surely numbers (no one, at first). In texts put in other words as a whole, "
        "a number that one side lacks with its clause."
    ),
    reported=(
        ("The fleet lost 4 ships.[2]", "The fleet lost 5 ships.[3]", "number changed: 4 → 5"),
        ("Rule 12) was used 30 times.", "Rule 12) was used 40 times.", "number changed: 30 → 40"),
        (
            "At least 14 miners are trapped.",
            "Up to 14 miners are trapped.",
            "bound changed: At least 14 → Up to 14",
        ),
        ("No fewer than 30 towns applied.", "No more than 30 towns applied."),
        ("The repairs will take up to six weeks.", "The repairs will take six weeks."),
        ("Tenants with 10 or more years pay.", "Tenants with 10 or fewer years pay."),
        ("Nearly 700 homes lost power.", "More than 700 homes lost power."),
        ("They won 3-2.", "They won 2-3.", "number changed: 3-2 → 2-3"),
        ("It cost $5 million.", "It cost A$5 million.", "number changed: $5 million → A$5 million"),
        ("Henry VII built it.", "Henry VIII built it.", "number changed: VII → VIII"),
        ("It grew by 3 percent.", "It grew by –3 percent.", "number changed: 3 → –3"),
        ("About ½ stayed.", "About ¼ stayed.", "number changed: ½ → ¼"),
        ("It rose 345 percent.", "It rose 354 percent.", "number changed: 345 → 354"),
        ("It cost five million.", "It cost six million.", "number changed: five million → six million"),
        ("It cost $5 million.", "It cost $5 billion.", "number changed: $5 million → $5 billion"),
        ("It cost $700.", "It cost €700.", "number changed: $700 → €700"),
        (
            "It rose 5 percent.",
            "It rose 5 percentage points.",
            "number changed: 5 percent → 5 percentage points",
        ),
        ("It lies 5 miles off.", "It lies 5 km off.", "number changed: 5 miles → 5 km"),
        ("It took 5 days.", "It took 5 weeks.", "number changed: 5 days → 5 weeks"),
        ("Fourteen schools closed.", "Eleven schools closed.", "number changed: Fourteen → Eleven"),
        ("It was -5 degrees.", "It was 5 degrees.", "number changed: -5 → 5"),
        ("At 8:30 a.m. it burned.", "At 8:30 p.m. it burned.", "number changed: 8:30 a.m. → 8:30 p.m."),
        ("At 15:50 it burned.", "At 14:50 it burned.", "number changed: 15:50 → 14:50"),
        ("The first man won.", "The second man won.", "number changed: first → second"),
        ("They tested for Covid-19.", "They tested for Covid-22.", "number changed: Covid-19 → Covid-22"),
        ("In the 1920s it grew.", "In the 1940s it grew.", "number changed: 1920s → 1940s"),
        ("It won 14-0.", "It won 16-0.", "number changed: 14 → 16"),
        ("Thousands of them fled.", "Millions of them fled.", "number changed: Thousands → Millions"),
        ("He was there once.", "He was there twice.", "number changed: once → twice"),
        ("It took an hour there.", "It took a minute there.", "number changed: an hour → a minute"),
        ("Two in five agreed.", "Three in five agreed.", "number changed: Two → Three"),
        ("It was minus 5 degrees.", "It was 5 degrees.", "number changed: minus 5 → 5"),
        ("It killed 168 people.", "It killed many people.", "number on one side only: 168"),
        ("By June 1,200 had left.", "By June 1,300 had left.", "number changed: 1,200 → 1,300"),
        ("Der Umbau kostet 7 Mio. Euro.", "Der Umbau kostet 7 Mrd. Euro."),
        ("Ремонт обойдётся в 40 млн рублей.", "Ремонт обойдётся в 40 млрд рублей."),
        ("该项目耗资3亿元。", "该项目耗资3万元。", "number changed: 3亿 → 3万"),
        ("今年是两国建交75周年。", "今年是两国建交76周年。", "number changed: 75 → 76"),
    ),
    not_reported=(
        ("The mill closed in autumn.[7] It never reopened.", "The mill closed in autumn. It never reopened."),
        ("3. Bring boots and a lamp.", "Bring boots and a lamp."),
        ("See footnote 12 for the method.", "See the footnote for the method."),
        ("Ring 020 7946 0958 to book a seat.", "Ring (020) 7946-0958 to book a seat."),
        ("[09:15] Crews reach the ship.", "Crews reach the ship."),
        ("More at www.example.org/2024/115 today.", "More at www.example.org/news today."),
        ("The caf&#233; burned down.", "The café burned down."),
        ("Its ISBN is 0-19-852663-6.", "Its ISBN is 0198526636."),
        ("The march drew 28,000 people.", "The march drew 28000 people."),
        ("The march drew 28,000 people.", "The march drew 28 thousand people."),
        ("The march drew 28,000 people.", "The march drew twenty-eight thousand people."),
        ("The march drew 28 000 people.", "The march drew 28’000 people."),
        ("It cost Rs 1,50,000 then.", "It cost 1.5 lakh rupees then."),
        ("It cost 12,34,56,789 rupees.", "It cost ₹123,456,789."),
        ("It rose by 3.5 points.", "It rose by 3,5 points."),
        ("A town of 28.000 souls.", "A town of 28,000 souls."),
        ("Twelve ships sailed.", "12 ships sailed."),
        ("The top and bottom 20% of homes pay more.", "The top 20% and the bottom 20% of homes pay more."),
        ("A dozen ships sailed.", "Twelve ships sailed."),
        ("Half a million came.", "500,000 came."),
        ("Two and a half million came.", "2.5 million came."),
        ("It cost 2 1/2 million.", "It cost 2.5 million."),
        ("It cost $1.5bn.", "It cost 1.5 billion dollars."),
        ("It cost $1.5bn.", "It cost US$1,500 million."),
        ("It cost £5m.", "It cost five million pounds."),
        ("Turnout was 40 per cent.", "Turnout was 40%."),
        ("Turnout was 40 percent.", "Turnout was forty percent."),
        ("Half of the seats are empty.", "50 percent of the seats are empty."),
        ("Two-thirds agreed.", "Some 2/3 agreed."),
        ("It was the 21st attack.", "It was the twenty-first attack."),
        ("The 5th-seeded team won.", "The fifth-seeded team won."),
        ("Between 5 million and 10 million fled.", "Between 5 and 10 million fled."),
        ("It was −5 degrees.", "It was -5 degrees."),
        # Units converted.
        ("The town lies 10 miles off.", "The town lies 16 km off."),
        ("It weighs 2 tons.", "It weighs 2,000 kilograms."),
        ("A farm of 100 acres burned.", "A farm of 40 hectares burned."),
        ("It reached 104 degrees Fahrenheit.", "It reached 40°C."),
        ("It took 48 hours.", "It took two days."),
        # Times of the day.
        ("The show began at 8:30 p.m. there.", "The show began at 20:30 there."),
        ("The show began at 8 pm there.", "The show began at 20:00 there."),
        ("They met at noon.", "They met at 12:00."),
        ("They met at 4am.", "They met at 4 o'clock in the morning."),
        ("They met before 9 pm.", "They met before nine o'clock in the evening."),
        ("They met at 5:47 PM.", "They met at 1747 hours."),
        ("They met at 12:31 p.m. there.", "They met at 12: 31 p.m. there."),
        ("The show began at 15h30 there.", "The show began at 3:30 p.m. there."),
        ("The show began at half past eight there.", "The show began at 8:30 there."),
        ("The show began at a quarter to nine in the evening.", "The show began at 20:45."),
        # Other words for the same.
        ("A quarter of a million fled.", "Some 250,000 fled."),
        ("It took half an hour.", "It took 30 minutes."),
        ("It rose by half a percent.", "It rose by 0.5 percent."),
        ("They have waited ten years.", "They have waited a decade."),
        ("It lasted 100 years.", "It lasted a century."),
        ("They pay 40 a year.", "They pay 40 every 12 months."),
        ("Nine out of ten agreed.", "Some 90 percent agreed."),
        ("One in five agreed.", "Some 20% agreed."),
        ("It was minus five degrees.", "It was -5 degrees."),
        ("Some 2.5m people fled.", "Some 2.5 million people fled."),
        ("The G7 met there.", "The Group of Seven met there."),
        ("The G-20 met there.", "The Group of 20 met there."),
        ("It is the No. 1 team.", "It is the top team."),
        ("The boy, 12, is safe.", "The 12-year-old boy is safe."),
        ("Sales tripled since then.", "Sales are three times as high as then."),
        ("Fourth, it is late.", "Fourthly, it is late."),
        ("Some 40 died within 24 hours.", "Some 40 died within a day."),
        ("It killed 33,000 people.", "It killed 33, 000 people."),
        ("A magnitude of 5.0 was felt.", "A quake of M5.0 was felt."),
        # Parts, fractions and growth in other forms.
        ("The trial took a year and a half.", "The trial took 18 months."),
        ("A million and a half came.", "1.5 million came."),
        ("It stood for a quarter of a century.", "It stood for 25 years."),
        ("They raised it by 25 basis points.", "They raised it by a quarter of a percentage point."),
        ("Rents doubled.", "Rents rose by 100 percent."),
        ("The herd halved.", "The herd shrank by 50%."),
        ("It costs 99 cents.", "It costs $0.99."),
        ("It cost 5 million Australian dollars.", "It cost A$5m."),
        ("Five thousand, six hundred men marched.", "5,600 men marched."),
        ("They lost 2-0.", "They lost two-nil."),
        ("Henry VIII built it.", "Henry 8 built it."),
        ("A fourth reason is cost.", "Fourth, there is cost."),
        # Bounds that say the same, or next to nothing.
        ("More than 80 firms took part.", "Over 80 firms took part."),
        ("At least 45 were hurt.", "No fewer than 45 were hurt."),
        ("Up to 90 seats are free.", "A maximum of 90 seats are free."),
        ("Some 250 guests came.", "About 250 guests came."),
        ("About 250 guests came.", "Guests came, 250 of them."),
        ("Over five years it doubled.", "In five years it doubled."),
        # Other languages.
        ("Der Umbau kostet 7 Mio. Euro.", "Der Umbau kostet sieben Millionen Euro."),
        ("该项目耗资1.2亿元。", "该项目耗资12000万元。"),
        ("Il pagamento di dodici rate non basta.", "Il pagamento di 12 rate non basta."),
        # Moved inside the row.
        ("In 2014 some 300 people died in two floods.", "Two floods killed some 300 people in 2014."),
        ("From 5 to 10 people.", "From 10 to 5 people."),
        # Numbers of a name are the name's.
        ("An F-16 crashed.", "A fighter crashed."),
        ("The G7 met.", "The leaders met."),
        ("It was an MH370 search.", "It was a long search."),
        # Words that are not surely numbers.
        ("No one knew which one it was.", "Nobody knew which it was."),
        ("At first he waited a second.", "Initially he waited for a moment."),
        ("The two agreed.", "The ministers agreed."),
        ("Thousands marched.", "Many marched."),
    ),
)
