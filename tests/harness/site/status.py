"""Turns the evidence into the page that shows every example against every engine, for the site (by superfences).

docs/ ──pages──> examples ──┐
build/evidence ──proofs─────┴──> a total by engine, and for each page a table of its examples, folded
"""

from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from markdown import Markdown

from harness import project
from harness.claims.pages import Page, PageError
from harness.evidence.facts import Outcome, PageFact, StepFact
from harness.lab import engines
from harness.site import addresses, faults, hyphens, inputs, later, output_html, proofs, tables, texts
from harness.site.escaping import escape
from harness.site.examples import Example, Result, examine, runs_of
from harness.site.inputs import Project
from harness.site.proof_html import date, is_judged

# By the classes of the words for them; what is not judged is unchecked.
_KINDS = {"passed": Outcome.PASSED, "differs": Outcome.DIFFERS, "unchecked": None}


def status(source: str, language: str, class_name: str, options: Mapping[str, Any], md: Markdown, **_: object) -> str:
    """The HTML of a status fence: it is empty on the page, and stands at the site's root."""
    with faults.ends_the_build("the status"):
        return later.html("status", partial(show, inputs.read(project.ROOT)))


@faults.ends_the_build("the status")
def show(project: Project) -> str:
    """All tables. A page that can't be read is said to be so; `verify` says it to whoever can change it."""
    rows: list[str] = []
    examples: list[Example] = []
    for page in project.pages:
        if isinstance(page, PageError):
            rows.append(f"<p>{texts.UNREADABLE}</p><pre><code>{escape(str(page))}</code></pre>")
        elif found := examine(page, project):
            examples += found
            rows.append(_page(page, found, project))
    shown = "".join([tables.LOADED, _totals(examples, project), _filters(project), *rows])
    return f'<section class="status no-copy" data-search-exclude>{shown}</section>\n'


def _filters(project: Project) -> str:
    engines = {name: f"Docker {project.declared[name].label}" for name in reversed(project.engines)}
    outcomes = {kind: _word(outcome) for kind, outcome in _KINDS.items()}
    return tables.filters(
        {"page": (texts.PAGES, {}), "engine": (texts.ENGINE, engines), "outcome": (texts.RESULT, outcomes)}
    )


def _title(page: Page) -> str:
    return page.title or page.path.stem


# -- totals


def _totals(examples: Sequence[Example], project: Project) -> str:
    """What was run comes first; the engines on which nothing was run are named below."""
    ran = [name for name in reversed(project.engines) if any(run.engine == name for run in project.evidence)]
    counts = {engine: Counter(example.shown_outcome(engine) for example in examples) for engine in ran}
    words = _total_words(len(examples), list(counts.values()), project)
    titles = (texts.ENGINE, *(_word(outcome) for outcome in (Outcome.PASSED, Outcome.DIFFERS, None)), texts.LAST_RUN)
    head = "".join(f'<th scope="col">{title}</th>' for title in titles)
    body = "".join(_total(engine, counts[engine], project) for engine in ran)
    table = tables.boxed("status-totals", texts.TOTALS_LABEL, texts.TOTALS_LABEL, f"<tr>{head}</tr>", body)
    return f"<p>{words}</p>{table if ran else ''}{_never_run(ran, project)}"


def _total_words(examples: int, counts: Sequence[Counter[Outcome | None]], project: Project) -> str:
    if not counts:
        return texts.NOTHING_RUN.format(examples)
    total = sum(counts, Counter[Outcome | None]())
    words = texts.TOTALS.format(
        examples=examples,
        engines=len(counts),
        runs=total.total(),
        passed=total[Outcome.PASSED],
        differs=total[Outcome.DIFFERS],
        unchecked=total[None],
    )
    return f"{words} {texts.LAST_DAY.format(date(max(run.started for run in project.evidence)))}"


def _never_run(ran: Container[str], project: Project) -> str:
    """Names the engines that aren't among those on which something `ran`."""
    left = [_engine(name, project) for name in reversed(project.engines) if name not in ran]
    return f'<p class="status-never">{texts.NEVER_RUN}: {", ".join(left)}</p>' if left else ""


def _total(engine: str, count: Counter[Outcome | None], project: Project) -> str:
    started = max(run.started for run in project.evidence if run.engine == engine)
    cells = [_passed(count), str(count[Outcome.DIFFERS]), str(count[None]), date(started)]
    head = f'<th scope="row">{_engine(engine, project)}{_ended(engine, project)}</th>'
    return f"<tr>{head}{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def _passed(count: Counter[Outcome | None]) -> str:
    return f"{count[Outcome.PASSED]} / {count.total()}"


# -- a page


def _page(page: Page, examples: Sequence[Example], project: Project) -> str:
    runs = runs_of(page, project)
    address = addresses.address(page, project.root)
    title = _title(page)
    names = [name for name in reversed(project.engines) if name in runs] or [project.engines[-1]]
    heads = "".join(_head(engine, runs.get(engine), project) for engine in names)
    head = f'<th scope="col">{texts.EXAMPLE}</th>{heads}'
    in_section = Counter(addresses.anchor(example.block) for example in examples)
    body = "".join(
        row for example in examples for row in _rows(example, _name(example, address, in_section), names, project)
    )
    caption = f'<a href="{escape(address)}">{escape(title)}</a>'
    below = _never_run(runs, project) if runs else ""
    table = tables.boxed("status-examples", title, caption, f"<tr>{head}</tr>", body, below)
    summary = f"<summary>{escape(title)} <small>{_summary(examples, list(runs))}</small></summary>"
    return f'<details class="status-page">{summary}{table}</details>'


def _summary(examples: Sequence[Example], ran: Sequence[str]) -> str:
    """What became of a page's examples on the engines that it `ran` on."""
    if not ran:
        return texts.NEVER_RUN
    count = Counter(example.shown_outcome(engine) for example in examples for engine in ran)
    differs = f' · <span class="differs">{_word(Outcome.DIFFERS)} {count[Outcome.DIFFERS]}</span>'
    return f"{_word(Outcome.PASSED)} {_passed(count)}{differs if count[Outcome.DIFFERS] else ''}"


def _head(engine: str, run: PageFact | None, project: Project) -> str:
    """An engine, and when and with what images the page was run on it: that holds for all its examples."""
    lines = [texts.NEVER_RUN]
    if run:
        kind, _ = texts.LANES[proofs.images_of(run)]
        lines = [escape(engines.number(run.version)), date(run.started), kind if run.images else ""]
    small = "".join(f"<small>{line}</small>" for line in lines if line)
    ended = f"<small>{texts.ENDED}</small>" if project.declared[engine].support.ended else ""
    return f'<th scope="col" data-engine="{escape(engine)}">{_engine(engine, project)}{ended}{small}</th>'


def _name(example: Example, address: str, in_section: Mapping[str, int]) -> str:
    """An example goes by its section, and by its command as well where the section has several."""
    is_alone = in_section[addresses.anchor(example.block)] == 1
    command = "" if is_alone or not example.command else f"<code>{hyphens.whole(escape(example.command))}</code>"
    return f'<th scope="row">{tables.link(example.block, address)}{command}</th>'


def _rows(example: Example, name: str, names: Sequence[str], project: Project) -> Iterator[str]:
    if example.unchecked:
        reason = f"{_outcome('span', Outcome.UNCHECKED)}: {escape(example.unchecked)}"
        yield f'<tr>{name}<td colspan="{len(names)}"><span class="status-reason">{reason}</span></td></tr>'
        return
    yield f"<tr>{name}{''.join(_outcome('td', example.results[engine].outcome) for engine in names)}</tr>"
    if details := "".join(_detail(_engine(engine, project), example.results[engine]) for engine in names):
        yield f'<tr class="status-why"><td colspan="{len(names) + 1}">{details}</td></tr>'


def _word(outcome: Outcome | None) -> str:
    return texts.OUTCOMES[outcome][0]


def _outcome(element: str, outcome: Outcome | None) -> str:
    """The word for an outcome; what it means stands on the home page, for a thousand titles make a page slow."""
    kind = outcome if is_judged(outcome) else "unchecked"
    return f'<{element} class="{kind}">{_word(outcome)}</{element}>'


def _detail(engine: str, result: Result) -> str:
    """Why an example that was run was not confirmed."""
    if result.outcome not in (Outcome.DIFFERS, Outcome.BROKEN):
        return ""
    word, meaning = texts.OUTCOMES[result.outcome]
    if result.outcome is Outcome.DIFFERS:
        meaning = texts.SIGNS
    steps = "".join(_step(step) for step in result.steps if step.outcome is result.outcome)
    return f"<details><summary>{engine}: {word}</summary><p>{meaning}</p>{steps}</details>"


def _step(step: StepFact) -> str:
    command = f"<p><code>{escape(step.command)}</code></p>"
    return f"{command}{output_html.reason(step)}{output_html.difference(step)}"


# -- parts


def _engine(name: str, project: Project) -> str:
    return f"Docker {escape(project.declared[name].label)}"


def _ended(name: str, project: Project) -> str:
    """Since when upstream supports an engine no more, and who says so."""
    support = project.declared[name].support
    since = f"{texts.ENDED} {escape(support.ended)}"
    return f'<small><a href="{escape(support.source)}">{since}</a></small>' if support.ended else ""
