"""Browser tests that could not run are named at the end of the run, and fail it under CI."""

from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

ROOT_CONFTEST = Path(__file__).parents[2] / "conftest.py"
SKIPPED = "import pytest\n@pytest.mark.browser\ndef test_page(): pytest.skip('no Chromium')\ndef test_other(): pass\n"


@pytest.fixture
def run(pytester: pytest.Pytester) -> pytest.Pytester:
    pytester.makeconftest(ROOT_CONFTEST.read_text(encoding="utf-8"))
    pytester.makeini("[pytest]\naddopts = -ra\nmarkers = browser: x")
    pytester.makepyfile(SKIPPED)
    return pytester


def test_a_skipped_browser_test_is_named_with_the_command_that_helps(
    run: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CI", raising=False)
    result = run.runpytest_subprocess()
    sentence, closing = result.outlines[-2:]
    assert sentence.startswith("1 browser tests did not run. Chromium is missing")
    assert "apt install chromium" in sentence
    assert "1 passed, 1 skipped" in closing
    assert result.ret == pytest.ExitCode.OK


def test_under_ci_a_skipped_browser_test_fails_the_run(
    run: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", "true")
    assert run.runpytest_subprocess().ret == pytest.ExitCode.TESTS_FAILED


def test_under_ci_a_run_without_skipped_browser_tests_passes(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", "true")
    pytester.makeconftest(ROOT_CONFTEST.read_text(encoding="utf-8"))
    pytester.makepyfile("def test_other(): pass")
    assert pytester.runpytest_subprocess().ret == pytest.ExitCode.OK
