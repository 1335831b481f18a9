import pytest

from app.errors import FetchError
from app.sources.fetching import robots
from app.sources.fetching.links import links_in, parse_link
from app.sources.fetching.robots import read_robots


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "ftp://news.example/a",
        "gopher://news.example/",
        "news.example/a",
        "//news.example/a",
        "https://user:pass@news.example/",
        "https://news.example@127.0.0.1/",
        "https://@news.example/",
        "https://news.example:8080/",
        "http://news.example:443/",
        "https://news.example:99999/",
        "https://",
        "https://[::1",
        "https://a..b/",
        "https://-a.example/",
        "https://news.example\\@127.0.0.1/",
        "https://news.example/a b",
        "https://news.example/\r\nHost: other",
        "https://news.example/\u202eabc",
        "https://news.example/" + "a" * 2000,
        "",
    ],
)
def test_what_is_no_link_that_is_fetched_is_refused_in_words(text: str) -> None:
    with pytest.raises(FetchError) as error_info:
        parse_link(text)
    assert error_info.value.message
    assert error_info.value.advice


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("https://news.example", "https://news.example/"),
        (" HTTPS://NEWS.Example.:443/A?b=c&d=%20#part ", "https://news.example/A?b=c&d=%20"),
        ("https://münchen.example/größe", "https://xn--mnchen-3ya.example/gr%C3%B6%C3%9Fe"),
        ("http://[2606:2800:220:1::1]/a", "http://[2606:2800:220:1::1]/a"),
        ("https://news.example/a;b=(c)|d", "https://news.example/a;b=(c)|d"),
    ],
)
def test_a_link_is_brought_into_one_form(text: str, url: str) -> None:
    assert parse_link(text).url == url


@pytest.mark.parametrize(
    ("text", "links"),
    [
        (
            "https://news.example/a\nhttps://news.example/b",
            ("https://news.example/a", "https://news.example/b"),
        ),
        (" https://news.example/a https://news.example/a ", ("https://news.example/a",)),
        ("www.news.example\nnews.example/a?b=c", ("https://www.news.example", "https://news.example/a?b=c")),
        ("javascript:alert(1)", ("javascript:alert(1)",)),
        ("ftp://news.example/a", ("ftp://news.example/a",)),
        ("Read https://news.example/a", ()),
        ("visit.txt", ()),
        ("He/she came.", ()),
        ("12.5/3", ()),
        ("Update:", ()),
        ("", ()),
    ],
)
def test_links_and_nothing_else_are_links(text: str, links: tuple[str, ...]) -> None:
    assert links_in(text) == links


ROBOTS = """
# All may read all but the archive.
User-agent: *
Disallow: /archive/
Disallow: /*.pdf$
Allow: /archive/open

User-agent: OtherBot
User-agent: Variorum/2.0
Disallow: /private
"""


@pytest.mark.parametrize(
    ("agent", "target", "allowed"),
    [
        ("reader", "/archive/1", False),
        ("reader", "/archive/open/1", True),
        ("reader", "/a.pdf", False),
        ("reader", "/a.pdf?page=1", True),
        ("reader", "/private", True),
        ("variorum", "/private/1", False),
        ("variorum", "/archive/1", True),
    ],
)
def test_the_longest_rule_of_the_programs_own_group_decides(agent: str, target: str, allowed: bool) -> None:
    assert read_robots(ROBOTS, agent).allows(target) is allowed


def test_a_rule_without_end_of_stars_is_matched_in_time_that_grows_with_its_length() -> None:
    rules = read_robots("User-agent: *\nDisallow: /" + "*a" * 240 + "$", "variorum")
    assert rules.allows("/" + "a" * 1900 + "b")


def test_an_empty_rule_forbids_nothing() -> None:
    assert read_robots("User-agent: *\nDisallow:\n", "variorum").allows("/")


def test_many_names_for_many_rules_are_looked_at_once_each(monkeypatch: pytest.MonkeyPatch) -> None:
    looks = 0

    def counted(named: str, agent: str) -> bool:
        nonlocal looks
        looks += 1
        return named == agent

    monkeypatch.setattr(robots, "_is", counted)
    rules = read_robots(
        "User-agent: a\n" * 500 + "User-agent: variorum\n" + "Disallow: /b\n" * 500, "variorum"
    )
    assert not rules.allows("/b")
    assert looks == 501
