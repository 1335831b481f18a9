"""Patterns of boilerplate, in English and a few neighbouring languages, apart from how they are used."""

import re

from app.collation.lexicon import months
from app.collation.patterns import pattern

CALL_WORDS = 25
"""Words of the longest line that is boilerplate by its opening alone."""

SHORT_WORDS = 8
"""Words from which a line that reports speech is a sentence of an article, however it opens."""

_OPENINGS = pattern(
    r"""(?:[•·▪●◦‣*>»-]\s*)?(?:
    subscribe\b | sign[ ]up\b | sign[ ]in\b | log[ ]in\b | register[ ](?:now|here|for|to)\b
  | create[ ](?:an|your)[ ]account
  | follow[ ](?:us|me|our|@|(?:\w+[ ]){1,5}on[ ](?:twitter|facebook|instagram|x|threads|telegram|linkedin|youtube))
  | connect[ ]with[ ](?:us|me|\w+)\b | like[ ]us[ ]on
  | join[ ](?:us|our|the[ ](?:conversation|discussion|debate))\b
  | share(?:[ ](?:this|on|via|with)\b.*|)$
  | (?:tweet|print|email|e-mail|facebook|twitter|whatsapp|linkedin|reddit|flipboard
      |copy[ ]link|save|bookmark|reply|comments?)(?:[ ](?:this|article|story|it|us)|[ ]?\(\d+\))*$
  | leave[ ]a[ ](?:reply|comment) | (?:post|write|add|view|show)[ ](?:a[ ]|all[ ]|the[ ])?comments?\b
  | (?:read|see|watch|listen|explore|discover|find[ ]out)[ ](?:more|next|also|further|it[ ]here)\b
  | also[ ]read\b | see[ ]also\b
  | more[ ](?:from|on[ ]this|about[ ]this|stories|news|coverage|in[ ]this[ ]section|to[ ]read|like[ ]this)\b
  | (?:related|recommended|similar|popular|latest|trending|top|featured|further)[ ](?:posts?|stor(?:y|ies)|articles?
      |content|topics?|links?|news|reading|videos?|coverage|stories[ ].*|tutorials?|for[ ]you|now|in[ ].*)\W*$
  | (?:recommended|trending|most[ ](?:popular|read|viewed|shared).*|editor['’]s[ ](?:picks?|choice))\W*$
  | you[ ](?:may|might)[ ](?:also[ ])?(?:like|be[ ]interested) | (?:click|tap)[ ](?:here|below|on[ ]the)
  | to[ ]read[ ](?:how|more|the[ ]full)
  | support[ ](?:us|our|independent|quality)\b | donate\b(?!.*\b(?:said|says)\b)
  | become[ ]a[ ](?:member|subscriber|supporter)
  | advertisements?\W*$
  | (?:sponsored|promoted)(?:[ ](?:by|content|post|links?)\b.{0,40}|)$ | (?:story|article|content)[ ]continues
  | continue[ ]reading | scroll[ ](?:down|to)
  | skip[ ]to\b | back[ ]to[ ]top | (?:next|previous|prev)[ ](?:article|post|story|page)\b | jump[ ]to\b
  | (?:tags?|topics?|categor(?:y|ies)|keywords?|filed[ ](?:under|in)|in[ ]this[ ]article|sections?)[ ]?:
  | about[ ](?:the|this)[ ](?:writer|author|journalist|reporter|contributor)s?\b
  | contact[ ](?:us|the[ ](?:author|editor|newsroom)|our)\b
  | to[ ]contact[ ]the\b | (?:send|submit)[ ](?:us|your|a[ ]letter|tips|story[ ]tips|feedback)\b
  | (?:got|have)[ ]an?[ ](?:news[ ])?(?:tip|story|correction)
  | (?:copyright|©|\(c\)[ ]) | all[ ]rights[ ]reserved
  | (?:terms[ ](?:of|and|&)|privacy[ ](?:policy|notice|statement|settings)
      |cookies?[ ](?:policy|settings|notice|preferences))
  | (?:we|this[ ](?:web)?site)[ ]uses?[ ]cookies
  | by[ ](?:continuing|clicking|signing|subscribing|using|submitting)\b.*\byou\b
  | download[ ](?:our|the|now)\b.*\b(?:app|apps|pdf)?\b
  | get[ ](?:the|our|all|regular|weekly|daily|more)\b.*\b(?:newsletter|app|inbox|updates|email|access)
  | (?:our|the|daily|weekly|free|morning|evening)[ ](?:\w+[ ])?newsletters?\W*$ | newsletters?\W*$
  | (?:image|photo|picture|cover|featured[ ]image|video)s?[ ](?:credits?|source|courtesy|by)\b.{0,80}$
  | (?:photo|credit|image)s?[ ]?:.{0,80}$
  | (?:your|this)[ ]email[ ]address | do[ ]not[ ]sell | powered[ ]by\b | proudly[ ]powered | reprints\b
  | enjoy[ ]ad-free
  | (?:this|the)[ ](?:article|story|post|piece|report)[ ](?:(?:was|has[ ]been|originally|first)[ ])+
      (?:appeared|published|republished|syndicated)\b
  | (?:originally|first)[ ]published\b | (?:last[ ])?(?:updated|modified|published|posted)[ ]?(?:on\b|at\b|:)
  | \d+[ ]?(?:min(?:ute)?s?)[ ](?:read|ago)
  | [\d,.]+[ ]?[km]?[ ](?:comments|shares|views|likes|followers|reads)\W*$
  | (?:date|author|by|published|source|editor|writer|photography)[ ]?:[ ]
  | (?:https?://|www\.)\S+$ | [\w.-]+@[\w.-]+\.\w+$
  | [\w-]+(?:\.[\w-]+)*\.(?:org|com|net|info|co|eu|uk|de)(?:/\S*)?$ | date[ ]\d.*\bconnect\b
  | comments[ ]are[ ](?:closed|subject|moderated|off|open)\b
  | note:[ ]we[ ]are | if[ ]you(?:['’]re|[ ]are)[ ]seeing[ ]this
  | you[ ]have[ ]\d+[ ]free | opens[ ]in[ ]new
  | (?:unless[ ]otherwise[ ]stated|all[ ](?:texts?|content|materials?|images)[ ](?:is|are|published|on[ ]this))\b
  | images[ ]may[ ]not[ ]be
  | disclaimer\b | you[ ]are[ ]commenting | comment[ ]on[ ]articles
  | \w+[ ]app[ ]updates
  | lea[ ](?:también|más) | à[ ]lire[ ]aussi | lire[ ]aussi | mehr[ ]zum[ ]thema | lesen[ ]sie[ ]auch
  | contenido[ ]relacionado | leggi[ ]anche
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_LISTS = pattern(
    r"""(?:related | recommended | trending | popular | most[ ](?:popular|read|viewed) | more[ ](?:from|stories|news)
      | latest[ ](?:news|stories|articles) | tags?: | about[ ]the[ ](?:writer|author) | support[ ]us | leave[ ]a
      | filed[ ]under
      | (?:comments?(?:[ ]?\(\d+\))? | share(?:[ ]this.*)? | see[ ]also | read[ ](?:more|next|also))\W*$)""",
    re.VERBOSE | re.IGNORECASE,
)
_LEGAL = pattern(
    r"""\b(?:all[ ]rights?[ ]reserved | privacy[ ]policy | terms[ ](?:of|and)[ ](?:use|service|conditions)
  | cookies | unsubscribe
    | newsletters? | (?:your|daily)[ ]inbox
  | your[ ](?:e-?mail|comment|account|privacy|subscription|feedback)\b | subscriber[ ]agreement | copyright
    | community[ ]guidelines | moderat(?:e|es|ed|ors?)
  | may[ ]not[ ]be[ ](?:published|reproduced|used|republished|redistributed)
    | (?:without|written)[ ]permission | on[ ]the[ ]condition[ ]that | delivered[ ]to[ ]your
  | registered[ ]trademark | reserves?[ ]the[ ]right
    | non-commercial | subscri(?:be|bers?|ption) | republish(?:ed)? | disseminated | affiliate | sign[ ]up
  | log[ ]in | our[ ](?:website|site|app|readers)
    | click[ ](?:here|confirm) | personal[ ](?:data|information) | submit(?:ting|ted)? | this[ ](?:web)?site
  | by[ ]continuing )\b | ©
    """,
    re.VERBOSE | re.IGNORECASE,
)
_VOICE = pattern(r"\b(?i:you|your|we|our|this (?:web)?site|all texts|material|i would like)\b|\bus\b|©")
_SPEECH = pattern(r"[\"“”«»]|\b(?:said|says|told|according to|reported|announced)\b", re.IGNORECASE)

_MONTH = rf"(?:{'|'.join(month.abbreviations[0] for month in months())})[a-z]*\.?"
_DATE = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?[ ]{_MONTH},?[ ]\d{{4}}|{_MONTH}[ ]\d{{1,2}}(?:st|nd|rd|th)?,?[ ]\d{{4}}"
    r"|\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./]\d{2,4})"
)
_TIME = r"(?:[ ,|·-]*(?:at[ ])?\d{1,2}[:.]\d\d(?:[ ]?[ap]\.?m\.?)?(?:[ ][A-Z]{2,4})?)?"
_PERSON = r"(?-i:[^\W\d_][\w'’.-]*(?:[ ](?:[a-z]{1,3}[ ])?[A-ZÀ-ÞŁŚŻŹ][\w'’.-]*){1,3})"
_DATE_LINE = pattern(
    rf"(?:date|published|updated|posted|last[ ]updated)?[ ]?(?:on|:)?[ ]?{_DATE}{_TIME}\W*"
    rf"(?:author:?[ ]?{_PERSON}|connect.*)?$",
    re.IGNORECASE,
)
_BYLINE = pattern(
    rf"(?:by:?[ ]{_PERSON}(?:(?:,|[ ]and)[ ]{_PERSON})*(?:,[ ][\w ]{{2,40}})?(?:[ |,·-]+{_DATE}{_TIME})?"
    rf"|{_PERSON}[ |,·-]+{_DATE}{_TIME})\W*$",
    re.IGNORECASE,
)
_NAME = pattern(rf"{_PERSON}\Z")
_CREDIT = pattern(
    r"[(\[]?(?:(?:photo|image|picture)s?[ ]?(?:by|:|/)?[ ]?)?(?:[\w .'’-]+/)?"
    r"(?:AFP|AP(?:[ ]Photo)?|EPA(?:-EFE)?|Getty(?:[ ]Images)?|Reuters|REUTERS|Shutterstock(?:\.com)?"
    r"|iStock(?:photo)?|WireImage|Xinhua|TASS|Bloomberg|Alamy|Unsplash|PA(?:[ ]Wire)?)"
    r"(?:(?:[ ]via|/)[ ]?[\w .'’-]+)?[)\]]?\.?\Z"
)


def is_call(text: str, words: int) -> bool:
    """Return whether a line of ``words`` words is recognisably boilerplate by itself.

    >>> is_call("Read more about the war", 5), is_call("Read what he wrote to her in the autumn of 1939.", 11)
    (True, False)
    """
    speaks = bool(_SPEECH.search(text))
    if words <= (SHORT_WORDS if speaks else CALL_WORDS) and _OPENINGS.match(text):
        return True
    if words <= SHORT_WORDS and _CREDIT.match(text):
        return True
    if speaks or not _VOICE.search(text):
        return False
    legal = {match.group().casefold() for match in _LEGAL.finditer(text)}
    return len(legal) >= (1 if words <= SHORT_WORDS else 2)


def starts_list(text: str, words: int) -> bool:
    """Return whether a short line heads what follows an article: related posts, tags, a note on the author,
    comments."""
    return words <= SHORT_WORDS and bool(_LISTS.match(text))


def is_byline(text: str, words: int) -> bool:
    """Return whether a line names an author or a date of publication and nothing else.

    >>> is_byline("Alex Lantier 12 February 2024", 5), is_byline("By 2024 all had changed.", 5)
    (True, False)
    """
    return words <= 16 and bool(_BYLINE.match(text) or _DATE_LINE.match(text))


def is_name(text: str) -> bool:
    """Return whether a line may be a person's name and nothing else.

    >>> is_name("Joaquin Camarena"), is_name("January 31st Video Call")
    (True, False)
    """
    return bool(_NAME.match(text))
