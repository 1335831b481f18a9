from typing import Any

import pytest

from app.web import templating


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of the pages that were made, in order."""
    paths: list[str] = []
    site = templating.Site

    def counting(**arguments: Any) -> templating.Site:
        paths.append(arguments["path"])
        return site(**arguments)

    monkeypatch.setattr(templating, "Site", counting)
    return paths
