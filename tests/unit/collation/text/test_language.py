"""Which language a text is in, as far as the rules need it, and what is done where it is another."""

import json

import pytest

from app.collation import document, pipeline
from app.collation.findings import IN_ENGLISH, OF_NUMBERS
from app.collation.model import Side
from app.collation.text.language import is_english

ENGLISH = (
    "The council voted on Monday to close the old bridge, which had stood for a century.",
    "Ferry hits pier, dozens hurt",
    "Other winners include Best Director and Best Costume Design",
    "",
    "1914",
)
OTHERS = (
    "Der Rat beschloss am Montag, die alte Brücke zu schließen, die ein Jahrhundert gestanden hatte.",
    "Le conseil a décidé lundi de fermer le vieux pont, qui était là depuis un siècle.",
    "El consejo decidió el lunes cerrar el viejo puente, que llevaba un siglo en pie.",
    "Il consiglio ha deciso lunedì di chiudere il vecchio ponte, che era lì da un secolo.",
    "O conselho decidiu na segunda-feira fechar a velha ponte, que não era segura.",
    "De raad besloot maandag de oude brug te sluiten, die er een eeuw heeft gestaan.",
    "Rada postanowiła w poniedziałek zamknąć stary most, który stał tam od wieku.",
    "Совет решил в понедельник закрыть старый мост.",
    "Рада вирішила закрити міст, said the Post",
    "市议会周一决定关闭这座旧桥。",
    "قرر المجلس إغلاق الجسر القديم.",
)


@pytest.mark.parametrize("text", ENGLISH)
def test_english_is_recognised(text: str) -> None:
    assert is_english([text])


@pytest.mark.parametrize("text", OTHERS)
def test_other_languages_are_not_english(text: str) -> None:
    assert not is_english([text])


def test_one_foreign_sentence_makes_no_english_text_foreign() -> None:
    assert is_english([ENGLISH[0], ENGLISH[0], "“Der Rat beschloss es.”"])


def test_english_kinds_are_not_looked_for_when_a_text_is_not_english() -> None:
    german = OTHERS[0]
    collation = pipeline.collate([german, "Es kostet 5 Millionen."], [german, "Es kostet 6 Millionen."])
    assert collation.summary.not_looked_for == IN_ENGLISH
    assert collation.summary.findings == {"number": 1}


def test_if_both_texts_are_english_every_kind_is_looked_for() -> None:
    assert pipeline.collate([ENGLISH[0]], [ENGLISH[0]]).summary.not_looked_for == ()


def test_the_document_records_the_kinds_not_looked_for() -> None:
    comparison = pipeline.compare(Side("a", "", (OTHERS[1],)), Side("b", "", (OTHERS[1],)))
    written = json.loads(document.dumps(comparison))
    assert written["summary"]["not_looked_for"] == list(IN_ENGLISH)
    assert document.from_json(written) == comparison


def test_numbers_are_not_looked_for_in_a_text_with_too_many() -> None:
    table = " ".join(f"{number} men" for number in range(20_001))
    collation = pipeline.collate(
        [ENGLISH[0], "It costs 5 pounds.", table], [ENGLISH[0], "It costs 6 pounds.", table]
    )
    assert collation.summary.not_looked_for == OF_NUMBERS
    assert not collation.summary.findings.keys() & set(OF_NUMBERS)
    words = "one hundred and twenty " * 7_000
    assert pipeline.collate([ENGLISH[0], words], [ENGLISH[0], words]).summary.not_looked_for == OF_NUMBERS
