"""Turns a proof into HTML, for the site's fences: a quiet line under a block, and once that is opened all that is
known: each engine's run with its recording, what it printed beside the page, and where it drifted.
"""

from collections.abc import Callable, Iterator, Sequence

from harness.evidence.facts import Lane, Outcome
from harness.site import clock, nights, output_html, texts
from harness.site.escaping import escape
from harness.site.proofs import Proof, Run
from harness.site.recordings import name_of


def proof(shown: Proof, runs: str, more: str = "") -> str:
    """The HTML under a block, with that of its `runs`; `more` stands behind its classes."""
    kind = shown.outcome if is_judged(shown.outcome) else "unchecked"
    word, *rest = line(shown)
    words = word + (f'<span class="rest"> · {" · ".join(rest)}</span>' if rest else "")
    if not shown.runs:
        return f'<p class="proof proof--{kind}{more}" data-search-exclude>{words}</p>\n'
    replay = _replay(shown.runs[0]) if is_judged(shown.outcome) else ""
    return (
        f'<details class="proof proof--{kind}{more}" data-search-exclude><summary>{words}</summary>'
        f'<div class="proof-runs no-copy">{runs}</div></details>'
        f"{replay}\n"
    )


def runs(shown: Proof) -> str:
    """The HTML of a proof that is opened: what is known of each run."""
    return f"{_table(shown.runs)}{_nights(shown.runs)}{output_html.outputs(shown.runs)}" if shown.runs else ""


def is_judged(outcome: Outcome | None) -> bool:
    """Whether readers are shown an outcome as it is; all others are not checked to them."""
    return outcome is not None and outcome.is_judged


def date(started: str) -> str:
    return f"<time>{escape(clock.day(started))}</time>"


def line(shown: Proof) -> Iterator[str]:
    """What is known, in a few words."""
    word, meaning = texts.OUTCOMES[shown.outcome]
    yield f'<span title="{escape(meaning)}">{word}</span>'
    if is_judged(shown.outcome):
        yield f"Docker {escape(', '.join(shown.versions))}{_ended(shown)}"
        if shown.compose:
            yield f"Compose {escape(', '.join(shown.compose))}"
        yield date(shown.started)
        if shown.since:
            yield texts.SINCE.format(f"<time>{shown.since}</time>")
        if shown.images:
            yield _lane(shown.images)
    elif shown.outcome is Outcome.UNCHECKED and shown.reason:
        yield escape(shown.reason)


def _ended(shown: Proof) -> str:
    """That nobody supports any of the engines any more."""
    if not shown.ended:
        return ""
    return f" ({texts.ALL_ENDED if len(shown.versions) > 1 else texts.ENDED})"


def _lane(lane: Lane) -> str:
    kind, meaning = texts.LANES[lane]
    return f'<span title="{escape(meaning)}">{kind}</span>'


# -- once it is opened: a row for each run


def _engine(run: Run) -> str:
    lines = [escape(f"{name.capitalize()} {version}") for name, version in run.tools.items()]
    lines += [f"{texts.ENDED} {escape(run.ended)}"] if run.ended else []
    small = "".join(f"<small>{line}</small>" for line in lines)
    return f"Docker {escape(run.version)}{small}"


def _result(run: Run) -> str:
    return texts.OUTCOMES[run.outcome][0]


def _started(run: Run) -> str:
    return escape(clock.minute(run.started))


def _images(run: Run) -> str:
    names = "".join(f"<br><code>{escape(name)}</code>" for name in run.images)
    return f"{texts.LANES[run.lane][0]}{names}" if run.images else texts.NO_IMAGES


def _exit_statuses(run: Run) -> str:
    return escape(", ".join("–" if step.status is None else str(step.status) for step in run.steps)) or "–"


def _replay(run: Run) -> str:
    """The button that console.js gives the recording to; hidden where there is no JavaScript."""
    if not run.recording:
        return ""
    recording = escape(name_of(run.recording))
    label = escape(texts.REPLAY_LABEL.format(run.version))
    return (
        f'<button type="button" class="replay" data-recording="{recording}" aria-label="{label}">'
        f"{texts.REPLAY}</button>"
    )


# The columns of the table: what stands above each, and what it says of a run. The first names the row.
_COLUMNS: Sequence[tuple[str, Callable[[Run], str]]] = [
    (texts.ENGINE, _engine),
    (texts.RESULT, _result),
    (texts.STARTED, _started),
    (texts.IMAGES, _images),
    (texts.EXIT_STATUSES, _exit_statuses),
    (texts.RECORDING, _replay),
]


def _table(runs: Sequence[Run]) -> str:
    head = "".join(f"<th>{title}</th>" for title, _ in _COLUMNS)
    return (
        f'<div class="proof-table" role="group" aria-label="{texts.RUNS_LABEL}" tabindex="0">'
        f'<table class="proof-engines"><thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(map(_row, runs))}</tbody></table></div>"
    )


def _nights(runs: Sequence[Run]) -> str:
    strip = nights.strip([run.nights for run in runs])
    return f'<p class="nights">{strip}</p>' if strip else ""


def _row(run: Run) -> str:
    name, *cells = (cell(run) for _, cell in _COLUMNS)
    return f'<tr><th scope="row">{name}</th>{"".join(f"<td>{cell}</td>" for cell in cells)}</tr>'
