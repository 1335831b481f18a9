"""The word diff in many scripts: whole words where spaces separate them, whole characters everywhere."""

import pytest
import regex

from app.collation.diff import diff
from tests.golden.scripts import written

CASES = {
    "chinese": (
        "中国国防部长董军表示，中方将继续支持俄罗斯。",
        "中国防长董军说，中方会坚定支持俄罗斯。",
        "中国[-国-]防[-部-]长董军[-表示-][+说+]，中方[-将继续-][+会坚定+]支持俄罗斯。",
    ),
    "chinese dates": (
        "他在2024年1月31日表示支持。",
        "他在2024年2月1日表示反对。",
        "他在2024年[-1月31日-][+2月1日+]表示[-支持-][+反对+]。",
    ),
    "japanese": (
        "中国の国防相は、ロシアを支持すると述べた。",
        "中国の国防相は、ウクライナを支持しないと述べた。",
        "中国の国防相は、[-ロシア-][+ウクライナ+]を支持[-する-][+しない+]と述べた。",
    ),
    "thai": (
        "รัฐมนตรีกลาโหมจีนสนับสนุนรัสเซียในสงครามยูเครน",
        "รัฐมนตรีต่างประเทศจีนสนับสนุนรัสเซียในวิกฤตยูเครน",
        "รัฐมนตรี[-กลาโหม-][+ต่างประเทศ+]จีนสนับสนุนรัสเซียใน[-สงคราม-][+วิกฤต+]ยูเครน",
    ),
    "khmer": ("ខ្មែរ ស្រលាញ់", "ខ្មែរ ស្រឡាញ់", "ខ្មែរ ស្រ[-លា-][+ឡា+]ញ់"),
    "burmese": ("မြန်မာနိုင်ငံ", "မြန်မာပြည်", "မြန်မာ[-နိုင်ငံ-][+ပြည်+]"),
    "arabic": (
        "أعلن وزير الدفاع الصيني دعمه الكامل لروسيا.",
        "أكد وزير الدفاع الصيني دعمه لروسيا وحدها.",
        "[-أعلن-][+أكد+] وزير الدفاع الصيني دعمه [-الكامل -]لروسيا[+ وحدها+].",
    ),
    "arabic words are never cut": ("الكتاب الجديد", "الكتابة الجديد", "[-الكتاب-][+الكتابة+] الجديد"),
    "a stretched arabic word": ("الكتـــاب الجديد", "الكتاب الجديد", "{الكتـــاب|الكتاب} الجديد"),
    "hebrew": (
        "שר הביטחון הסיני הביע תמיכה מלאה ברוסיה.",
        "שר ההגנה הסיני הביע תמיכה ברוסיה.",
        "שר [-הביטחון-][+ההגנה+] הסיני הביע תמיכה [-מלאה -]ברוסיה.",
    ),
    "hindi": (
        "चीन के रक्षा मंत्री ने रूस को पूरा समर्थन दिया।",
        "चीन के विदेश मंत्री ने रूस को समर्थन दिया।",
        "चीन के [-रक्षा-][+विदेश+] मंत्री ने रूस को [-पूरा -]समर्थन दिया।",
    ),
    "hindi words are never cut": ("हिंदी में", "हिन्दी में", "[-हिंदी-][+हिन्दी+] में"),
    "korean": (
        "러시아를 지지했다",
        "러시아의 지지를 받았다",
        "[-러시아를 지지했다-][+러시아의 지지를 받았다+]",
    ),
    "russian": (
        "Китай поддерживает Россию",
        "Китай поддержал Россию",
        "Китай [-поддерживает-][+поддержал+] Россию",
    ),
    "emoji with joiners": (
        "family 👨‍👩‍👧‍👦 here",
        "family 👨‍👩‍👧 here",
        "family [-👨‍👩‍👧‍👦-][+👨‍👩‍👧+] here",
    ),
    "emoji of another skin": ("ok 👍🏽", "ok 👍🏿", "ok [-👍🏽-][+👍🏿+]"),
    "flags that touch": ("🇨🇳🇷🇺", "🇨🇳🇺🇦", "🇨🇳[-🇷🇺-][+🇺🇦+]"),
    "emoji as text or picture": ("I ❤️ it", "I ❤ it", "I {❤️|❤} it"),
    "beyond the basic plane": ("𝒳𝒴 and 𠮷野家", "𝒳𝒵 and 𠮷田家", "[-𝒳𝒴-][+𝒳𝒵+] and 𠮷[-野-][+田+]家"),
    "the engine's own private plane": (
        "\U000f0000 private \U00100000",
        "\U000f0001 private \U00100000",
        "[-\U000f0000-][+\U000f0001+] private \U00100000",
    ),
    "composed and decomposed": ("cafe\u0301 naïve", "café naïve", "{cafe\u0301|café} naïve"),
    "soft hyphens and zero width": (
        "co\u00adoperate zero\u200bwidth",
        "cooperate zerowidth",
        "{co\u00adoperate|cooperate} {zero\u200bwidth|zerowidth}",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_the_diff_of_a_script(name: str) -> None:
    base, witness, marked = CASES[name]
    assert written(base, witness) == marked


@pytest.mark.parametrize("name", CASES)
def test_no_mark_cuts_a_grapheme_cluster_even_inside_a_word(name: str) -> None:
    base, witness, _ = CASES[name]
    changes = diff(base, witness).changes
    marks = [mark for change in changes for mark in change.within]
    for text, spans in (
        (base, [change.base for change in changes] + [mark.base for mark in marks]),
        (witness, [change.witness for change in changes] + [mark.witness for mark in marks]),
    ):
        whole = {0, *(match.end() for match in regex.finditer(r"\X", text))}
        assert whole >= {edge for span in spans for edge in span}


@pytest.mark.parametrize("name", ["arabic words are never cut", "hindi words are never cut"])
def test_joined_scripts_have_no_marks_inside_a_word(name: str) -> None:
    base, witness, _ = CASES[name]
    assert not any(change.within for change in diff(base, witness).changes)
