"""Builds the site that readers get: MkDocs' own, and what is made of it and of the evidence: `python -m harness.site`.

What needs only the project is made beside MkDocs, in another process.

build/site ──> search/index.js, a policy in each page, what stands under its title and at its end; worker.js
build/evidence ──> recordings/, practice/, outputs/, feed.xml
docs/, snippets/ ──> each page as Markdown, llms.txt
"""

import argparse
import gc
import os
import re
import shutil
import sys
from collections.abc import Container, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from click import Abort
from mkdocs.__main__ import cli

from harness import project
from harness.claims import navigation
from harness.evidence.facts import PageFact
from harness.evidence.files import EvidenceError
from harness.night import saved
from harness.night.compare import unreported
from harness.night.findings import Night
from harness.site import book, commands, fences, hyphens, inputs, lighter, offline, status, texts, unused
from harness.site.about import about, actions, changes
from harness.site.beside import beside
from harness.site.feed import feed
from harness.site.index import index
from harness.site.inputs import Project
from harness.site.later import Filled, places
from harness.site.output_html import whole_outputs
from harness.site.plain import Plain, in_full, llms, plain
from harness.site.policy import with_policy
from harness.site.practice.scripts import Practices, button, practices
from harness.site.recordings import recordings

# What a page loads at once of the project's own.
STYLES = ("assets/extra.css", "assets/history.css", "assets/tables.css", "assets/practice/button.css")
SCRIPTS = (
    "assets/console.js",
    "assets/filter.js",
    "assets/practice/open.js",
)
# What a page loads once it is there. The site has it as one file, which weighs less than each alone.
JOINED = ("assets/keyboard.js", "assets/page.js", "assets/way.js", "assets/search.js")
_READER = "assets/reader.js"
_THEME_SCRIPTS = "assets/javascripts"
_DEFERRED = re.compile(rf'<script src="[^"]*(?:{"|".join(JOINED)})" defer></script>\n?')
_CONSOLE = re.compile(r'<script src="[^"]*assets/console\.js"></script>\n?')
_HAS_CONSOLE = re.compile('class="language-console|class="tabbed-set')  # what that script is for
_COUNT = '<span class="practised">'  # of the home: stays empty where the site is only looked at while it is edited


class Made(NamedTuple):
    """What is made of the project alone, without what MkDocs builds."""

    pages: list[Plain]
    practices: Practices
    pieces: dict[str, str]  # of pages: HTML by its name
    changed: dict[str, str]  # when each page and snippet last changed
    feed: str


def make(root: Path, address: str) -> Made:
    """What `finish` needs of the project at `root` alone. The site will stand at `address`; it may be empty."""
    project = inputs.read(root)
    pages = [plain(path, project) for path in navigation.in_order(root)]
    pieces = {"commands": commands.show(project), "status": status.show(project), **fences.pieces(project)}
    return Made(pages, practices(project, pages), pieces, changes(root), _feed(project, address))


def finish(root: Path, site: Path, made: Made, filled: Filled, address: str, repository: str) -> None:
    """Finishes the `site` that MkDocs has built of the project at `root`, whose pages are `filled` with what is made.

    It will stand at `address`, and what it is made of at `repository`; each may be empty, where that isn't known.
    """
    shutil.rmtree(site / _THEME_SCRIPTS)  # no page loads them
    project = inputs.read(root)
    pages, (scripts, practised), pieces, changed, feed = made
    paths = sorted(site.rglob("*.html"))
    built = {path.relative_to(site).as_posix(): filled(path.read_text("utf-8"), pieces) for path in paths}
    html = {name: button(text, name, scripts) for name, text in _with_actions(built, pages, practised).items()}
    with beside(partial(_of_all_pages, root, site, pages, built, html)) as of_all_pages:
        files = {
            **scripts,
            "llms.txt": llms(pages, address),
            "llms-full.txt": in_full(pages),
            "feed.xml": feed,
            **{page.name: page.text for page in pages},
            **{name: lighter.style((site / name).read_text("utf-8")) for name in STYLES},
            **{name: lighter.script((site / name).read_text("utf-8")) for name in SCRIPTS},
            _READER: "".join(lighter.script((site / name).read_text("utf-8")) for name in JOINED),
            **recordings(html.values(), project.casts),
            **whole_outputs(html.values(), project.proofs.values()),
            **_finished(html, pages, changed, repository),
            **of_all_pages(),
        }
    _write(site, files)
    for name in JOINED:
        (site / name).unlink()  # no page loads it: it is in _READER
    _write(site, {"worker.js": offline.worker((site / "worker.js").read_text("utf-8"), _contents(site))})


def _of_all_pages(
    root: Path, site: Path, pages: Sequence[Plain], built: Mapping[str, str], html: Mapping[str, str]
) -> dict[str, str]:
    """What is made of all pages together."""
    whole = book.book(navigation.parts(root), built)
    return {
        "search/index.js": index(pages, html),
        **_theme_styles(site, [*html.values(), whole]),
        **_finished({book.NAME: whole}, pages, {}, ""),
    }


def finished_page(root: Path, path: Path, html: str, practised: Container[str], repository: str) -> dict[str, str]:
    """The files of the page at `path` alone, by their paths below the site, as `finish` makes them of its `html`;
    `practised` are the scripts of practices that there are."""
    project = inputs.read(root)
    page = plain(path, project)
    name = page.address
    html = button(_with_actions({name: html}, [page], 0)[name], name, practised)
    blocks = [block for fact in project.evidence if fact.page == f"docs/{page.name}" for block in fact.blocks]
    proofs = {block.sha256: project.proofs[block.sha256] for block in blocks}
    casts = {block.recording: project.casts[block.recording] for block in blocks if block.recording}
    return {
        page.name: page.text,
        **recordings([html], casts),
        **whole_outputs([html], proofs.values()),
        **_finished({name: html}, [page], changes(root), repository),
    }


def _write(site: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        path = site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def _theme_styles(site: Path, pages: Iterable[str]) -> dict[str, str]:
    """What the pages use of the theme's style sheets."""
    styles = {path.relative_to(site).as_posix(): path.read_text("utf-8") for path in sorted(site.rglob("*.css"))}
    theme = {name: _focused(css) for name, css in styles.items() if name.startswith("assets/stylesheets/")}
    scripts = (path for path in site.rglob("*.js") if "player" not in path.parts)  # that one brings its own
    used = unused.used_by(pages, (lighter.script(path.read_text("utf-8")) for path in scripts))
    return unused.without_unused(theme, (css for name, css in styles.items() if name not in theme), used)


def _focused(css: str) -> str:
    """With the browser's own word for where the keyboard is, not the class that Material's script would set."""
    return css.replace(".focus-visible", ":focus-visible")


def _contents(site: Path) -> dict[str, bytes]:
    """All files of the site, by their paths below it."""
    paths = (path for path in sorted(site.rglob("*")) if path.is_file())
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in paths}


def _with_actions(html: Mapping[str, str], pages: Sequence[Plain], commands: int) -> dict[str, str]:
    """The HTML of each page with what stands under its title, and on the home how many commands can be practised."""
    under = {page.address: actions(page.name) for page in pages}
    count = texts.PRACTISED.format(commands) if commands else ""
    return {
        name: text.replace("</h1>", f"</h1>{under.get(name, '')}", 1).replace(_COUNT, f"{_COUNT}{count}", 1)
        for name, text in html.items()
    }


def _finished(
    html: Mapping[str, str], pages: Sequence[Plain], changed: Mapping[str, str], repository: str
) -> dict[str, str]:
    """The HTML of each page with its end and its policy."""
    ends = {page.address: about(page.name, page.sources, changed, repository) for page in pages}
    return {
        name: with_policy(
            lighter.page(hyphens.inline(_corrected(text.replace("</article>", f"{ends.get(name, '')}</article>", 1)))),
            partial(_say, f"{name}:"),
        )
        for name, text in html.items()
    }


def _corrected(html: str) -> str:
    """Without what Material writes that is no valid HTML, and without a script that has no use; the scripts that are
    joined are one.
    """
    html = html if _HAS_CONSOLE.search(html) else _CONSOLE.sub("", html)
    html = _DEFERRED.sub("", html.replace(f'{JOINED[0]}" defer', f'{_READER}" defer', 1))
    return re.sub(r'(<input class="md-toggle"[^>]*) autocomplete="off"', r"\1", html)


def _feed(project: Project, address: str) -> str:
    night = _night(project.root / "build" / "evidence", project.evidence)
    began = next((night.date for night in project.history.nights), night.date)
    return feed(night, began, address, project.declared)


def _night(folder: Path, evidence: Sequence[PageFact]) -> Night:
    """What the last night said; where there was none, what the runs so far have seen."""
    try:
        night = saved.read(folder / "night.json")
    except FileNotFoundError:
        night = None
    except EvidenceError as error:
        _say(f"not in the feed: {error}")
        night = None
    return night or unreported(evidence)


def _say(*words: str) -> None:
    print(*words, file=sys.stderr)


def repository() -> str:
    """Where the project's sources are: REPOSITORY_URL, or what GitHub says to its workflows."""
    server, name = os.environ.get("GITHUB_SERVER_URL"), os.environ.get("GITHUB_REPOSITORY")
    return os.environ.get("REPOSITORY_URL", f"{server}/{name}" if server and name else "").rstrip("/")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m harness.site", description="Build the site that readers get.")
    default = project.ROOT / "build" / "site"
    parser.add_argument("folder", nargs="?", type=Path, default=default, help="where the site goes; else build/site")
    return parser.parse_args()


def _main() -> None:
    gc.disable()  # a build is short and throws everything away in the end
    site: Path = _arguments().folder
    address = os.environ.get("SITE_URL", "")
    with inputs.at_rest(project.ROOT), beside(partial(make, project.ROOT, address)) as made, places() as filled:
        # In one process: half of a build is imports.
        cli(["build", "--strict", "--quiet", f"--site-dir={site}"], standalone_mode=False)
        finish(project.ROOT, site, made(), filled, address, repository())
    gc.freeze()  # else Python looks through all of it once more as it ends


if __name__ == "__main__":
    try:
        _main()
    except (KeyboardInterrupt, Abort):  # the second is what click makes of the first
        sys.exit("interrupted; the site is not whole")
