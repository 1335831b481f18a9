"""English words that tell who speaks: verbs of saying, and the small words of the phrases around them.

Collected for this program from general knowledge of news prose. A word that may be of two kinds stands where it is more
often met beside a quotation.
"""

_IRREGULAR = """
say says said saying tell tells told telling write writes wrote written writing read reads reading begin begins
began beginning swear swears swore sworn swearing quip quips quipped quipping think thinks thought thinking put
puts putting admit admits admitted admitting reply replies replied replying cry cries cried crying testify
testifies testified testifying deny denies denied denying clarify clarifies clarified clarifying blog blogs
blogged blogging sing sings sang singing go goes went going specify specifies specified specifying hear hears
heard hearing learn learns learned learnt learning
"""
_REGULAR = """
add ask reply respond continue note explain state declare announce claim argue insist warn tweet retweet post
report recall conclude acknowledge concede allege assert stress emphasize emphasise suggest joke boast shout
yell scream whisper mutter exclaim remark comment observe mention promise vow pledge urge demand complain
predict reiterate repeat confirm agree caution counter retort answer interject lament muse opine confess
proclaim rant snap speculate charge contend maintain reveal disclose advise tease thunder finish recount email
text believe call describe point reason propose protest plead summarize summarise stipulate hint intone murmur
growl estimate elaborate venture chide crow fume gush implore bemoan inform wonder underline underscore attest
affirm instruct relate assure sneer sigh scoff laugh smile pray chant ruminate threaten
"""
_IRREGULAR_TALK = """
speak speaks spoke speaking feel feels felt feeling rip rips ripped ripping mean means meant meaning see sees
saw seeing seek seeks sought seeking lead leads led leading decry decries decried decrying pen pens penned
penning
"""
_REGULAR_TALK = """
accuse express voice praise blast slam mock dismiss label brand dub characterize characterise denounce criticize
criticise condemn cite quote thank hail laud deride compare blame defend reject contrast invite encourage issue
release refer discuss reference bash tout lambaste excoriate attack applaud commend welcome use signal advocate
portray paint liken rail apologize apologise ridicule scold question promote deliver sound want title publish
sign summon invoke
"""


def _forms(verb: str) -> tuple[str, ...]:
    if verb.endswith("e"):
        return verb, verb + "s", verb + "d", verb[:-1] + "ing"
    return verb, verb + ("es" if verb.endswith(("s", "sh", "ch", "x")) else "s"), verb + "ed", verb + "ing"


def _all_forms(verbs: str) -> frozenset[str]:
    return frozenset(form for verb in verbs.split() for form in _forms(verb))


SPEECH = frozenset(_IRREGULAR.split()) | _all_forms(_REGULAR)
"""Verbs whose subject utters what stands between quotation marks beside them."""

TALK = SPEECH | frozenset(_IRREGULAR_TALK.split()) | _all_forms(_REGULAR_TALK)
"""These, and verbs whose subject is where words quoted *in* the sentence come from: she dismissed it as "a farce"."""

MIND = _all_forms("believe describe estimate complain point call") | frozenset(
    "think thinks thought thinking put puts putting go goes went going hear hears heard learn learns "
    "learned learnt".split()
)
"""Verbs of saying that often stand inside what another one tells: he said he believed "..."."""

PRESENT = frozenset(_REGULAR.split() + _REGULAR_TALK.split()) | frozenset(
    "say tell write quip begin swear think admit reply cry testify deny clarify blog sing go specify hear "
    "learn speak feel mean see seek decry pen".split()
)
"""Forms that are finite after a plural alone; "put" and "read" are past tenses too."""

NOUNS = frozenset(
    noun + ending
    for noun in (
        "report remark comment claim promise pledge post tweet call text demand question answer reply "
        "charge estimate praise blame issue release invite joke boast email rant vow use order note point "
        "protest reason laugh smile lead state mention attack brand label voice sign title"
    ).split()
    for ending in ("", "s")
) | frozenset("saying writing reading hearing feeling meaning beginning".split())
"""Forms of verbs of saying that are nouns after an article, an adjective or an owner."""

SPOKEN_TO = frozenset(("told", "tells", "tell", "telling"))
"""Verbs after which the phrase that follows is spoken to, and does not speak."""

NOT_TO_SPEAK = frozenset(
    "continue continued continues began begins begin called calls call went goes go asked".split()
)
"""Verbs that tell of no speech before "to", "for" and "on": he continued to run, she called for calm."""

PRONOUNS = frozenset("he she they it i we you who one".split())
"""Words that alone are a subject."""

PLURALS = frozenset("they we i you who people police men women both many some others".split())
"""Words after which a present tense has no ending."""

COUNTS = frozenset("two three four five six seven other few many one".split())
"""Determiners that may follow another: the two men."""

ALONE = COUNTS - {"other", "one"} | frozenset("this another some several both most all".split())
"""Determiners that may stand for a whole phrase."""

DETERMINERS = (
    COUNTS
    | ALONE
    | frozenset("a an the that these those no each every any his her their its my our your".split())
)

ADVERBS = frozenset(
    "indeed however moreover nevertheless nonetheless besides specifically "
    "also later then again once now still even only just recently previously earlier often always never "
    "first finally sometimes soon today yesterday tomorrow tonight too instead thus already ever perhaps "
    "maybe yet ago meanwhile afterwards afterward twice further not n't back so far likewise".split()
)

AUXILIARIES = frozenset(
    "has had have is was are were be been being will would can could may might must shall should do does "
    "did having 's 'd 've isn't wasn't didn't doesn't hasn't hadn't won't wouldn't".split()
)

JOINERS = frozenset("of for at from with in".split())
"""What may stand inside the name of a speaker: a spokesman for the ministry."""

LEADS = frozenset(
    "in on at after before when while as during if although though since because for with by despite "
    "following under to from once".split()
)
"""Words that begin what stands before the subject of a sentence."""

STOPS = (
    ADVERBS
    | AUXILIARIES
    | LEADS
    | JOINERS
    | frozenset(
        "into about until over against between through amid among upon where unless whether that which who "
        "whom whose and or but nor than like via per within without regarding including besides toward "
        "towards around near behind what how why there here".split()
    )
)
"""Small words that no name of a speaker holds, but for the joiners."""

BETWEEN = frozenset("that it as by of the a an him her them to reporters and is was are out me us".split())
"""Small words that may stand between a verb of saying and the words that it quotes."""

DAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april june july august "
    "september october november december mon tue wed thu fri sat sun".split()
)

PAUSES = ",—–―"
"""Marks that set a phrase off."""

ROLES = frozenset(
    """
    president minister premier chancellor secretary senator congressman congresswoman representative governor
    mayor spokesman spokeswoman spokesperson official officer chief director chairman chairwoman chair
    chairperson ceo founder cofounder co-founder executive manager adviser advisor analyst professor lecturer
    teacher researcher scientist economist historian author writer journalist reporter columnist editor host
    anchor actor actress singer producer lawyer attorney prosecutor judge justice sheriff detective inspector
    sergeant captain colonel general major lieutenant admiral commander soldier marine veteran pastor priest
    bishop archbishop cardinal pope rabbi imam king queen prince princess duke duchess lord lady coach player
    striker goalkeeper athlete nominee candidate contender leader lawmaker legislator politician diplomat
    ambassador envoy strategist operative activist advocate organizer campaigner volunteer supporter critic
    opponent expert specialist physician doctor nurse surgeon psychiatrist psychologist student resident
    neighbor neighbour witness survivor victim farmer worker driver owner mother father son daughter wife
    husband brother sister widow parent aide staffer assistant deputy head boss partner principal dean
    superintendent commissioner councilman councilwoman councillor delegate treasurer comptroller pollster
    biographer billionaire businessman businesswoman mogul source woman man girl boy firefighter engineer
    architect artist musician composer poet novelist curator baker chef grandmother grandfather grandson
    granddaughter cousin uncle aunt friend colleague undersecretary speaker whip monarch emperor headmaster
    headteacher librarian biologist geologist astronomer meteorologist conductor choreographer fisherman
    shepherd carpenter mechanic pilot astronaut swimmer cyclist publisher translator bookseller predecessor
    successor counterpart rival teammate classmate landlord tenant client buyer seller shopkeeper caretaker
    gardener butcher grocer plumber electrician midwife therapist consultant broker trader banker accountant
    clerk planner designer developer programmer inventor explorer climber runner rider jockey boxer golfer
    midfielder defender winger quarterback pitcher skipper collector dealer auctioneer veterinarian vet chemist
    physicist mathematician philosopher theologian pathologist archaeologist people women men police
    """.split()
)
"""Words for what a person is."""
