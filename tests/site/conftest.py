"""A copy of the project with a trial page, built as readers get it, and a browser that looks at it."""

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

from harness import shapes
from harness.claims import pages, snippets
from harness.evidence import facts, files
from harness.evidence.facts import BlockFact, DifferenceFact, ImageFact, Lane, Outcome, PageFact, StepFact
from harness.evidence.recordings import asciicast
from harness.night import history_file
from harness.night.history import History, with_night

from .walk import DESK, PHONE

ROOT = Path(__file__).parents[2]
REPOSITORY = "https://github.com/example/docker-note"
ENGINES = ("20.10", "26", "28", "28c", "29")
CHROMIUM = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
CHROMIUM += "--disable-component-update --disable-sync"
expect.set_options(timeout=30_000)  # Playwright's five seconds are too few on a busy machine

# What the real pages may happen not to have: by its name, the text of each snippet of the trial page.
TRIAL = {
    "host": "$ docker run -it --rm centos bash\n[root@588ec8830392 /]# ls /srv\n[root@588ec8830392 /]#\n",
    "inside": "[root@588ec8830392 /]# echo <b>\n<b>\n[root@588ec8830392 /]# false\n[root@588ec8830392 /]#\n",
    "long": """\
$ docker run \\
>   --rm \\
>   busybox
$ cat > Dockerfile <<'EOF'
> FROM debian
>
> # 한글
> EOF
""",
    "refused": f"$ docker run nosuch\n{'a very long line of output ' * 20}\n[125]\n",
    "differs": "$ docker ps\nold\n",
    "broken": "$ docker pull centos\nstalled\n",
    "tabs": "$ docker images\nas 29 prints it\n",
    "tabs@until-28c": "$ docker images\nas 28 prints it\n",
}
TRIAL_PAGE = """\
---
title: 시험
description: 시험 페이지입니다.
---

# 시험

## 컨테이너 다시 켜기

## Docker 29의 `images` 명령

""" + "\n".join(
    f'``` console\n--8<-- "trial/{name}.console"\n```\n' for name in TRIAL if "@" not in name
) + """
``` dockerfile title="Dockerfile"
--8<-- "trial/Dockerfile"
```
"""  # fmt: skip
FILE = "# 데비안 위에서\nFROM debian\n\nRUN echo 안녕 \\\n  && true\n"
# What a terminal got: marks, a line that was written anew, colours, and a pause.
EVENTS = [
    (0.0, "\x1b]133;D;0\x07$ "),
    (0.1, "docker pull 한글\r\n\x1b]133;C\x07"),
    (9.0, "10 %\r\x1b[2K\x1b[32m100 %\x1b[0m\r\n$ "),
]
PRINTED = "<b>new</b>"  # instead of `old`, in trial/differs.console
OUTCOMES = {"trial/differs.console": Outcome.DIFFERS, "trial/broken.console": Outcome.BROKEN}


Once = Callable[[str, Callable[[Path], object]], Path]


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Once:
    """Makes a folder for all processes of the run: the first that asks for its name makes it, the others wait."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own

    def folder(name: str, make: Callable[[Path], object]) -> Path:
        made = shared / f"{name}.made"
        with (shared / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not made.exists():
                make(shared / name)
                made.touch()
        return shared / name

    return folder


@pytest.fixture(scope="session")
def project(once: Once) -> Path:
    """The project as it stands in the working tree, and the trial page; no evidence."""
    return once("project", _copy_with_trial_page)


def _copy_with_trial_page(root: Path) -> None:
    for name in ("docs", "snippets", "tests/harness", "tests/labs"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    settings = (ROOT / "mkdocs.yml").read_text("utf-8")
    (root / "mkdocs.yml").write_text(settings.replace("\nnav:\n", "\nnav:\n  - 시험: trial.md\n"), "utf-8")
    (root / "docs" / "trial.md").write_text(TRIAL_PAGE, "utf-8")
    (root / "snippets" / "trial").mkdir()
    for name, text in TRIAL.items():
        (root / "snippets" / "trial" / f"{name}.console").write_text(text, "utf-8")
    (root / "snippets" / "trial" / "Dockerfile").write_text(FILE, "utf-8")


@pytest.fixture(scope="session")
def proved_project(project: Path, once: Once) -> Path:
    """The same with evidence of engine 28 on stand-ins: all passed but what OUTCOMES and the pages say."""

    def prove_all(root: Path) -> None:
        shutil.copytree(project, root)
        prove(root, "28", "28.5.2+dfsg4")
        remember(root, lambda night, block: night in DRIFTED.get(block.snippet, ()))

    return once("proved", prove_all)


NIGHTS = 100
# The nights, from the first, in which snippets of the trial page drifted: one was repaired, one comes and goes.
DRIFTED = {
    "trial/differs.console": range(96, 100),
    "trial/host.console": range(30, 33),
    "trial/refused.console": range(4, 99, 9),
}


def remember(root: Path, drifts: Callable[[int, BlockFact], bool]) -> None:
    """Writes the history of nights in which all that is judged passed but what drifted then."""
    history, evidence = History(), files.load(root / "build" / "evidence", pytest.fail)
    # Made once of each block, not once a night: there are hundreds of thousands.
    came = [[(_in_night(block, False), _in_night(block, True)) for block in page.blocks] for page in evidence]
    for night in range(NIGHTS):
        date = datetime(2026, 11, 24, 8, tzinfo=UTC) - timedelta(days=NIGHTS - 1 - night)
        pages = [
            replace(page, blocks=[drifted if drifts(night, held) else held for held, drifted in blocks])
            for page, blocks in zip(evidence, came, strict=True)
        ]
        history = with_night(history, date.isoformat(timespec="seconds"), pages)
    history_file.save(root / "build" / "evidence" / history_file.NAME, history)


def _in_night(block: BlockFact, drifts: bool) -> BlockFact:
    outcome = Outcome.DIFFERS if drifts else Outcome.PASSED
    steps = [StepFact(step.line, step.command, outcome) for step in block.steps]
    return replace(block, outcome=outcome, steps=steps, seconds=2.0) if block.outcome.is_judged else block


def prove(
    root: Path, engine: str, version: str, printed: Callable[[str], Sequence[StepFact]] = lambda sample: ()
) -> None:
    """Writes what a run of all pages on an engine leaves: of a sample that passed what it `printed`, else one step."""
    for path in sorted((root / "docs").glob("*.md")):
        page = pages.read(path, root, ENGINES)
        images = {"centos:latest": ImageFact("sha256:" + "0" * 64, standin=True)} if page.machine == "engine" else {}
        fact = PageFact(f"docs/{path.name}", engine, version, Lane.STANDIN, "2026-11-24T08:00:00+00:00", images)
        fact.blocks += [_fact(page, block, root, engine, printed) for block in page.blocks if block.is_session]
        played = range(len(fact.blocks) if path.name in ("index.md", "trial.md") else 0)
        files.write_page(root / "build" / "evidence", fact, dict.fromkeys(played, asciicast("trial", EVENTS)))


def _fact(
    page: pages.Page, block: pages.Block, root: Path, engine: str, printed: Callable[[str], Sequence[StepFact]]
) -> BlockFact:
    sample = snippets.sample_for(root / "snippets" / block.snippet, engine, ENGINES)
    reason = page.unchecked.get(block.snippet, "")
    outcome = Outcome.UNCHECKED if reason else OUTCOMES.get(block.snippet, Outcome.PASSED)
    sha256 = facts.digest(sample.read_text("utf-8"))
    step = StepFact(1, "typed", outcome, status=0, sample="as on the page", actual="as it was printed", reason=reason)
    if outcome is Outcome.DIFFERS:
        found = [DifferenceFact(one.line, one) for one in shapes.compare("old", PRINTED, shapes.Bindings())]
        step = replace(step, sample="old", actual=PRINTED, differences=found)
    steps = printed(sample.read_text("utf-8")) if outcome is Outcome.PASSED else ()
    return BlockFact(block.line, "session", block.snippet, str(sample), sha256, [*steps] or [step], outcome)


def command(name: str) -> str:
    """A program of the environment that the tests run in, on PATH or not."""
    return str(Path(sys.executable).with_name(name))


@pytest.fixture
def environment() -> Callable[[Path], dict[str, str]]:
    """The environment that a project is built in, by the project's root."""
    return _environment


def _environment(root: Path) -> dict[str, str]:
    return os.environ | {
        "PYTHONPATH": str(root / "tests"),
        "NO_MKDOCS_2_WARNING": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "REPOSITORY_URL": REPOSITORY,
    }


def _build(root: Path, site: Path | None = None) -> Path:
    """Builds the site of the project at `root`, in its build/site where no other folder is given; the folder."""
    folder = site or root / "build" / "site"
    command = [sys.executable, "-m", "harness.site", str(folder)]
    subprocess.run(command, cwd=root, env=_environment(root), check=True)
    return folder


@pytest.fixture(scope="session")
def bare_site(project: Path, once: Once) -> Iterator[str]:
    """The address of the site built without evidence."""
    with _served(once("bare-site", partial(_build, project))) as server:
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="session")
def site(folder: Path) -> Iterator[str]:
    """The address of the site built with evidence."""
    with _served(folder) as server:
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="session")
def folder(proved_project: Path, once: Once) -> Path:
    """The folder of the site built with evidence, outside the project, which tests copy."""
    return once("site", partial(_build, proved_project))


@pytest.fixture(scope="session")
def names(project: Path) -> list[str]:
    """The addresses of all pages, below the site's."""
    found = [path.stem for path in sorted((project / "docs").glob("*.md"))]
    return [f"/{name}.html" for name in found]


class _Quiet(SimpleHTTPRequestHandler):
    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-cache")  # a test may change what is served
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (its name in the base class)
        pass


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """A tab that closes while a file is on its way is no news."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


def _served(folder: Path) -> ThreadingHTTPServer:
    server = _Server(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    Thread(target=server.serve_forever, daemon=True).start()
    return server


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


def _launched(playwright: Playwright, *names: str) -> Browser:
    """The first browser of those names that is installed."""
    program = next(filter(None, map(shutil.which, names)), None)
    if not program:
        pytest.fail("chromium is missing; install it: apt-get install chromium chromium-headless-shell fonts-nanum")
    return playwright.chromium.launch(executable_path=program, args=CHROMIUM.split())


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Debian's Chromium, without workers unless a test asks for them: each new context would fetch the whole site.

    Its headless shell, where it is there, is the same engine without windows: a new tab takes a third of the time.
    """
    started = _launched(playwright, "chromium-headless-shell", "chromium")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(started, "new_context", partial(started.new_context, service_workers="block"))
        yield started
    started.close()


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """Chromium as readers have it, for the walks over all pages, which need few tabs."""
    started = _launched(playwright, "chromium")
    yield started
    started.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A reader who has never been here, at a desk, who lets pages use the clipboard."""
    # Without a worker, which would answer in the place of what a test has not come; test_offline.py has one.
    context = browser.new_context(viewport={"width": DESK, "height": 900})
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    yield context
    context.close()


@pytest.fixture
def tab(context: BrowserContext) -> Page:
    """A tab of that reader's browser."""
    return context.new_page()


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A tab on a phone, 390 px wide."""
    context = browser.new_context(viewport={"width": PHONE, "height": 844}, has_touch=True)
    yield context.new_page()
    context.close()
