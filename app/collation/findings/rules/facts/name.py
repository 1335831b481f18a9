"""Names of people, places and bodies that changed, or are on one side only."""

from collections.abc import Sequence

from app.collation import lexicon
from app.collation.findings.names import bodies, candidates, matching, nearness, rewritten, roles, seats
from app.collation.findings.names.candidates import Name
from app.collation.findings.row.changed_words import RowWord, words
from app.collation.findings.row.passage import Passage, overlap
from app.collation.findings.row.word_pairing import distance
from app.collation.findings.rule import ENGLISH, MIN_KEPT_SHARE_OF_WORDS, Kind, RowContext, Rule
from app.collation.model import Finding, SideName, Span

MIN_KEPT_SHARE = 0.05
"""The least kept share of a row of rewritten texts in which names are compared: there their slots are asked, or that
nothing else differs. In other texts it is that of all words."""

MIN_KEPT_SHARE_ONE_SIDED = 0.3
"""The least kept share of a row where a name on one side only is reported."""

MIN_KEPT_SHARE_UNSURE = 0.7
"""The same for a name whose words are also printed in small letters, or that begins a sentence."""

MAX_CAPITALISED_WORDS = 400
"""Words with capitals in the changes of a row, both sides together, above which names are not compared: news has
a tenth of that, and a list of names beside another would take time that grows with its square."""

MANY_NAMES = 4
"""Changed names in one row from which they are taken for a list that a translator rendered differently."""

MAX_NAME_CHARS = 80
"""Characters of a name that a finding repeats."""

_STAND_INS = lexicon.words("function_words", "for_a_name")
"""Words that stand for someone who was named before."""


def find(row: RowContext) -> list[Finding]:
    """Return a finding for each name that another took the place of, or that one side lacks.

    A name that a pronoun or "the president" replaces is none if the other text has it elsewhere.
    """
    passage, changed = row.passage, row.passage.changed
    if passage.kept_share < MIN_KEPT_SHARE_OF_WORDS and not row.texts.rewritten:
        return []
    base = candidates.candidates(passage.base, changed.base_parts, passage.reworded, "base")
    witness = candidates.candidates(passage.witness, changed.witness_parts, passage.reworded, "witness")
    if not (base or witness) or _has_too_many(row, base, witness):
        return []
    base_only = _lacking(row, "base", base, matching.NameIndex(passage.witness))
    witness_only = _lacking(row, "witness", witness, matching.NameIndex(passage.base))
    return _paired(row, base_only, witness_only) if base_only or witness_only else []


def _has_too_many(row: RowContext, base: Sequence[RowWord], witness: Sequence[RowWord]) -> bool:
    if len(base) + len(witness) <= MAX_CAPITALISED_WORDS:
        return False
    counting = [_not_counted(row, "base", base, base), _not_counted(row, "witness", witness, witness)]
    return sum(map(len, counting)) > MAX_CAPITALISED_WORDS


def _not_counted(
    row: RowContext, side: SideName, named: Sequence[RowWord], absent: Sequence[RowWord]
) -> list[RowWord]:
    return candidates.not_counted(row.passage.text(side), named, absent, lambda: row.values(side))


def _lacking(
    row: RowContext, side: SideName, named: Sequence[RowWord], other_side: matching.NameIndex
) -> list[Name]:
    """Return the names of one side that the other lacks, also by their seat of government or country."""
    absent = [word for word in named if not other_side.has_as_printed(word.text)]
    text = row.passage.text(side)
    return [
        name
        for name in candidates.lacking(text, _not_counted(row, side, named, absent), other_side)
        if not seats.is_named_otherwise(text, name.span, other_side)
    ]


def _paired(row: RowContext, base: Sequence[Name], witness: Sequence[Name]) -> list[Finding]:
    passage = row.passage
    alone = len(base) == len(witness) == 1
    ranked = sorted(
        (gap, base_name.span[0] + witness_name.span[0], abs(base_name.span[0] - witness_name.span[0]), i, j)
        for i, base_name in enumerate(base)
        for j, witness_name in enumerate(witness)
        if nearness.are_near(
            passage, base_name, witness_name, gap := distance(passage, base_name.span, witness_name.span)
        )
        or (
            row.is_rewritten
            and (
                rewritten.are_others_anywhere(passage, base_name, witness_name, row.texts)
                or (alone and rewritten.are_only_names(passage, base_name, witness_name, row.texts))
                or (alone and rewritten.have_other_surnames(passage, base_name, witness_name))
            )
        )
    )
    free_base, free_witness = dict.fromkeys(range(len(base))), dict.fromkeys(range(len(witness)))
    findings: list[Finding] = []
    for *_, i, j in ranked:
        if i in free_base and j in free_witness:
            del free_base[i], free_witness[j]
            if not _is_one(row, base[i], witness[j], alone) and not any(  # two words of "Golden Sponge Cake"
                finding.base == base[i].span or finding.witness == witness[j].span for finding in findings
            ):
                findings.append(_changed(passage, base[i], witness[j]))
    if row.texts.rewritten and len(findings) >= MANY_NAMES:
        return []  # a list of places, rendered differently
    findings = nearness.uncrossed(findings) if row.texts.rewritten else findings
    findings += _one_sided(row, [base[i] for i in free_base], "base")
    findings += _one_sided(row, [witness[j] for j in free_witness], "witness")
    return findings


def _is_one(row: RowContext, base: Name, witness: Name, alone: bool) -> bool:
    """Return whether two names, ``alone`` if no other differs, are one, spelled, translated or ordered differently."""
    passage = row.passage
    return (
        bodies.are_spelled_otherwise(base.lacking, witness.lacking, not (base.whole and witness.whole))
        or bodies.are_put_otherwise(passage, base, witness)
        or (row.is_rewritten and rewritten.is_translated(base, witness))
        or (row.texts.rewritten and not rewritten.is_another(passage, base, witness, row.texts, alone=alone))
    )


def _one_sided(row: RowContext, names: Sequence[Name], side: SideName) -> list[Finding]:
    passage, texts = row.passage, row.texts
    row_text = passage.witness if side == "base" else passage.base
    other_text = texts.witness if side == "base" else texts.base
    findings = []
    for name in names:
        place = passage.other_side(name.span, side)
        if (
            _is_reported_alone(name, row, side)
            and not _is_meant(name, row_text[slice(*place)], other_text)
            and not bodies.is_put_otherwise(name.lacking, row_text, place)
            and not bodies.is_sort_of_people_or_things(name.lacking, row_text[slice(*place)])
            and not seats.is_in_dateline(name.span, passage.text(side))
            and not seats.is_country_named(name.span, passage.text(side), other_text)
        ):
            says = f"name on one side only: {_line(passage.text(side), name)}"
            findings.append(passage.one_sided("name", name.span, side, says, "name-one-sided"))
    return findings


def _is_meant(name: Name, replacement: str, other_text: Sequence[str]) -> bool:
    """Return whether the words in a name's place may mean it, and the other text names it elsewhere."""
    last = name.lacking[-1].text
    return (
        len(last) > 2
        and not _STAND_INS.isdisjoint(word.lower for word in words(replacement, (0, len(replacement))))
        and any(last in paragraph for paragraph in other_text)
    )


def _is_reported_alone(name: Name, row: RowContext, side: SideName) -> bool:
    passage = row.passage
    sure = name.firm and not name.begins
    return (
        name.whole
        and not bodies.is_sort_of_place(name.lacking)
        and not candidates.is_common_noun(passage.text(side), name)
        and passage.kept_share >= (MIN_KEPT_SHARE_ONE_SIDED if sure else MIN_KEPT_SHARE_UNSURE)
        and passage.is_in_short_run(name.span, side, RULE.max_run)
        and not (row.is_rewritten and rewritten.is_described(passage, name, side))
        and (not row.texts.rewritten or rewritten.is_missing(passage, name, side, row.texts))
    )


def _changed(passage: Passage, base_name: Name, witness_name: Name) -> Finding:
    says = f"name changed: {_line(passage.base, base_name)} → {_line(passage.witness, witness_name)}"
    return Finding("name", base_name.span, witness_name.span, says, "name-changed")


def _line(text: str, name: Name) -> str:
    line = _words(text, name.span)
    return line if len(line) <= MAX_NAME_CHARS else line[:MAX_NAME_CHARS].rsplit(" ", 1)[0] + "…"


RULE = Rule(
    kind="name",
    names=("name-changed", "name-one-sided"),
    find=find,
    languages=ENGLISH,
    min_kept_share=MIN_KEPT_SHARE,
    max_run=60,
)


def find_roles(row: RowContext) -> list[Finding]:
    """Return a finding for each role that differs where no name does."""
    findings = row.findings_of(("name",))
    already = len(findings)
    for base, witness in dict.fromkeys(roles.roles(row.passage, row.texts.rewritten)):
        if any(overlap(base, each.base) or overlap(witness, each.witness) for each in findings):
            continue
        says = f"role changed: {_words(row.passage.base, base)} → {_words(row.passage.witness, witness)}"
        findings.append(Finding("name", base, witness, says, "role-changed"))
    return findings[already:]


def _words(text: str, span: Span) -> str:
    return " ".join(text[slice(*span)].split())


ROLES = Rule(
    kind="name",
    names=("role-changed",),
    find=find_roles,
    languages=ENGLISH,
    min_kept_share=0.35,
)
KIND = Kind(
    rules=(RULE, ROLES),
    headings={"role-changed": "Role differs"},
    heading="Name differs",
    plural="Names",
    nouns=("name", "names"),
    is_named_when_absent=True,
    looked_for=(
        "Another person, place or body, or one named on one side only; a deputy, former or acting one; another "
        "office (the foreign, the defence minister); somebody who belongs to the one named (the minister’s lawyer)."
    ),
    ignored=(
        "One name in another form: an abbreviation, another transliteration, the adjective of a country, a "
        "surname alone; a title; the capital that speaks for its government; a name that a pronoun replaces, "
        "if the other text has it elsewhere; the same two names again, further down. In a reworded row: a "
        "body’s name in other common words, and an abbreviation that common words describe. In texts reworded "
        "throughout, a name counts only where it alone differs or the words around it are kept; in others at 22%."
    ),
    reported=(
        (
            "President Emmanuel Macron met Olaf Scholz in Paris.",
            "President Emmanuel Macron met Mark Rutte in Paris.",
            "name changed: Olaf Scholz → Mark Rutte",
        ),
        (
            "The strike near Kherson hit a depot of the army.",
            "The strike hit a depot of the army.",
            "name on one side only: Kherson",
        ),
        ("Erin May chairs the board.", "Erin Holt chairs the board.", "name changed: Erin May → Erin Holt"),
        ("Mr Will Harker paid the fine.", "Mr Bill Harker paid the fine."),
        ("Bill Hanley chairs the board.", "Mark Hanley chairs the board."),
        ("May told the panel of the memo.", "Cooper told the panel of the memo."),
        ("They sat at 5 p.m. with NATO.", "They sat at 5 p.m. with ASEAN."),
        ("The missile was aimed at Moscow.", "The missile was aimed at Russia."),
        ("The treasurer’s brother flew to Lima.", "The treasurer flew to Lima."),
        (
            "The former mayor opened the lido.",
            "The mayor opened the lido.",
            "role changed: former mayor → mayor",
        ),
        ("The health minister left the hall.", "The transport minister left the hall."),
        ("The acting head resigned.", "The able head resigned.", "role changed: acting head → able head"),
        ("The widow of the poet kept the letters.", "The poet kept the letters."),
        ("Carver told the panel that it rained.", "Miller told the panel that it rained."),
        ("They wrote to Mr. Bell about the leak.", "They wrote to Mr. Marsh about the leak."),
        ("Moscow said it would reply.", "Beijing said it would reply."),
        ("The dancer was born in Apia.", "The dancer was born in Samoa."),
        ("The European Commission proposed a ban.", "The European Council proposed a ban."),
        ("Trump Says He Will Pardon Rioters", "Biden Says He Will Pardon Rioters"),
        ("Two French soldiers died in Mali.", "Two German soldiers died in Mali."),
        ("The army of Niger sent troops.", "The army of Nigeria sent troops."),
        ("Guinea closed its ports.", "Papua New Guinea closed its ports."),
        ("The delegation from Oman walked out.", "The delegation from Romania walked out."),
        ("The Bundestag passed the bill on Thursday.", "The Bundesrat passed the bill on Thursday."),
        ("Microsoft bought the start-up last year.", "Micron bought the start-up last year."),
        ("Christian Keller runs the clinic.", "Christopher Keller runs the clinic."),
        ("Troops entered Mali from the north.", "Troops entered Niger from the north."),
        ("The envoy from Sudan left early.", "The envoy from South Sudan left early."),
        ("He was born in Georgia in 1951.", "He was born in Armenia in 1951."),
        ("The Guardian first reported the leak.", "The Telegraph first reported the leak."),
        ("Real Madrid beat Arsenal on Tuesday.", "Real Madrid beat Chelsea on Tuesday."),
        ("Hamas fired rockets at the port.", "Hezbollah fired rockets at the port."),
        ("The WHO warned of a new strain.", "The WTO warned of a new strain."),
        ("North Korea tested a missile.", "South Korea tested a missile."),
        ("A spokesman for Lufthansa declined to comment.", "A spokesman for Ryanair declined to comment."),
        ("Angela Merkel opened the fair in Hanover.", "Ursula von der Leyen opened the fair in Hanover."),
        ("Catholics marched through the old town.", "Muslims marched through the old town."),
        ("The Airbus A320 landed safely.", "The Airbus A380 landed safely."),
        ("The delegation flew to Kharkiv on Monday.", "The delegation flew to Odesa on Monday."),
        ("The deal was signed by Iran and Oman.", "The deal was signed by Iraq and Oman."),
        ("Shares of Siemens fell by a tenth.", "Shares of Bosch fell by a tenth."),
        ("He was questioned by the FBI in June.", "He was questioned by the CIA in June."),
        ("The F-16 jets arrived in Romania.", "The F-35 jets arrived in Romania."),
        ("Foreign Minister Wang Yi will visit Jakarta.", "Foreign Minister Wang Wenbin will visit Jakarta."),
        ("Slovakia vetoed the plan in Brussels.", "Slovenia vetoed the plan in Brussels."),
        ("The report was written with help from Oxfam.", "The report was written with help from Unicef."),
        ("Police in North Carolina arrested a man.", "Police in South Carolina arrested a man."),
        ("Ms. Larsen leads the inquiry.", "Ms. Petersen leads the inquiry."),
        ("The vaccine made by Pfizer was approved.", "The vaccine made by Moderna was approved."),
        ("Boris Johnson praised the Ukrainian army.", "Boris Johnson praised the Russian army."),
        ("The strike hit a depot near Rostov.", "The strike hit a depot near Belgorod."),
        (
            "Talks between Serbia and Kosovo resumed in Brussels.",
            "Talks between Serbia and Croatia resumed in Brussels.",
        ),
        ("The G7 will meet in Hiroshima.", "The G20 will meet in Hiroshima."),
    ),
    not_reported=(
        ("It was 30 degrees Celsius there.", "It was 30°C there."),
        ("He lives in Fresno, CA.", "He lives in Fresno, California."),
        ("It cost $3 million.", "It cost US$3m."),
        ("The wall dates from 200 BC.", "The wall dates from 200 BCE."),
        ("Sales fell in Q3.", "Sales fell in the third quarter."),
        ("The G7 met by a lake.", "The G-7 met by a lake."),
        ("The T-72 tank burned.", "The T72 tank burned."),
        ("He served in World War II.", "He served in WWII."),
        ("Henry VIII built it.", "Henry the Eighth built it."),
        ("Firemen reached the loft at dawn.", "Rescuers reached the loft at dawn."),
        ("Bushfires closed the coast road.", "Fires closed the coast road."),
        ("Grandchildren sang at the grave.", "Relatives sang at the grave."),
        ("Midwives walked out on Monday.", "Nurses walked out on Monday."),
        ("Rockslides cut off two hamlets.", "Slides cut off two hamlets."),
        ("Separatists held the town hall.", "Rebels held the town hall."),
        ("The U.S. and China signed the accord.", "The United States and China signed the accord."),
        (
            "Russia has repeatedly denied targeting civilians.",
            "Moscow has repeatedly denied that it targets civilians.",
        ),
        ("Kiev was hit by drones.", "Kyiv was hit by drones."),
        ("The Chinese army held drills.", "China's army held drills."),
        ("Xi Jinping arrived in Moscow.", "Xi arrived in Moscow."),
        ("Deputy Governor Li Wei spoke.", "Deputy Mayor Li Wei spoke."),
        (
            "Keller left the talks in Geneva on Sunday without an answer, his office told reporters who had waited "
            "there since the morning. “We will supply grain through the winter,” he said.",
            "The company, whose harbour Lindqvist built with money from Rotterdam, has been losing customers for "
            "three years and hopes for better. “We will supply grain through the winter,” he said.",
        ),
        (
            "Washington said it would send more aid to the camps.",
            "The United States said it will send more aid to the camps.",
        ),
        (
            "Nearly half of the voters in Catalonia stayed home.",
            "Almost half the Catalan voters did not turn out.",
        ),
        ("Trump Says He Will Pardon Rioters", "Trump says he will pardon rioters"),
        ("India's Prime Minister Narendra Modi arrived.", "Indian PM Modi arrived."),
        ("President Joe Biden will visit Vietnam on Sunday.", "Biden to visit Vietnam on Sunday."),
        ("The general's office said so. AFP", "The general's office said so."),
        ("The VIN was filed off.", "The vehicle identification number was filed off."),
        ("Saudi officials met in Riyadh.", "Officials of Saudi Arabia met in Riyadh."),
        ("The UAE and Israel agreed.", "The United Arab Emirates and Israel agreed."),
        ("Joe Biden spoke in Ohio.", "US President Joe Biden spoke in Ohio."),
        ("He works at the International Monetary Fund.", "He works at the IMF."),
        ("Recep Tayyip Erdoğan won.", "Recep Tayyip Erdogan won."),
        ("The Kyiv government said so.", "The government in Kyiv said so."),
        ("The crisis in Myanmar grew.", "The crisis in Burma grew."),
        ("The Swiss bank closed.", "The bank from Switzerland closed."),
        ("St. Petersburg was quiet.", "Saint Petersburg was quiet."),
        ("Mr. Cohen resigned.", "Cohen resigned."),
        ("Dr. Anna Weiss led the study.", "Anna Weiss led the study."),
        ("The Labor Party lost.", "The Labour Party lost."),
        ("Experts disagree.", "Many experts disagree."),
        ("Yesterday, he left Rome.", "He left Rome yesterday."),
        ("The U.S.-led coalition struck.", "The coalition led by the US struck."),
        ("Al-Qaeda claimed the attack.", "al-Qaida claimed the attack."),
        ("The Hague-based court ruled.", "The court based in The Hague ruled."),
        ("The Russian-Ukrainian war goes on.", "The war between Russia and Ukraine goes on."),
        ("America and China signed the accord.", "The US and China signed the accord."),
        ("President Volodymyr Zelensky thanked them.", "President Volodymyr Zelenskyy thanked them."),
        ("The World Health Organization warned of it.", "The WHO warned of it."),
        ("The UN voted on it.", "The United Nations voted on it."),
        ("The Prime Minister spoke to Parliament.", "The prime minister spoke to parliament."),
        ("Britain left the EU in 2020.", "The UK left the European Union in 2020."),
        ("The ex-governor sold the villa.", "The former governor sold the villa."),
        ("The vice-chairman of the club left.", "The deputy chairman of the club left."),
        ("The owner of the horse wept.", "The horse’s owner wept."),
        ("The defence minister flew home.", "The defense minister flew home."),
        ("Governor Anvar Zhalilov met the herders.", "Governor Jalilov met the herders."),
        ("The Tver Oblast court freed him.", "The Tver Region court freed him."),
        ("Police in Izmail met Oleksii Hordienko.", "Police in Izmail met Oleksii Gordiyenko."),
        ("The base of NATO was shut.", "The base of OTAN was shut."),
        ("Bakers sold the last loaves.", "Butchers sold the last loaves."),
        ("Vilnius rejected the request on Friday.", "Lithuania rejected the request on Friday."),
        ("Ties between Suva and Apia are warm.", "Ties between Fiji and Samoa are warm."),
        ("The Riksdag passed the budget.", "The Swedish parliament passed the budget."),
        ("Meanwhile, prices rose.", "At the same time, prices rose."),
        ("The Netherlands won.", "Holland won."),
        ("The Dutch team won.", "The team from the Netherlands won."),
        ("However, the plan stands.", "But the plan stands."),
        ("Muhammad Ali won.", "Mohammed Ali won."),
        ("Not only Berlin but also Paris agreed.", "Both Berlin and Paris agreed."),
        ("The head of the WTO, Ngozi Okonjo-Iweala, said so.", "WTO chief Ngozi Okonjo-Iweala said so."),
        ("Apple's chief Tim Cook spoke.", "Tim Cook, chief of Apple, spoke."),
        ("In 2019, he joined the Bundestag.", "He joined the Bundestag in 2019."),
        ("He left on Tuesday for Rome.", "On Tuesday he left for Rome."),
        ("Iranian officials confirmed it.", "Officials in Iran confirmed it."),
        ("Donald Trump, the former president, won.", "Trump, the former president, won."),
        ("German Chancellor Olaf Scholz spoke.", "Germany's Chancellor Olaf Scholz spoke."),
        ("The Ministry of Defence in London said so.", "The Defence Ministry in London said so."),
        ("He spoke with Mr Modi.", "He spoke with Mr. Modi."),
        ("The coronavirus spread quickly.", "COVID-19 spread quickly."),
    ),
)
