"""Turns a proof into HTML, for the site's fences (fences.py, status.py): a quiet line under a block, and once that is
opened all that is known: each engine's run with its recording, what it printed beside the page, and where it drifted.
"""

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any

from harness.evidence.differences import of_step
from harness.evidence.facts import Outcome
from harness.site import proofs
from harness.site.proofs import Proof, Run

SIGNS = "‘-’로 시작하는 줄은 본문, ‘+’로 시작하는 줄은 실제로 실행해 얻은 출력입니다."
_JUDGED = (Outcome.PASSED, Outcome.DIFFERS)
_TAGS = {
    "\x1b[31m": '<span class="diff-page">',
    "\x1b[32m": '<span class="diff-run">',
    "\x1b[2m": "<span>",
    "\x1b[7m": "<mark>",
    "\x1b[27m": "</mark>",
    "\x1b[0m": "</span>",
}


def proof(shown: Proof) -> str:
    """The HTML under a block."""
    kind = shown.outcome if shown.outcome in _JUDGED else "unchecked"
    line = " · ".join(_line(shown))
    if not shown.runs:
        return f'<p class="proof proof--{kind}" data-search-exclude>{line}</p>\n'
    replay = _replay(shown.runs[0]) if shown.outcome in _JUDGED else ""
    return (
        f'<details class="proof proof--{kind}" data-search-exclude><summary>{line}</summary>'
        f'<div class="proof-runs no-copy">{_runs(shown.runs)}{"".join(_outputs(shown.runs))}</div></details>{replay}\n'
    )


def difference(step: Mapping[str, Any]) -> str:
    """A step's sample beside what was printed, as on a terminal: its colours become HTML. Empty where none differs."""
    if not step["differences"]:
        return ""
    html = escape(of_step(step, colour=True))
    for code, tag in _TAGS.items():
        html = html.replace(code, tag)
    return f'<pre tabindex="0">{html}</pre>'


def date(started: str) -> str:
    return f'<time datetime="{escape(started)}">{escape(started[:10])}</time>'


def _line(shown: Proof) -> Iterator[str]:
    word, meaning = proofs.SAYS[shown.outcome]
    yield f'<span title="{escape(meaning)}">{word}</span>'
    if shown.outcome in _JUDGED:
        yield f"Docker {escape(', '.join(shown.versions))}{_ended(shown)}"
        if shown.compose:
            yield f"Compose {escape(', '.join(shown.compose))}"
        yield date(shown.started)
        if shown.images:
            yield _images(shown.images)
    elif shown.outcome is Outcome.UNCHECKED and shown.reason:
        yield escape(shown.reason)


def _ended(shown: Proof) -> str:
    """That nobody supports any of the engines any more."""
    if not shown.ended:
        return ""
    return f" ({'모두 ' if len(shown.versions) > 1 else ''}{proofs.ENDED})"


def _images(lane: str) -> str:
    kind, meaning = proofs.IMAGES[lane]
    return f'<span title="{escape(meaning)}">{kind}</span>'


# -- opened


def _runs(runs: Sequence[Run]) -> str:
    head = "".join(
        f'<th scope="col">{name}</th>' for name in ("엔진", "결과", "실행한 때", "이미지", "종료 상태", "녹화")
    )
    return (
        '<div class="proof-table" role="group" aria-label="엔진별 결과" tabindex="0">'
        f'<table class="proof-engines"><thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(map(_run, runs))}</tbody></table></div>"
    )


def _run(run: Run) -> str:
    time = f'<time datetime="{escape(run.started)}">{escape(run.started[:16].replace("T", " "))} UTC</time>'
    names = "".join(f"<br><code>{escape(name)}</code>" for name in run.images)
    images = f"{_images(run.lane)}{names}" if run.images else "쓰지 않음"
    statuses = ", ".join("–" if step["status"] is None else str(step["status"]) for step in run.steps) or "–"
    cells = [proofs.SAYS[run.outcome][0], time, images, statuses, _replay(run)]
    with_it = [f"{name.capitalize()} {escape(version)}" for name, version in run.tools.items()]
    with_it += [f"{proofs.ENDED} {escape(run.ended)}"] if run.ended else []
    small = "".join(f"<small>{line}</small>" for line in with_it)
    head = f'<th scope="row">Docker {escape(run.version)}{small}</th>'
    return f"<tr>{head}{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def _replay(run: Run) -> str:
    """The button that console.js gives the recording to; hidden where there is no JavaScript."""
    if not run.recording:
        return ""
    name = f"Docker {run.version}에서 실행한 녹화 재생"
    recording = escape(run.recording.removesuffix(".cast"))
    return (
        f'<button type="button" class="replay" data-recording="{recording}" aria-label="{escape(name)}">재생</button>'
    )


def _outputs(runs: Sequence[Run]) -> Iterator[str]:
    """How the runs that differ do so; then what the newest printed, beside the page."""
    for run in runs:
        for step in run.steps:
            if step["outcome"] == Outcome.DIFFERS:
                reason = f'<p lang="en">{escape(step["reason"])}</p>' if step["reason"] else ""
                where = f"Docker {escape(run.version)}, <code>{escape(step['command'])}</code>"
                yield f"<p>{where}: {SIGNS}</p>{reason}{difference(step)}"
    steps = [step for step in runs[0].steps if step["outcome"] in _JUDGED and (step["sample"] or step["actual"])]
    if not steps:
        return
    if all(step["sample"] == step["actual"] for step in steps):
        yield f"<p>Docker {escape(runs[0].version)}의 실제 출력은 본문과 글자까지 같습니다.</p>"
        return
    yield f"<p>Docker {escape(runs[0].version)}의 실제 출력을 본문과 나란히 놓았습니다.</p>"
    sides = {"본문": "sample", "실제 출력": "actual"}
    figures = [f"<figure><figcaption>{said}</figcaption>{_told(steps, key)}</figure>" for said, key in sides.items()]
    yield f'<div class="proof-beside">{"".join(figures)}</div>'


def _told(steps: Sequence[Mapping[str, Any]], name: str) -> str:
    text = "\n".join(f"{escape(step['command'])}\n{escape(step[name])}".rstrip() for step in steps)
    return f'<pre tabindex="0">{text}</pre>'
