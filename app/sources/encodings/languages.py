"""The letters and small words of languages, by which a right decoding is told from a wrong one.

The letters are those beyond a to z that a language's own words have; the words of languages in Latin letters are
those of ``app.collation.lexicon``.
"""

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
    "ru": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
    "bg": "абвгдежзийклмнопрстуфхцчшщъьюя",
    "sr": "абвгдђежзијклљмнњопрстћуфхцчџш",
    "el": "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ",
    "he": "אבגדהוזחטיךכלםמןנסעףפץצקרשת",
    "ar": "ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءآأؤإئ",
    "fa": "ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیآءئؤأ",
}
"""Letters beyond a to z, in small letters; a language that is not here is not told."""

ENCODINGS = {
    "zh-Hans": ("gb18030",),
    "zh-Hant": ("big5", "gb18030"),
    "ja": ("cp932", "euc_jp"),
    "ko": ("cp949",),
    "th": ("cp874",),
}
"""The encodings that texts in these languages have: others hold their characters too, in other places."""

OTHER_WORDS = {
    "ru": "и в на не что с по для как из это о был к от за его он она они но до при же также после было который её",
    "uk": "і в на не що з та для як до це за від про його він вона або але при й у яка який після було щоб",
    "bg": "и на в за не се да от с че е по са до ще като това при или към беше който",
    "sr": "и у је на да се за су не од са који као али или ће то по",
    "el": "και το του την της η ο να που με για από στη στο στην τον είναι δεν θα τα τους των ένα μια οι σε",
    "he": "של את על לא הוא כי עם זה היא גם או אם כל אל בין אך יותר",
    "ar": "في من على أن إلى التي عن مع هذا الذي ما لا كان هذه بعد قد أو",
    "fa": "در به از که این را با است برای آن یک تا هم می بر شد او",
}
"""Small words of languages in other letters that are parted by blanks."""

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
    return words
