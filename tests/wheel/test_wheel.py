"""The wheel, installed alone in an empty environment, is the whole program."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
import venv
import zipfile
from collections.abc import Iterator
from html import unescape
from importlib.metadata import Distribution, distribution, distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

pytestmark = pytest.mark.wheel

ROOT = Path(__file__).parents[2]
COMPARISON = re.compile(r'href="(/compare/[a-z2-7]{16}\.\.[a-z2-7]{16})"')
START_SECONDS = 60.0  # it takes two, but a busy machine may have to compile every module first


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel from the source archive, which shows that the archive is complete too."""
    out = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(out), str(ROOT)]
    built = subprocess.run(command, capture_output=True, text=True)
    assert built.returncode == 0, built.stdout + built.stderr
    assert list(out.glob("*.tar.gz"))
    return next(out.glob("*.whl"))


@pytest.fixture(scope="module")
def bin_folder(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel into an empty environment and return the folder of its commands.

    What the wheel requires, and what that requires, is linked from this environment: nothing else is there, and
    nothing has to be downloaded and unpacked once more.
    """
    environment = tmp_path_factory.mktemp("elsewhere") / "env"
    venv.create(environment)
    # This environment's pip installs there, so that none has to be put there first.
    pip = [sys.executable, "-m", "pip", "--python", str(environment / "bin" / "python")]
    install = ["install", "--quiet", "--no-compile", "--no-deps", "--no-index", str(wheel)]
    installed = subprocess.run([*pip, *install], capture_output=True, text=True)
    assert installed.returncode == 0, installed.stderr
    packages = next(environment.glob("lib/python*/site-packages"))
    own = next(iter(distributions(name="variorum", path=[str(packages)])))
    for package in required(own):
        for file in package.files or ():
            # Commands of packages lie outside, and what was compiled belongs to this environment's paths.
            if ".." not in file.parts and "__pycache__" not in file.parts:
                target = packages / file
                target.parent.mkdir(parents=True, exist_ok=True)
                _link(Path(str(file.locate())), target)
    return environment / "bin"


def required(own: Distribution) -> list[Distribution]:
    """Return all that a distribution requires, directly or through others, as this environment has it."""
    names: dict[str, Distribution] = {}
    done: set[tuple[str, str]] = set()
    waiting = [(own, "")]
    while waiting:
        parent, extra = waiting.pop()
        for requirement in map(Requirement, parent.requires or ()):
            if requirement.marker and not requirement.marker.evaluate({"extra": extra}):
                continue
            name = canonicalize_name(requirement.name)
            if name not in names:
                names[name] = distribution(name)
            assert requirement.specifier.contains(names[name].version, prereleases=True), str(requirement)
            new = {(name, wanted) for wanted in ("", *requirement.extras)} - done
            done |= new
            waiting += [(names[name], wanted) for _, wanted in new]
    return list(names.values())


def _link(file: Path, target: Path) -> None:
    """Link a file, or copy it to another disk."""
    try:
        target.hardlink_to(file)
    except OSError:
        shutil.copyfile(file, target)


@pytest.fixture(scope="module")
def address(bin_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start the installed program in an empty folder by its console script, and yield its address."""
    folder = tmp_path_factory.mktemp("installed")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("VARIORUM_", "PYTHON"))
    }
    with (folder / "log").open("w+") as log:
        server = subprocess.Popen(
            [bin_folder / "variorum", "serve", "--port", str(port)],
            cwd=folder,
            env=environment,
            stdout=log,
            stderr=log,
        )
        try:
            _wait_for(f"http://127.0.0.1:{port}/health", server, folder / "log")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(timeout=20)


def _wait_for(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=5).close()
        except OSError:  # it is not listening yet, or the first answer is slow
            time.sleep(0.1)
        else:
            return
    pytest.fail(f"The installed program did not answer. Its output:\n{log.read_text()}")


def _read(url: str) -> str:
    with urllib.request.urlopen(url, timeout=30) as answer:
        return str(answer.read().decode("utf-8"))


def test_the_wheel_carries_templates_static_files_migrations_and_seeds(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for folder in ("templates", "static", "migrations", "seeds"):
        bundled = {
            name.removeprefix(f"app/_bundled/{folder}/") for name in names if f"_bundled/{folder}/" in name
        }
        in_checkout = {
            str(path.relative_to(ROOT / folder))
            for path in (ROOT / folder).rglob("*")
            if path.is_file() and "__pycache__" not in path.parts
        }
        assert bundled == in_checkout


def test_the_installed_program_compares_the_newsweek_piece_with_its_repost(address: str) -> None:
    library = _read(f"{address}/")
    assert "China Offers Full Support to Russia on Ukraine War" in library
    pages = [unescape(_read(address + path)) for path in dict.fromkeys(COMPARISON.findall(library))]
    pair = [page for page in pages if "Newsweek" in page and "Chinese defense chief offers" in page]
    assert pair
    assert "continue to put" in re.sub(r"<[^>]+>", "", pair[0])


def test_the_installed_program_serves_its_static_files(address: str) -> None:
    styles = re.findall(r'<link[^>]+href="(/static/[^"]+\.css[^"]*)"', _read(f"{address}/"))
    assert styles
    for path in styles:
        assert _read(address + unescape(path))
