"""What a terminal gave for a step -> whether the step is as its page shows it: for the runner. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from harness import shapes
from harness.claims.sessions import INTERRUPT, Step
from harness.lab.host import Ran
from harness.shapes import Bindings, Difference, is_gap
from harness.shapes.dialects.compose import MENU
from harness.shapes.dialects.pull import FIRST_TIME

PROMPT = "prompt"  # where such a difference is

_FAR_MORE = 5  # times as many lines

Compare = Callable[[str, str, Bindings], list[Difference]]  # sample, actual -> how they differ


@dataclass(frozen=True)
class Judged:
    """A step that ran. It passed where it has no differences; else it differs."""

    ran: Ran
    differences: Sequence[Difference] = ()
    reason: str = ""  # what may explain them, or why it was typed twice


@dataclass(frozen=True)
class Broken:
    """A step that could not be judged."""

    reason: str
    actual: str = ""  # what the terminal showed
    status: int | None = None


def judge(step: Step, prompt: str | None, ran: Ran, bindings: Bindings, compare: Compare = shapes.compare) -> Judged:
    """Compares output, prompt and exit status with the page's; `bindings` learns where they fit.

    `prompt` is the one that the page shows after the step, None where it shows none.
    """
    found = compare(step.sample, ran.text, bindings)
    text = with_ctrl_c_apart(step, with_ctrl_c_last(step, ran.text))
    if found and text != ran.text and not compare(step.sample, text, bindings):
        found, ran = [], replace(ran, text=text)
    if prompt is None and step.at_host and ran.status is None:
        prompt = step.prompt  # a shell waits in a container, which the page would have to show
    if prompt is not None:
        found += _compare_prompts(step, prompt, ran.prompt, bindings)
    if ran.status is not None and not step.may_end_with(ran.status):
        line = step.last_line - step.first_line + 1  # where it is shown; 0 is not, and counts with what is above
        found.append(Difference(line, f"[{step.status}]", f"[{ran.status}]", "exit status"))
    return Judged(ran, found)


def _compare_prompts(step: Step, prompt: str, found: str, bindings: Bindings) -> list[Difference]:
    """How the prompt behind a step differs: as a whole, but where it contradicts what the page has said before."""
    differences = shapes.compare_prompts(prompt, found, bindings)
    below = step.last_line - step.first_line + 2
    if any(one.bound for one in differences):
        return [replace(one, line=below, where=PROMPT) for one in differences]
    return [Difference(below, prompt.rstrip(), found.rstrip(), PROMPT)] if differences else []


def has_come(step: Step, actual: str, bindings: Bindings) -> bool:
    """Whether what the sample shows above its `^C` has come: its lines, and at least as many. What tells of a pull's
    progress doesn't count, nor does a menu."""
    above = step.sample.split("\n")[: step.interrupted_after]
    shown, came = (sum(map(_counts, lines)) for lines in (above, actual.split("\n")))
    at_least = max(shown, 1 if above else 0)
    return came >= at_least and not shapes.missing("\n".join(above), actual, bindings.copy())


def has_run_over(step: Step, actual: str) -> bool:
    """Whether far more has come than the sample shows above its `^C`: what is recorded anew needs no wait for lines
    that come no more."""
    shown = sum(map(_counts, step.sample.split("\n")[: step.interrupted_after]))
    return sum(map(_counts, actual.split("\n"))) >= _FAR_MORE * (shown + 1)


def _counts(line: str) -> bool:
    return bool(line) and not is_gap(line) and not (FIRST_TIME.fullmatch(line) or MENU.fullmatch(line))


def with_ctrl_c_last(step: Step, text: str) -> str:
    """What came, its `^C` last where the page shows it last: what goes on printing may print once more meanwhile."""
    shown_last = step.interrupted_after == step.sample.count("\n") and step.sample.endswith(INTERRUPT)
    before, pressed, after = text.rpartition(INTERRUPT)
    if not (shown_last and pressed and after) or (before and not before.endswith("\n")):
        return text
    return f"{before}{after.removeprefix(chr(10))}\n{INTERRUPT}"


def with_ctrl_c_apart(step: Step, text: str) -> str:
    """What came, with what stands behind its `^C` below it, where the page shows something there and nothing behind."""
    shown = step.sample.split("\n")[step.interrupted_after or 0 :]
    if step.interrupted_after is None or shown[0] != INTERRUPT or len(shown) == 1:
        return text
    return re.sub(r"^\^C(?=.)", f"{INTERRUPT}\n", text, count=1, flags=re.MULTILINE)


def is_cut_short(step: Step, ran: Ran, bindings: Bindings) -> bool:
    """Whether a command that ended as shown printed the beginning of what is shown, or nothing, and not all of it.

    Or all lines, where words are missing: what `$(...)` put there.
    """
    came, shown = (text.split("\n") if text else [] for text in (ran.text, step.sample))
    if ran.status is None or not step.may_end_with(ran.status) or len(came) > len(shown):
        return False
    if len(came) == len(shown):
        unlike = [pair for pair in zip(came, shown, strict=True) if shapes.compare(pair[1], pair[0], bindings.copy())]
        return bool(unlike) and all(_lacks_words(line, of.split()) for line, of in unlike)
    return not shapes.compare("\n".join(shown[: len(came)]), ran.text, bindings.copy())


def _lacks_words(line: str, words: list[str]) -> bool:
    """Whether a line has some of the words, in their order, and no other."""
    rest = iter(words)
    return len(line.split()) < len(words) and all(word in rest for word in line.split())
