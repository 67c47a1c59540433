"""Turns what a run printed into HTML, for the site (proof_html.py, status.py): where it differs from the page.

The whole output is a file of its own, to which the page leads: all that the examples of a page print weighs too much.
"""

import html
import re
from collections.abc import Iterable, Sequence

from harness.claims.characters import visible
from harness.evidence import facts
from harness.evidence.differences import step_side_by_side
from harness.evidence.facts import Outcome, StepFact
from harness.site import texts
from harness.site.escaping import escape
from harness.site.proofs import Proof, Run

_BYTE_ORDER_MARK = "\ufeff"  # by which browsers know a text that comes without its encoding
_LINKED = re.compile(r'href="(outputs/[0-9a-f]+\.txt)"')
_TAGS = {
    "\x1b[31m": '<span class="diff-page">',
    "\x1b[32m": '<span class="diff-run">',
    "\x1b[2m": "<span>",
    "\x1b[7m": "<mark>",
    "\x1b[27m": "</mark>",
    "\x1b[0m": "</span>",
}


def outputs(runs: Sequence[Run]) -> str:
    """How the runs that differ do so; then the way to what the first, the newest engine's, printed."""
    drifts = [_drift(run, step) for run in runs for step in run.steps if step.outcome is Outcome.DIFFERS]
    newest = runs[0]
    steps = _printing(newest.steps)
    return "".join([*drifts, _output(newest.version, steps) if steps else ""])


def whole_outputs(pages: Iterable[str], proofs: Iterable[Proof]) -> dict[str, str]:
    """The files with the outputs to which the site's `pages` lead, by their paths below the site."""
    linked = {path for page in pages for path in _LINKED.findall(page)}
    printed = (_printed(_printing(proof.runs[0].steps)) for proof in proofs if proof.runs)
    return {path: f"{_BYTE_ORDER_MARK}{text}\n" for text in printed if (path := _path(text)) in linked}


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


def _output(version: str, steps: Sequence[StepFact]) -> str:
    if all(step.sample == step.actual for step in steps):
        return f"<p>{texts.SAME_OUTPUT.format(escape(version))}</p>"
    return f'<p><a class="printed" href="{_path(_printed(steps))}">{texts.ACTUAL.format(escape(version))}</a></p>'


def _printing(steps: Sequence[StepFact]) -> list[StepFact]:
    return [step for step in steps if step.outcome.is_judged and (step.sample or step.actual)]


def _printed(steps: Iterable[StepFact]) -> str:
    """Commands, each with what it printed under it."""
    return visible("\n".join(f"{step.command}\n{step.actual}".rstrip() for step in steps))


def _path(text: str) -> str:
    return f"outputs/{facts.digest(text)[:12]}.txt"
