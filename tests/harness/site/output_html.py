"""Turns what a run printed into HTML, for the site (proof_html.py, status.py): where it differs, or beside the page."""

import html
from collections.abc import Iterator, Sequence

from harness.evidence.differences import step_side_by_side
from harness.evidence.facts import Outcome, StepFact
from harness.site import texts
from harness.site.escaping import escape
from harness.site.proofs import Run

_TAGS = {
    "\x1b[31m": '<span class="diff-page">',
    "\x1b[32m": '<span class="diff-run">',
    "\x1b[2m": "<span>",
    "\x1b[7m": "<mark>",
    "\x1b[27m": "</mark>",
    "\x1b[0m": "</span>",
}


def outputs(runs: Sequence[Run]) -> str:
    """How the runs that differ do so; then what the first, the newest engine's, printed, beside the page."""
    drifts = [_drift(run, step) for run in runs for step in run.steps if step.outcome is Outcome.DIFFERS]
    newest = runs[0]
    steps = [step for step in newest.steps if step.outcome.is_judged and (step.sample or step.actual)]
    return "".join([*drifts, *(_beside(newest.version, steps) if steps else ())])


def reason(step: StepFact) -> str:
    """The harness's own words of a step, which are English."""
    return f'<p lang="en">{escape(step.reason)}</p>' if step.reason else ""


def difference(step: StepFact) -> str:
    """A step's sample beside what was printed, as on a terminal: its colours become HTML. Empty where none differs."""
    if not step.differences:
        return ""
    shown = html.escape(step_side_by_side(step, colour=True))  # with no escapes in it but the colours'
    for code, tag in _TAGS.items():
        shown = shown.replace(code, tag)
    return f'<pre tabindex="0">{shown}</pre>'


def _drift(run: Run, step: StepFact) -> str:
    where = f"Docker {escape(run.version)}, <code>{escape(step.command)}</code>"
    return f"<p>{where}: {texts.SIGNS}</p>{reason(step)}{difference(step)}"


def _beside(version: str, steps: Sequence[StepFact]) -> Iterator[str]:
    if all(step.sample == step.actual for step in steps):
        yield f"<p>{texts.SAME_OUTPUT.format(escape(version))}</p>"
        return
    yield f"<p>{texts.BESIDE.format(escape(version))}</p>"
    sample = _figure(texts.SAMPLE, [(step.command, step.sample) for step in steps])
    actual = _figure(texts.ACTUAL, [(step.command, step.actual) for step in steps])
    yield f'<div class="proof-beside">{sample}{actual}</div>'


def _figure(caption: str, steps: Sequence[tuple[str, str]]) -> str:
    """Commands, each with what stands under it."""
    text = "\n".join(f"{escape(command)}\n{escape(printed)}".rstrip() for command, printed in steps)
    return f'<figure><figcaption>{caption}</figcaption><pre tabindex="0">{text}</pre></figure>'
