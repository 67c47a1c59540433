"""Turns the history into the page that says of every example since when it holds or drifts, and on which version, how
often it came out otherwise with nothing changed, and how long it takes, for the site (by superfences).

docs/ ──pages──> examples ──┐
history.jsonl ──────────────┴──> for each page a table of its examples
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from markdown import Markdown

from harness import project
from harness.claims.commands import parse
from harness.claims.pages import Page, PageError
from harness.evidence.facts import Outcome
from harness.night.history import Duration, ExampleName, Flips, Streak
from harness.site import addresses, clock, faults, inputs, nights, tables, texts
from harness.site.escaping import escape
from harness.site.examples import Example, examine
from harness.site.inputs import Project
from harness.site.nights import Nights

_STYLE = '<link rel="stylesheet" href="assets/history.css">'  # where these tables are, and nowhere else
_MOST_DURATIONS = 3  # that are shown of an example


@dataclass(frozen=True)
class _Known:
    """What the history knows of an example."""

    example: Example
    streaks: Mapping[str, Streak | None]  # by engine, newest first: of the text that it shows today
    nights: Sequence[Nights]
    flips: Mapping[str, Flips]  # by engine
    durations: Sequence[Duration]  # on the newest engine that it held on


def history(source: str, language: str, class_name: str, options: Mapping[str, Any], md: Markdown, **_: object) -> str:
    """The HTML of a history fence: it is empty on the page, and stands at the site's root."""
    with faults.ends_the_build("the history"):
        return show(inputs.read(project.ROOT))


def show(project: Project) -> str:
    """All tables; where there was no night yet, that."""
    inside = _tables(project) if project.history.nights else f"<p>{texts.NO_NIGHTS}</p>"
    return f'<section class="status no-copy" data-search-exclude>{inside}</section>\n'


def _tables(project: Project) -> str:
    first, last = project.history.nights[0], project.history.nights[-1]
    reach = texts.REACH.format(clock.day(first.date), clock.day(last.date), len(project.history.nights))
    outcomes = {str(kind): texts.OUTCOMES[kind][0] for kind in (Outcome.PASSED, Outcome.DIFFERS)}
    choices = tables.filters(
        {"page": (texts.PAGES, {}), "outcome": (texts.RESULT, outcomes | {"flaky": texts.FLAKY})},
    )
    pages = "".join(_page(page, project) for page in project.pages if not isinstance(page, PageError))
    return f"{tables.LOADED}{_STYLE}<p>{reach}</p>{choices}{pages}"


# -- a page


def _page(page: Page, project: Project) -> str:
    run_on = {engine for night in project.history.nights for engine in night.engines}
    engines = [engine for engine in reversed(project.engines) if engine in run_on]
    known = [_known(page, example, engines, project) for example in examine(page, project)]
    if not known:
        return ""
    address = addresses.address(page, project.root)
    title = page.title or page.path.stem
    alike: dict[str, list[str]] = {}  # the examples of which the same is known, in the order of the page
    for one in known:
        alike.setdefault(_cells(one, project), []).append(_name(one, address))
    rows = [_whole(known, project), *(_row("".join(names), cells) for cells, names in alike.items())]
    head = "".join(f'<th scope="col">{name}</th>' for name in (texts.EXAMPLE_AND_TIME, *texts.HISTORY_COLUMNS))
    caption = f'<a href="{escape(address)}">{escape(title)}</a>'
    return tables.boxed("history", title, caption, f"<tr>{head}</tr>", "".join(rows))


def _known(page: Page, example: Example, engines: Sequence[str], project: Project) -> _Known:
    path = page.path.relative_to(project.root).as_posix()
    history = project.history
    names = {engine: ExampleName(path, example.block.snippet, engine) for engine in engines}
    return _Known(
        example,
        streaks={engine: history.streak(name, example.results[engine].sample) for engine, name in names.items()},
        nights=[Nights(_engine(engine, project), history.outcomes(name)) for engine, name in names.items()],
        flips={engine: history.flips(name) for engine, name in names.items()},
        durations=next(filter(None, map(history.durations, names.values())), ()),
    )


def _name(known: _Known, address: str) -> str:
    """Where an example stands, which command it begins with, how long it takes."""
    first = next((command.plain_name for command in parse(known.example.command)), "")
    command = f" <code>{escape(first)}</code>" if first else ""
    return f"<p>{tables.link(known.example.block, address)}{command}{_durations(known.durations)}</p>"


def _cells(known: _Known, project: Project) -> str:
    """What is known of an example, but for how long it takes: of many of a page it is the same."""
    if known.example.unchecked:
        word = _word("unchecked", texts.OUTCOMES[Outcome.UNCHECKED][0])
        return f'<td colspan="{len(texts.HISTORY_COLUMNS)}">{word}</td>'
    since = "".join(_since(known.streaks, project))
    return f"<td>{since}</td><td>{nights.strip(known.nights)}</td>{_rate(_flips(known.flips, project))}"


def _whole(known: Sequence[_Known], project: Project) -> str:
    """The row of a page as a whole."""
    known = [one for one in known if not one.example.unchecked]
    since = "".join(_whole_since(known, project))
    strip = nights.strip([one for each in known for one in each.nights])
    flips = [flips for one in known for flips in one.flips.values()]
    total = Flips(sum(one.flips for one in flips), 1 + sum(max(0, one.nights - 1) for one in flips))
    seconds = sum(one.durations[-1].seconds for one in known if one.durations)
    name = f"<p>{texts.WHOLE_PAGE}{_seconds(seconds)}</p>"
    return _row(name, f"<td>{since}</td><td>{strip}</td>{_rate(_percent(total))}")


def _row(name: str, cells: str) -> str:
    return f'<tr><th scope="row">{name}</th>{cells}</tr>'


# -- since when


def _since(streaks: Mapping[str, Streak | None], project: Project) -> Iterator[str]:
    """A line for the engines of which the same is known."""
    alike: dict[tuple[Outcome | None, str], list[str]] = {}
    for engine, streak in streaks.items():
        since = nights.since([streak]) if streak else ""
        alike.setdefault((streak.outcome if streak else None, since), []).append(engine)
    for (outcome, since), engines in alike.items():
        on = ", ".join(_version(engine, streaks[engine], project) for engine in engines)
        yield _line(outcome, since, on)


def _whole_since(known: Sequence[_Known], project: Project) -> Iterator[str]:
    """Since when all of a page's examples hold; where some don't, or nothing is known of them, how many."""
    differing = [one for one in known if any(streak and streak.outcome is Outcome.DIFFERS for streak in _streaks(one))]
    unknown = [one for one in known if None in _streaks(one)]
    if differing:
        yield f"<p>{_word('differs', texts.DIFFERING.format(len(differing)))}</p>"
    if unknown:
        yield f"<p>{_word('unchecked', texts.NOT_KNOWN_OF.format(len(unknown)))}</p>"
    streaks = [(engine, streak) for one in known for engine, streak in one.streaks.items() if streak]
    if streaks and not differing and not unknown:
        since = nights.since([streak for _, streak in streaks])
        engine, last = max(streaks, key=lambda pair: pair[1].first)
        yield _line(Outcome.PASSED, since, _version(engine, last, project) if since else "")


def _streaks(known: _Known) -> Sequence[Streak | None]:
    return list(known.streaks.values())


def _line(outcome: Outcome | None, since: str, on: str) -> str:
    if outcome is None:
        words = _word("unchecked", texts.NOT_KNOWN)
    else:
        words = f"{_word(outcome, texts.OUTCOMES[outcome][0])} "
        words += texts.SINCE.format(f"<time>{since}</time>") if since else texts.SINCE_UNKNOWN
    return f"<p>{words}{f'<small>{on}</small>' if on else ''}</p>"


def _word(kind: str, word: str) -> str:
    return f'<span class="{kind}">{word}</span>'


def _version(engine: str, streak: Streak | None, project: Project) -> str:
    """The version on which an engine's streak began."""
    if not streak:
        return _engine(engine, project)
    return f"Docker {escape(project.declared[engine].version_label(streak.version))}"


def _engine(name: str, project: Project) -> str:
    return f"Docker {escape(project.declared[name].label)}"


# -- how often, how long


def _rate(words: str) -> str:
    """The cell of a rate; it says itself what it is, for phones, where a row is no longer one."""
    return f"<td><span>{texts.HISTORY_COLUMNS[-1]}</span> {words}</td>"


def _flips(flips: Mapping[str, Flips], project: Project) -> str:
    """Of the engine on which there were most; those are named on which the example is flaky."""
    worst = max(flips.values(), key=lambda one: (one.rate, one.nights), default=Flips(0, 0))
    flaky = [_engine(engine, project) for engine, one in flips.items() if one.are_flaky]
    named = f" {_word('flaky', texts.FLAKY)}<small>{', '.join(flaky)}</small>" if flaky else ""
    return _percent(worst) + named


def _percent(flips: Flips) -> str:
    return f"{100 * flips.rate:.2g} %" if flips.nights > 1 else "–"


def _durations(durations: Sequence[Duration]) -> str:
    """How long an example takes, and what it took before."""
    latest_first = durations[: -_MOST_DURATIONS - 1 : -1]
    earlier = (texts.BEFORE.format(clock.day(later.first), one.seconds) for later, one in pairwise(latest_first))
    return _seconds(durations[-1].seconds, *earlier) if durations else ""


def _seconds(seconds: float, *earlier: str) -> str:
    words = ", ".join([texts.SECONDS.format(seconds), *earlier])
    return f" <small>{words}</small>" if seconds else ""
