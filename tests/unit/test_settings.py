"""What can be set, and what a setting means for who can reach the program."""

import pytest
from pydantic import ValidationError

from app.settings import Settings


def test_started_as_it_comes_nobody_else_reaches_it() -> None:
    assert not Settings().reachable_from_elsewhere


@pytest.mark.parametrize(
    "named",
    [
        {"host": "0.0.0.0"},
        {"host": "::"},
        {"host": "192.168.1.5"},
        {"public_url": "https://variorum.example.org"},
        {"allowed_hosts": "variorum.example.org"},
        {"allowed_hosts": "localhost, variorum.example.org"},
    ],
)
def test_any_name_or_address_that_others_can_use_makes_it_reachable_from_elsewhere(
    named: dict[str, str],
) -> None:
    assert Settings.model_validate(named).reachable_from_elsewhere


@pytest.mark.parametrize(
    "named",
    [
        {"host": "::1"},
        {"host": "127.0.0.2"},
        {"public_url": "http://localhost:8000"},
        {"allowed_hosts": "127.0.0.1"},
    ],
)
def test_names_of_this_machine_alone_do_not(named: dict[str, str]) -> None:
    assert not Settings.model_validate(named).reachable_from_elsewhere


def test_host_names_are_those_listened_on_and_those_named() -> None:
    settings = Settings(
        host="0.0.0.0", public_url="https://Desk.example:8443/", allowed_hosts="A.example, b.example,"
    )
    assert settings.host_names == {"0.0.0.0", "localhost", "desk.example", "a.example", "b.example"}


@pytest.mark.parametrize("value", ["variorum.example.org", "ftp://variorum.example.org", "https://"])
def test_a_public_url_that_is_not_absolute_is_refused(value: str) -> None:
    with pytest.raises(ValidationError, match="must be an absolute address"):
        Settings(public_url=value)


def test_a_settings_environment_variable_has_the_prefix(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VARIORUM_MAX_TEXT", "5000")
    monkeypatch.setenv("MAX_TEXT", "7000")
    assert Settings().max_text == 5000


@pytest.mark.parametrize(
    ("key", "says"),
    [(" secret", "blank"), ("secret\n", "blank"), ("secret\N{NO-BREAK SPACE}", "blank"), ("\udcff", "UTF-8")],
)
def test_a_key_that_no_form_could_send_is_refused(key: str, says: str) -> None:
    with pytest.raises(ValidationError, match=says):
        Settings(edit_key=key)


@pytest.mark.parametrize("proxies", ["", "10.0.0.1", "127.0.0.1, ::1", "10.0.0.0/8,fd00::/8"])
def test_proxies_are_addresses_and_networks(proxies: str) -> None:
    assert Settings(trusted_proxies=proxies).trusted_proxies == proxies


@pytest.mark.parametrize("proxies", ["*", "proxy.example", "10.0.0.1/8", "127.0.0.1;::1"])
def test_a_proxy_that_is_not_an_address_is_refused(proxies: str) -> None:
    with pytest.raises(ValidationError, match="no address and no network"):
        Settings(trusted_proxies=proxies)


@pytest.mark.parametrize(
    ("named", "words"),
    [
        ({"user_header": "X-User"}, "must name the address of the proxy"),
        ({"user_header": "X-User", "user_header_from": " , "}, "must name the address of the proxy"),
        ({"user_header": "X-User", "user_header_from": "proxy.example"}, "no address and no network"),
        ({"user_header": "X User", "user_header_from": "::1"}, "must be the name of a header"),
        ({"user_header_admits": True}, "needs VARIORUM_USER_HEADER"),
    ],
)
def test_a_user_header_is_read_from_named_addresses_or_not_at_all(
    named: dict[str, object], words: str
) -> None:
    with pytest.raises(ValidationError, match=words):
        Settings.model_validate(named)
