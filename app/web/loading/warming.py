"""Load late routes and templates in the background too: few readers are the first to ask for their kind of page."""

import gc
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from importlib import import_module

from app.services.background_thread import BackgroundThread
from app.web import templating
from app.web.loading.late_routes import Section

FIRST_SECONDS = 1.0
"""Pause after the start, in which whoever waits for it has the processor alone."""

REST_SHARE = 2.0
"""Rest after each module or template, as a share of what it took: two thirds of the processor are left to readers."""


class Warming(BackgroundThread):
    """Loads the modules of ``sections`` in turn and then all templates, whose compiling takes more, and ends."""

    name = "warming"

    def __init__(self, sections: Sequence[Section]) -> None:
        super().__init__()
        self._sections = sections

    def _is_needed(self) -> bool:
        return True

    def _run(self) -> None:
        seconds = FIRST_SECONDS
        for load in self._steps():
            if self._stopping.wait(seconds):
                return
            began = time.thread_time()
            load()
            seconds = REST_SHARE * (time.thread_time() - began)
        gc.freeze()  # as at the start: what is loaded stays, and the garbage collector need not scan it

    def _steps(self) -> Iterator[Callable[[], object]]:
        for section in self._sections:
            yield partial(import_module, section.module)
        templates = templating.environment()
        for name in templates.list_templates():
            yield partial(templates.get_template, name)
