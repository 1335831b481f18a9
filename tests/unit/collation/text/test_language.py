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


HEADLINES_OF_FOREIGN_NAMES = """
Coup d'etat fails in Le Mans
Los Angeles mayor rejects El País report
La Paz police clash with miners
Der Spiegel apologises for fabricated stories
São Paulo subway workers end strike
De Telegraaf fined over leaked files
Il Sole 24 Ore names new editor
Den Haag court jails former general
El Salvador extends state of emergency
Le Monde reporter freed in Niger
La Repubblica staff walk out over sale
Porsche wins at Le Mans again
Fire destroys market in La Paz
Die Zeit editor steps down after 20 years
Al Jazeera bureau raided in Ramallah
Wildfires near Los Angeles kill five
Real Madrid and Barcelona draw in El Clásico
Rio de Janeiro governor ousted
Marine Le Pen barred from running
Floods hit Santa Cruz de la Sierra
Der Standard, Le Soir and El Mundo publish leaked files
Le Figaro says Macron will visit São Tomé
Corriere della Sera journalist attacked in Reggio di Calabria
The mayor of Las Palmas de Gran Canaria resigned on Monday.
Police in Aix-en-Provence found the car outside a Carrefour.
Ursula von der Leyen meets Geert Wilders in Den Haag
Paris Saint-Germain sign Van der Berg from Ajax
Süddeutsche Zeitung names ministers in leak
Médecins Sans Frontières suspends work in Port-au-Prince
La Liga and Serie A clubs reject Super League
Everton thrash Fulham
Vulcano erupts on Stromboli
Fiorentina sack coach
Juan de la Cruz wins vote in Cebu
Dutch king opens Rijksmuseum wing
Die Linke expels two members
Le Pen and Bardella split over tax
Las Vegas casino robbed
Costa del Sol hotels fill up
Río Negro floods homes
Team from Stratford-upon-Avon wins quiz
Ana de Armas joins cast of thriller
Feyenoord draw with PSV
San José rail strike enters second week
Porsche to cut 1,900 jobs in Zuffenhausen
Bolsonaro ally jailed in Brasília
Van Gogh drawing sold for 1.2 million
Haaland treble sinks Wolves
Dele Alli retires
""".strip().splitlines()
HEADLINES_IN_OTHER_LANGUAGES = """
Un mort et deux blessés à Lyon
Le maire de Nice démissionne
Los Angeles sufre un nuevo incendio
La Paz vive otra jornada de bloqueos
Der Spiegel verliert vor Gericht
Bund und Länder einigen sich
De Telegraaf moet betalen
Minister treedt af na rapport
Il Sole 24 Ore cambia direttore
Governo battuto alla Camera
São Paulo tem greve de ônibus
Presidente viaja para a China
Kaksi kuoli kolarissa Oulussa
Två döda i brand i Malmö
To døde i brann i Bergen
Dwie osoby zginęły w pożarze
Dva mrtví při požáru v Brně
Két halott a tűzben
Ankara'da iki kişi öldü
Doi morți într-un incendiu
Bencana banjir di Jakarta
Hai người chết trong vụ cháy
Dua orang tewas dalam kebakaran
Macron et Scholz se rencontrent à Paris
Trump gana las elecciones
Trump vince le elezioni
Trump gewinnt die Wahl
Vulkan auf Island bricht aus
Real Madrid gana la final
Macron en visite à Londres
Incendio en el centro de Bogotá
Un morto in Val di Susa
Zwei Tote bei Unfall in Tirol
Twee doden bij brand
Brand i Oslo sentrum
Sete mortos no Rio de Janeiro
Premier League: Chelsea vence Arsenal
Pożar w centrum Łodzi
Meloni incontra Scholz a Roma
Bayern schlägt Dortmund
Lyon bat Nice
Ajax wint van PSV
Barcelona derrota al Sevilla
Le patron de Renault quitte son poste
La policía detiene a dos hombres en Las Palmas
Der Papst reist nach Rio de Janeiro
El papa viaja a Santa Cruz de la Sierra
Ursula von der Leyen trifft Geert Wilders in Den Haag
Kebakaran di Surabaya
""".strip().splitlines()


def test_foreign_names_make_no_english_headline_foreign() -> None:
    assert [text for text in HEADLINES_OF_FOREIGN_NAMES if not is_english([text])] == []


def test_headlines_in_other_languages_are_not_english() -> None:
    assert [text for text in HEADLINES_IN_OTHER_LANGUAGES if is_english([text])] == []


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
