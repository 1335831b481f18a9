"""The letters and small words of languages, which distinguish a right decoding from a wrong one.

The letters are those beyond a to z that a language's own words have, as CLDR's exemplar sets list them; the words of
languages in Latin letters are those of ``app.collation.lexicon`` and some more.
"""

import codecs
from functools import cache

from app.collation.lexicon import load

LETTERS = {
    "en": "éèêëïöüñçàâæœäåøáíóúãõßîôûùìòÿ",  # in names and loan words
    "de": "äöüßé",
    "fr": "àâæçéèêëîïôœùûüÿ",
    "es": "áéíóúüñªº",
    "it": "àèéìíîòóùú",
    "pt": "áâãàçéêíóôõúüªº",
    "nl": "áéëèïíóöüúĳ",
    "sv": "åäöéàü",
    "da": "æøåéö",
    "nb": "æøåéòóôà",
    "pl": "ąćęłńóśźż",
    "cs": "áčďéěíňóřšťúůýžö",
    "ro": "ăâîșțşţé",
    "tr": "çğıöşüâîû",
    "id": "é",
    "vi": "ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
    "hu": "áéíóöőúüű",
    "fi": "äöåšž",
    "ca": "àçéèíïóòúü·",
    "gl": "áéíóúüñ",
    "hr": "čćđšž",
    "sl": "čšžćđ",
    "sk": "áäčďéíĺľňóôŕšťúýž",
    "lt": "ąčęėįšųūž",
    "lv": "āčēģīķļņšūž",
    "et": "äöüõšž",
    "sq": "ëç",
    "is": "áðéíóúýþæö",
    "fo": "áðíóúýæø",
    "ga": "áéíóú",
    "cy": "áàâäéèêëìîïóòôöùûüẁẃŵẅỳýŷÿ",
    "mt": "ċġħżàèìòù",
    "eo": "ĉĝĥĵŝŭ",
    "eu": "ñüç",
    "af": "áâèéêëîïôöúû",
    "az": "çəğıöşü",
    "ru": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
    "bg": "абвгдежзийклмнопрстуфхцчшщъьюя",
    "be": "абвгдеёжзійклмнопрстуўфхцчшыьэюя",
    "mk": "абвгдѓежзѕијклљмнњопрстќуфхцчџшѐѝ",
    "sr": "абвгдђежзијклљмнњопрстћуфхцчџш",
    "el": "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ",
    "he": "אבגדהוזחטיךכלםמןנסעףפץצקרשת",
    "ar": "ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءآأؤإئ",
    "fa": "ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیآءئؤأ",
}
"""Letters beyond a to z, in small letters; a language that is not listed is not recognised."""

RARE_LETTERS = {
    "de": "é",
    "fr": "œæÿ",
    "es": "ªº",
    "it": "íîóúé",
    "pt": "ªºüà",
    "nl": "áèíóúĳ",
    "sv": "éàü",
    "da": "éö",
    "nb": "éòóô",
    "cs": "ö",
    "ro": "éșțşţ",
    "tr": "âîû",
    "ca": "·",
    "sl": "ćđ",
    "sk": "ŕĺ",
    "fi": "åšž",
    "et": "šž",
    "cy": "áàäéèëìïóòöùûüẁẃẅỳýÿ",
    "mt": "àèìòù",
    "af": "áâèéîïôöúû",
    "ru": "ё",
    "uk": "ґ",
    "mk": "ѐѝ",
    "el": "ϊϋΐΰ",
    "ar": "ؤ",
    "fa": "ؤأئ",
}
"""Letters that a language can do without: encodings that lack them were made for it all the same."""

MIN_HELD = 0.75
"""Share of a language's letters that an encoding holds in which texts in it are written."""

SIBLINGS = str.maketrans("şţŞŢ", "șțȘȚ")
"""Two ways to write one letter of Romanian: encodings older than Unicode 3 have the first alone."""

MULTIBYTE = {
    "gb18030": ("gb2312", "zh-Hans zh-Hant"),
    "big5": ("big5", "zh-Hant"),
    "cp932": ("shift_jis", "ja"),
    "euc_jp": ("shift_jis", "ja"),
    "cp949": ("euc_kr", "ko"),
    "cp874": ("cp874", "th"),
}
"""The encodings of languages without blanks: the set of characters that texts in them have, and the languages."""

OTHER_WORDS = {
    "ru": "и в на не что с по для как из это о был к от за его он она они но до при же также после было который её",
    "uk": "і в на не що з та для як до це за від про його він вона або але при й у яка який після було щоб",
    "bg": "и на в за не се да от с че е по са до ще като това при или към беше който",
    "be": "і у на не што з да для як гэта за ад пра яго яна але пры ён яны па быў была якія які калі ўжо або",
    "mk": "и на во да се не од за со што е ќе го ги тоа како по ја а но",
    "sr": "и у је на да се за су не од са који као али или ће то по",
    "el": "και το του την της η ο να που με για από στη στο στην τον είναι δεν θα τα τους των ένα μια οι σε",
    "he": "של את על לא הוא כי עם זה היא גם או אם כל אל בין אך יותר",
    "ar": "في من على أن إلى التي عن مع هذا الذي ما لا كان هذه بعد قد أو",
    "fa": "در به از که این را با است برای آن یک تا هم می بر شد او",
}
"""Small words of languages in other letters that are parted by blanks."""

MORE_WORDS = {
    "fo": "og at í á er ein til við ikki fyri sum hava av tað hann teir so men frá eru hevur",
    "ga": "an na agus ar a i go le is do ag sé sí bhí leis atá ach nach de seo sin mar don",
    "cy": "y yr yn i o ar ei eu ac am mae bod fod wedi gan oedd fel hyn hynny na nid ond mewn ddim bydd â un",
    "mt": "il l ta li u tal fil mill għal minn ma kien din dan hija huwa biex jew dak iżda mhux aktar se it is tat tas "
    "id x f b lil kif meta qal dwar",
    "eo": "la de kaj en estas al por ne ke kiu tiu per mi ĝi sed pri el kun ili tio estis kiuj ankaŭ sur oni ĉi ĉar",
    "pt": "de à às ou sua seu pela pelo nos nas ser até já sobre quando também",
    "es": "de le ha o e entre sobre sin ya muy este esta fue",
    "it": "i e o lo al dal nel dei ma ha da",
    "hr": "će s koja koje koji kada više samo kod ili te ne kako do",
    "sl": "je bo ni pri so kot za tem čez",
    "ro": "o ca mai sau pe lui ale s-a au va că cel cea fi este dar",
    "tr": "bu o da de en her ise ki diye ama veya ya önce iki yeni var yok değil büyük en başka söyledi dedi içinde "
    "üzerinde tarafından göre karşı",
    "cs": "i k ve od do jsem jsou bude budou až nebo které která aby také si jeho tak už jen před při přes",
    "sk": "i k vo od bude budú až alebo ktoré ktorá aby tiež si jeho tak už len pred pri cez aj bol",
    "lt": "su per tai jau tik o yra buvo bus prie jų jis ji kurie apie tarp",
    "lv": "no to tā bet kas pie arī vai jau gan tas viņš tikai tiek būs par līdz",
    "et": "kes mis ka ta ning seda selle oli ole välja üle kõige pärast nii kuid tema juba siis mida veel pole saab",
    "fi": "se hän ovat oli myös niin mukaan vain jos jo tai joka kanssa sekä",
}
"""More small words of languages that have few, or that ``app.collation.lexicon`` has none of."""

ENGLISH_LOANS = frozenset(
    "naïve naïvely naïveté café cafés cliché clichés clichéd façade façades fiancé fiancée résumé résumés élite élites "
    "protégé protégée protégés déjà entrée entrées soufflé jalapeño jalapeños piñata señor señora crème brûlée purée "
    "sauté sautéed née émigré émigrés première matinée décor détente tête rôle rôles communiqué coup état être dépôt "
    "exposé fête fêted moiré outré passé rosé risqué touché voilà doppelgänger über".split()
)
"""Words of English that keep the accents of the language that they come from."""

COMMON_CHARACTERS = {
    "zh-Hans": "的一是在不了有人这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可她里后"
    "小么心多天而能好都然没日于起还发成事只作当想看文无开手用主行方又如前所本见经头面公同三已老从动两"
    "长",
    "zh-Hant": "的一是在不了有人這中大來上國個到說們為子和你地出道也時年得就那要下以生會自著去之過家學對可她裡後"
    "小麼心多天而能好都然沒日於起還發成事只作當想看文無開手用主行方又如前所本見經頭面公同三已老從動兩"
    "長",
    "ja": "のにはをたがでてとしれさあるいるもすなっからりこまけんくよどうそちつみせきめ日本年大人国会中一月者",
    "ko": "이의는을에가은를고다한하로도지에서와과들사대인해있그자기정시어으나부전수일리보제아원",
    "th": "กขคงจชญดตถทธนบปผพฟมยรลวศสหอะาำิีึืุูเแโใไ่้์ั",
}
"""The characters that make up much of any text in a language without blanks, or with whole syllables for letters."""


@cache
def small_words() -> dict[str, frozenset[str]]:
    """Return the small words of each language in letters: of those in Latin letters, and of the others."""
    words = {language: frozenset(listed.split()) for language, listed in load.rows("binding_words")}
    words |= {language: frozenset(listed.split()) for language, listed in OTHER_WORDS.items()}
    words["en"] = load.words("function_words", "binding")
    for language, listed in MORE_WORDS.items():
        words[language] = words.get(language, frozenset()) | frozenset(listed.split())
    return words


@cache
def letter_pairs() -> dict[str, frozenset[str]]:
    """Return the pairs of letters that stand side by side in each language; ``_`` is a word's edge.

    >>> "_ß" in letter_pairs()["de"], "ße" in letter_pairs()["de"]
    (False, True)
    """
    return {language: frozenset(listed.split()) for language, listed in load.rows("letter_pairs")}


@cache
def written_in(encoding: str) -> frozenset[str]:
    """Return the languages that texts in an encoding may be in: those most of whose letters it holds.

    >>> "ro" in written_in("cp1252"), "ro" in written_in("iso8859_16"), "ru" in written_in("gb18030")
    (False, True, True)
    """
    held, without_blanks = MULTIBYTE.get(encoding, (encoding, ""))
    languages = {language for language in small_words() if _holds(held, language)}
    return frozenset((*languages, *without_blanks.split()))


def _holds(encoding: str, language: str) -> bool:
    if language == "en":  # which has no letters of its own beyond a to z
        return any(_can_write(encoding, sign) for sign in "é“")
    needed = set(LETTERS.get(language, "")) - set(RARE_LETTERS.get(language, "")) or {"é"}
    return sum(_can_write(encoding, letter) for letter in needed) >= MIN_HELD * len(needed)


def _can_write(encoding: str, letter: str) -> bool:
    try:
        codecs.encode(letter, encoding)
    except UnicodeEncodeError:
        return False
    return True
