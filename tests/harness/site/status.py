"""Turns the evidence into the page that shows every example against every engine, for the site (by superfences).

docs/ ──pages──> examples ──┐
build/evidence ──proofs─────┴──> a total by engine, and for each page a table of its examples
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

from markdown import Markdown

from harness import project
from harness.claims import pages, sessions
from harness.claims.pages import Block, Page, PageError
from harness.evidence import facts
from harness.evidence.facts import Outcome
from harness.lab import engines
from harness.site import addresses, proofs
from harness.site.proof_html import SIGNS, date, difference
from harness.site.proofs import ENDED, IMAGES, SAYS, Project

Fact = Mapping[str, Any]  # of a page, a block or a step, as evidence.py writes it


@dataclass(frozen=True)
class Seen:
    """What became of an example on one engine. `outcome` is None where nothing is known of the text as it is today."""

    outcome: Outcome | None = None
    text: str = ""  # that this engine is shown
    steps: Sequence[Fact] = ()


@dataclass(frozen=True)
class Example:
    """A console block of a page, against every engine."""

    block: Block
    unchecked: str  # the reason, where it is declared as not runnable
    seen: Mapping[str, Seen] = field(default_factory=dict)  # by engine

    @property
    def command(self) -> str:
        """The first thing that is typed in it; of several lines the first."""
        commands = [step.command for step in sessions.parse(self.block.text).steps]
        return next((command.partition("\n")[0] for command in commands if command.strip()), "")


def status(source: str, language: str, class_name: str, options: Mapping[str, Any], md: Markdown, **_: object) -> str:
    """The HTML of a status fence: it is empty on the page, and stands at the site's root."""
    with proofs.ends_the_build("the status"):
        return show(proofs.read(project.ROOT))


def show(project: Project) -> str:
    """All tables. A page that can't be read is said to be so; `verify` says it to whoever can change it."""
    rows: list[str] = []
    examples: list[Example] = []
    for page in project.pages:
        if isinstance(page, PageError):
            rows.append(f"<p>읽을 수 없는 페이지입니다.</p><pre><code>{escape(str(page))}</code></pre>")
        elif found := examine(page, project):
            examples += found
            rows.append(_page(page, found, project))
    return (
        f'<section class="status no-copy" data-search-exclude>{_totals(examples, project)}{"".join(rows)}</section>\n'
    )


def examine(page: Page, project: Project) -> list[Example]:
    """The examples of a page in its order, with what the evidence says of the text that each engine is shown today."""
    runs = _runs(page, project)
    left = {engine: list(run["blocks"]) for engine, run in runs.items()}
    examples = []
    for block in filter(lambda block: block.is_session, page.blocks):
        texts = _texts(block, project)
        seen = {engine: _seen(texts[engine], left.get(engine, [])) for engine in project.engines}
        examples.append(Example(block, page.unchecked.get(block.snippet, ""), seen))
    return examples


def _texts(block: Block, project: Project) -> dict[str, str]:
    """What each engine is shown."""
    snippet = project.root / "snippets" / block.snippet
    shown = pages.samples(snippet, project.engines)
    return {engine: block.text if path == snippet else path.read_text("utf-8") for engine, path in shown.items()}


def _seen(text: str, left: list[Fact]) -> Seen:
    """Takes what belongs to the text out of `left`, so that the same text further down gets the next."""
    fact = next((fact for fact in left if fact["sha256"] == facts.digest(text)), None)
    if not fact:
        return Seen(text=text)
    left.remove(fact)
    return Seen(Outcome(fact["outcome"]), text, fact["steps"])


def _runs(page: Page, project: Project) -> dict[str, Fact]:
    """The runs of a page, by engine."""
    name = page.path.relative_to(project.root).as_posix()
    return {fact["engine"]: fact for fact in project.facts if fact["page"] == name}


# -- totals


def _totals(examples: Sequence[Example], project: Project) -> str:
    counts = {engine: Counter(_counted(example, engine) for example in examples) for engine in project.engines}
    total = sum(counts.values(), Counter[Outcome | None]())
    started = max((fact["started"] for fact in project.facts), default="")
    last = f" 마지막으로 실행한 날은 {date(started)}입니다." if started else ""
    head = "".join(
        f'<th scope="col">{name}</th>' for name in ("엔진", "확인됨", "달라짐", "확인하지 않음", "마지막 실행")
    )
    body = "".join(_total(engine, counts[engine], project) for engine in reversed(project.engines))
    return (
        f"<p>예제 {len(examples)}개를 엔진 {len(project.engines)}가지에서 실행하는 경우는 모두 "
        f"{total.total()}건이며, 그 가운데 <strong>{total[Outcome.PASSED]}건을 확인했습니다</strong>. "
        f"달라진 것은 {total[Outcome.DIFFERS]}건, 확인하지 않은 것은 {total[None]}건입니다.{last}</p>"
        + _table("status-totals", "엔진별 합계", "엔진별 합계", f"<tr>{head}</tr>", body)
    )


def _counted(example: Example, engine: str) -> Outcome | None:
    """As readers are told: passed, differs, or not checked (None)."""
    outcome = example.seen[engine].outcome
    return outcome if outcome in (Outcome.PASSED, Outcome.DIFFERS) and not example.unchecked else None


def _total(engine: str, count: Counter[Outcome | None], project: Project) -> str:
    runs = [fact for fact in project.facts if fact["engine"] == engine]
    started = max((fact["started"] for fact in runs), default="")
    cells = [f"{count[Outcome.PASSED]} / {count.total()}", str(count[Outcome.DIFFERS]), str(count[None])]
    cells.append(date(started) if started else "실행 기록 없음")
    head = f'<th scope="row">{_engine(engine, project)}{_ended(engine, project)}</th>'
    return f"<tr>{head}{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


# -- a page


def _page(page: Page, examples: Sequence[Example], project: Project) -> str:
    runs = _runs(page, project)
    address = addresses.address(page, project.root)
    title = page.title or page.path.stem
    names = list(reversed(project.engines))
    head = '<th scope="col">예제</th>' + "".join(_head(engine, runs.get(engine), project) for engine in names)
    body = "".join(row for example in examples for row in _rows(example, escape(address), names, project))
    caption = f'<a href="{escape(address)}">{escape(title)}</a>'
    return _table("status-examples", title, caption, f"<tr>{head}</tr>", body)


def _head(engine: str, run: Fact | None, project: Project) -> str:
    """An engine, and when and with what images the page was run on it: that holds for all its examples."""
    said = ["실행 기록 없음"]
    if run:
        kind, meaning = IMAGES[proofs.images_of(run)]
        images = f'<span title="{meaning}">{kind}</span>' if run["images"] else ""
        said = [escape(engines.number(run["version"])), date(run["started"]), images]
    small = "".join(f"<small>{line}</small>" for line in said if line)
    ended = f"<small>{ENDED}</small>" if project.declared[engine].ended else ""
    return f'<th scope="col">{_engine(engine, project)}{ended}{small}</th>'


def _rows(example: Example, address: str, names: Sequence[str], project: Project) -> Iterator[str]:
    section, anchor = addresses.section(example.block), escape(addresses.anchor(example.block))
    command = f"<code>{escape(example.command)}</code>" if example.command else ""
    name = f'<th scope="row"><a href="{address}#{anchor}">{escape(section)}</a>{command}</th>'
    if example.unchecked:
        said = f"{_said('span', Outcome.UNCHECKED)}: {escape(example.unchecked)}"
        yield f'<tr>{name}<td colspan="{len(names)}"><span class="status-reason">{said}</span></td></tr>'
        return
    yield f"<tr>{name}{''.join(_said('td', example.seen[engine].outcome) for engine in names)}</tr>"
    if details := "".join(_detail(_engine(engine, project), example.seen[engine]) for engine in names):
        yield f'<tr class="status-why"><td colspan="{len(names) + 1}">{details}</td></tr>'


def _said(element: str, outcome: Outcome | None) -> str:
    """The word for an outcome; what it means stands on the home page, for a thousand titles make a page slow."""
    kind = outcome if outcome in (Outcome.PASSED, Outcome.DIFFERS) else "unchecked"
    return f'<{element} class="status-word status-word--{kind}">{SAYS[outcome][0]}</{element}>'


def _detail(engine: str, seen: Seen) -> str:
    """Why an example that was run was not confirmed."""
    if seen.outcome not in (Outcome.DIFFERS, Outcome.BROKEN):
        return ""
    word, meaning = SAYS[seen.outcome]
    if seen.outcome is Outcome.DIFFERS:
        meaning = SIGNS
    steps = "".join(_step(step) for step in seen.steps if step["outcome"] == seen.outcome)
    return f"<details><summary>{engine}: {word}</summary><p>{meaning}</p>{steps}</details>"


def _step(fact: Fact) -> str:
    reason = f'<p lang="en">{escape(fact["reason"])}</p>' if fact["reason"] else ""
    return f"<p><code>{escape(fact['command'])}</code></p>{reason}{difference(fact)}"


# -- parts


def _table(kind: str, label: str, caption: str, head: str, body: str) -> str:
    """A table in a box of its own, which scrolls where the screen is narrow, by keyboard too."""
    return (
        f'<div class="status-box" role="region" aria-label="{escape(label)}" tabindex="0"><table class="{kind}">'
        f"<caption><span>{caption}</span></caption><thead>{head}</thead><tbody>{body}</tbody></table></div>"
    )


def _engine(name: str, project: Project) -> str:
    return f"Docker {escape(project.declared[name].label)}"


def _ended(name: str, project: Project) -> str:
    """Since when upstream supports an engine no more, and who says so."""
    engine = project.declared[name]
    since = f"{ENDED} {escape(engine.ended)}"
    return f'<small><a href="{escape(engine.source)}">{since}</a></small>' if engine.ended else ""
