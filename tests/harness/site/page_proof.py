"""Turns the proofs of a page's examples into what the page says of them at its top, once, for the site's fences.

Under an example its own proof is cut to a sign where the page has said it all; where it differs, it speaks.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from markdown import Markdown
from markdown.postprocessors import Postprocessor

from harness.evidence.facts import Outcome
from harness.lab.lanes import weakest
from harness.site import clock, proof_html, texts
from harness.site.escaping import escape
from harness.site.proofs import Proof

_PLACE = re.compile("\x02proof:(\\d+)\x03")


class Shown(NamedTuple):
    """A text that a page shows."""

    proof: Proof
    engines: frozenset[str]  # that print it
    is_opened: bool = True  # not behind the tab of another text


class PageProof(Postprocessor):
    """Puts what all examples of a page have in common under its title, once they are known."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self._shown: list[Shown] = []

    def add(self, proof: Proof, runs: str, engines: Sequence[str], is_opened: bool = True) -> str:
        """The HTML of a text's proof, with that of its `runs`."""
        self._shown.append(Shown(proof, frozenset(engines), is_opened))
        return proof_html.proof(proof, runs, f"\x02proof:{len(self._shown) - 1}\x03")

    def run(self, text: str) -> str:
        common = _common(self._shown) if "</h1>" in text else None
        same = [common is not None and _is_said(shown, common) for shown in self._shown]
        text = _PLACE.sub(lambda found: " proof--same" if same[int(found[1])] else "", text)
        return text.replace("</h1>", f"</h1>\n{_line(self._shown, common, same)}", 1)


def _day(proof: Proof) -> str:
    return clock.day(proof.started)


def _engines(proof: Proof) -> frozenset[str]:
    return frozenset(run.engine for run in proof.runs)


def _common(shown: Sequence[Shown]) -> Proof | None:
    """What is proved of most: on which engines and when, and with what those were that this is true of; None where
    nothing is proved.
    """
    passed = [one for one in shown if one.proof.outcome is Outcome.PASSED]
    widest = max((len(one.engines) for one in passed), default=0)
    proofs = [one.proof for one in passed if len(one.engines) == widest]  # a tab says only what holds on some engines
    if not proofs:
        return None
    [(key, _)] = Counter((_engines(proof), _day(proof)) for proof in proofs).most_common(1)
    first = next(proof for proof in proofs if (_engines(proof), _day(proof)) == key)
    alike = [one.proof for one in passed if _is_of(one, first)]
    compose = dict.fromkeys(version for proof in alike for version in proof.compose)
    images = weakest(proof.images for proof in alike if proof.images)
    return replace(first, since="", compose=tuple(compose), images=images)


def _is_of(shown: Shown, common: Proof) -> bool:
    """Whether a text was run when the page was, and on those of its engines that print it."""
    return _day(shown.proof) == _day(common) and _engines(shown.proof) == _engines(common) & shown.engines


def _is_said(shown: Shown, common: Proof) -> bool:
    """Whether a proof says no more and no less than what is said of the page."""
    proof = shown.proof
    return (
        proof.outcome is Outcome.PASSED
        and _is_of(shown, common)
        and proof.images in (None, common.images)
        and set(proof.compose) <= set(common.compose)
    )


def _line(shown: Sequence[Shown], common: Proof | None, same: Sequence[bool]) -> str:
    if not shown:
        return ""
    opened = [is_same for one, is_same in zip(shown, same, strict=True) if one.is_opened]
    kind = "unchecked"
    words = texts.PAGE_UNCHECKED.format(len(opened))
    if common:
        kind = "passed"
        whole = texts.ONE_EXAMPLE if len(opened) == 1 else texts.ALL_EXAMPLES
        count = whole if all(opened) else texts.SOME_EXAMPLES
        words = count.format(all=len(opened), some=sum(opened), proof=" · ".join(proof_html.line(common)))
    link = f'<a href="{escape(texts.MEANING_ADDRESS)}">{texts.MEANING}</a>'
    return f'<p class="page-proof page-proof--{kind}" data-search-exclude>{words} {link}</p>\n'
