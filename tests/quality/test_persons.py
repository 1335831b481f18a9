import pytest

from tests.quality.persons import PERSONS, MarkedArticle, answered, read

ARTICLES = list(read(PERSONS.read_text(encoding="utf-8")))


def test_there_are_enough_quotations_and_all_five_seeds_are_among_them() -> None:
    assert sum(len(article.marked) for article in ARTICLES) >= 200
    assert sum(article.name.startswith("seed: ") for article in ARTICLES) == 5


def test_a_fifth_of_the_quotations_have_no_person() -> None:
    marked = [quotation for article in ARTICLES for quotation in article.marked]
    assert sum(quotation.person is None for quotation in marked) * 5 >= len(marked)


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.name)
def test_every_quotation_of_an_article_is_marked_and_every_person_is_printed_in_it(
    article: MarkedArticle,
) -> None:
    text = "\n".join(article.paragraphs)
    assert len(list(answered(article))) == len(article.marked)
    assert all(quotation.person is None or quotation.person in text for quotation in article.marked)
    assert all(
        quotation.speaker is None or quotation.speaker in text.replace("*", "")
        for quotation in article.marked
    )


def test_a_marking_that_does_not_fit_the_article_is_refused() -> None:
    (article,) = read("== One\n“Yes,” said Ann Lee. “No.”\n> Ann Lee = Ann Lee\n")
    with pytest.raises(ValueError, match="2 quotations found, 1 marked"):
        list(answered(article))
