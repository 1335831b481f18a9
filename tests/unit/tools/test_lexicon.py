"""The tool that makes word tables from WordNet's files, tried on a few lines in their format."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

TOOL = Path(__file__).resolve().parents[3] / "tools" / "lexicon.py"

# offset, file number, part of speech, words with their ids, links (symbol, offset, part, from and to), and a gloss
ADJECTIVES = """\
  1 A licence stands before the first line, two spaces in front of each of its lines.
00000100 00 a 02 open 0 unlocked 0 001 ! 00000200 a 0101 | allowing entry
00000200 00 a 01 shut 0 001 ! 00000100 a 0101 | not open
00000300 01 a 01 Freedonian 0 001 \\ 00000400 n 0101 | of Freedonia
"""
NOUNS = """\
00000400 15 n 02 Freedonia 0 Republic_of_Freedonia 0 000 | a country
00000500 06 n 01 gate_house 0 000 | a house at a gate
00000600 06 n 01 gate 0 000 | a door in a wall
"""

# word, part, how many senses, how many links with their symbols, senses again, how often tagged, and their offsets
INDEXES = {
    "adj": "  1 A licence.\nopen a 1 1 ! 1 1 00000100\nshut a 1 1 ! 1 1 00000200\n",
    "adv": "",
    "noun": "freedonia n 1 0 1 0 00000400\ngate n 1 0 1 0 00000600\n",
    "verb": "",
}

EXCEPTIONS = """\
referred refer
referring refer
signalled signal
signalling signal
compelled compel
slammed slam
learnt learn
said say
"""
"""Lines of WordNet's ``verb.exc``."""

BY_HAND = {
    "reporting_verbs.tsv": "verb\tclass\tuse\ttraits\nsay\tneutral\tutters\t\nslam\tcriticism\tquotes\t\n",
    "negators.tsv": "word\tkinds\nnot\thard\nrefuse\tverb soft\n",
    "irregular_verbs.tsv": "verb\tpast\tparticiple\nsay\tsaid\tsaid\n",
}
"""Tables that verbs are taken from."""


def written(folder: Path, table: str) -> list[str]:
    return (folder / f"{table}.tsv").read_text("utf-8").splitlines()


@pytest.fixture
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("lexicon_tool", TOOL)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "data.adj").write_text(ADJECTIVES, "latin-1")
    (tmp_path / "data.noun").write_text(NOUNS, "latin-1")
    for part in ("verb", "adv"):
        (tmp_path / f"data.{part}").write_text("", "latin-1")
    for part, index in INDEXES.items():
        (tmp_path / f"index.{part}").write_text(index, "latin-1")
    (tmp_path / "verb.exc").write_text(EXCEPTIONS, "latin-1")
    return tmp_path


def test_opposites_hold_for_synonyms_of_one_sense(tool: ModuleType, folder: Path) -> None:
    pairs = set(tool.antonyms(tool.synsets(folder)))
    assert {("open", "shut"), ("unlocked", "shut"), ("shut", "open")} <= pairs


def test_names_of_one_place_come_with_the_adjective(tool: ModuleType, folder: Path) -> None:
    assert list(tool.names(tool.synsets(folder))) == [["Freedonia", "Republic of Freedonia", "Freedonian"]]


def test_common_words_are_single_and_in_small_letters(tool: ModuleType, folder: Path) -> None:
    assert tool.common(tool.synsets(folder)) == {"open", "unlocked", "shut", "gate"}


@pytest.mark.parametrize(
    ("verb", "third_person", "past", "present_participle"),
    [
        ("refer", "refers", "referred", "referring"),
        ("signal", "signals", "signalled signaled", "signalling signaling"),
        ("compel", "compels", "compelled", "compelling"),
        ("blog", "blogs", "blogged", "blogging"),
        ("quip", "quips", "quipped", "quipping"),
        ("mail", "mails", "mailed", "mailing"),
        ("offer", "offers", "offered", "offering"),
        ("vow", "vows", "vowed", "vowing"),
        ("reply", "replies", "replied", "replying"),
        ("portray", "portrays", "portrayed", "portraying"),
        ("lie", "lies", "lied", "lying"),
        ("agree", "agrees", "agreed", "agreeing"),
        ("stress", "stresses", "stressed", "stressing"),
        ("say", "says", "said", "saying"),
        ("learn", "learns", "learnt learned", "learning"),
    ],
)
def test_verbs_are_inflected(
    tool: ModuleType, verb: str, third_person: str, past: str, present_participle: str
) -> None:
    inflector = tool.Inflector(EXCEPTIONS, ["say\tsaid\tsaid", "learn\tlearnt\tlearnt", "lie\tlay\tlain"])
    assert inflector.third_person(verb) == [third_person]
    assert inflector.past(verb) == past.split()
    assert inflector.present_participle(verb) == present_participle.split()


def test_the_tables_are_written_whole(
    tool: ModuleType, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tool, "TABLES", tmp_path)
    monkeypatch.setattr("sys.argv", ["lexicon.py", str(folder)])
    for table, text in BY_HAND.items():
        (tmp_path / table).write_text(text, "utf-8")
    assert tool.main() == 0
    assert written(tmp_path, "antonyms") == [
        "word\tantonyms",
        "open\tshut",
        "shut\topen unlocked",
        "unlocked\tshut",
    ]
    assert written(tmp_path, "common_words") == ["word", "gate", "open", "shut", "unlocked"]
    assert written(tmp_path, "place_names")[1:] == ["Freedonia\tRepublic of Freedonia|Freedonian"]
    assert written(tmp_path, "verb_forms") == [
        "verb\tthird_person\tpast\tpresent_participle",
        "refuse\trefuses\trefused\trefusing",
        "say\tsays\tsaid\tsaying",
        "slam\tslams\tslammed\tslamming",
    ]
