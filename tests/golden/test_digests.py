"""The engine's version changes whenever any output changes, and the record of a released engine never does."""

from pathlib import Path

import pytest

from app.collation.pipeline import ENGINE
from tests.golden import digests, example, regenerate

RECORDED = digests.recorded()
COMPUTED = digests.computed()


def test_the_digests_of_this_engine_are_recorded() -> None:
    assert set(RECORDED[ENGINE]) == set(COMPUTED)


@pytest.mark.parametrize("pair", sorted(COMPUTED))
def test_this_engine_makes_the_documents_that_it_always_made(pair: str) -> None:
    """If this fails: raise ``pipeline.ENGINE`` where it is released, then python -m tests.golden.regenerate"""
    assert COMPUTED[pair] == RECORDED[ENGINE][pair]


def test_the_blocks_of_released_engines_are_never_edited() -> None:
    """If this fails: restore the block, raise ``pipeline.ENGINE`` and record its digests in a block of their own."""
    assert digests.released().items() <= {v: digests.of_block(block) for v, block in RECORDED.items()}.items()


@pytest.fixture
def changed_engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An unreleased engine with changed output for the example; what it writes goes to copies."""
    for module, name in ((digests, "FILE"), (digests, "RELEASED"), (example, "PAGE")):
        copy = tmp_path / getattr(module, name).name
        copy.write_bytes(getattr(module, name).read_bytes())
        monkeypatch.setattr(module, name, copy)
    digests.RELEASED.write_text("# none yet\n", "utf-8")
    monkeypatch.setattr(digests, "computed", lambda: {**COMPUTED, "example": "changed"})


@pytest.mark.usefixtures("changed_engine")
def test_a_changed_block_is_rewritten_before_its_release() -> None:
    assert regenerate.main([]) == 0
    assert digests.recorded()[ENGINE]["example"] == "changed"
    assert digests.released() == {}


@pytest.mark.usefixtures("changed_engine")
def test_a_changed_block_is_refused_after_its_release(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert regenerate.main(["--release"]) == regenerate.main(["--release"]) == 0
    block = digests.recorded()[ENGINE]
    assert digests.released() == {ENGINE: digests.of_block(block)}
    monkeypatch.setattr(digests, "computed", lambda: COMPUTED)
    assert regenerate.main([]) == 1
    assert "raise pipeline.ENGINE" in capsys.readouterr().err
    assert digests.recorded()[ENGINE] == block
