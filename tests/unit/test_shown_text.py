"""What others wrote is shown as text: in HTML, in Markdown, in the feed, on a terminal, in a command to paste."""

import html
import re
import shlex
from collections import Counter
from importlib import resources
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from harness.claims.characters import hidden, printable, visible
from harness.evidence.facts import BlockFact, DifferenceFact, Lane, Outcome, PageFact, StepFact
from harness.evidence.summary import Summary
from harness.lab.course import removal_commands
from harness.lab.host import Thing
from harness.night.findings import Drift, EngineDrift, InOrder, Night, Release, Unjudged
from harness.night.markdown import markdown
from harness.project import ROOT
from harness.report import explain, leaves
from harness.shapes import Difference
from harness.site import console_html, inputs, proof_html
from harness.site.feed import feed
from harness.site.plain import plain
from harness.site.policy import with_policy
from harness.site.proofs import Proof, Run

DATE = "2026-11-24T00:00:00+00:00"
HOSTILE = "\"'><script>alert(1)</script>&`\n$(touch owned)\x1b[2J\u202e\u2066\u200b\ufeff\ud800\x00\u3164\uffff"
NEVER_RAW = re.compile("<script|<b>|[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e\u2066\u200b\ufeff\ud800\u3164\uffff]")


# -- HTML


def test_no_field_of_a_run_gets_into_the_html_of_a_proof_but_as_text() -> None:
    """The fields are checked when evidence is read; what shows them doesn't count on it."""
    broken: Any = HOSTILE  # where a number or a list of numbers belongs, too
    step = StepFact(1, HOSTILE, Outcome.DIFFERS, HOSTILE, broken, HOSTILE, HOSTILE, reason=HOSTILE)
    run = Run(HOSTILE, Outcome.DIFFERS, HOSTILE, Lane.HUB, [HOSTILE], [step], HOSTILE, {HOSTILE: HOSTILE}, HOSTILE)
    proof = Proof(Outcome.DIFFERS, (HOSTILE,), (HOSTILE,), True, HOSTILE, Lane.HUB, HOSTILE, [run])
    shown = proof_html.proof(proof, proof_html.runs(proof))
    assert NEVER_RAW.findall(shown) == []
    assert shown.count("&lt;script&gt;") > 10
    assert "␛[2J" in shown


def test_what_a_sample_holds_of_a_terminals_orders_has_a_sign_on_the_site() -> None:
    shown = console_html.block("$ printf x\n\x1b[31mred\u202e\x07\n", "")
    assert NEVER_RAW.findall(shown) == []
    assert "␛[31mred\\u202e␇" in html.unescape(re.sub("<[^>]*>", "", shown))


def test_the_plain_markdown_of_a_page_has_the_same_signs(tmp_path: Path) -> None:
    for name, text in {
        "tests/labs/engines.toml": (ROOT / "tests" / "labs" / "engines.toml").read_text("utf-8"),
        "docs/a.md": '``` console\n--8<-- "a.console"\n```\n',
        "snippets/a.console": "$ x\n\x1b[1m\n",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text(text)
    assert (
        plain(tmp_path / "docs/a.md", inputs.read(tmp_path)).text == "``` console\n$ x\n␛[1m\n```\n\n> 확인하지 않음\n"
    )


@pytest.mark.parametrize(
    "script",
    ["alert(1)", "var chosenScheme = null;", "/* theme */ alert(1)", '__md_scope=new URL(".",location)'],
)
@pytest.mark.parametrize("tag", ["script", "SCRIPT", "script data-a='1'", "script\n"])
def test_a_page_runs_no_inline_script_but_the_sites_and_says_which(script: str, tag: str) -> None:
    told: list[str] = []
    page = with_policy(f'<head><meta charset="utf-8"></head><{tag}>{script}</{tag.split()[0]} >', told.append)
    assert "'sha256-" not in page
    assert told == [f"not run: found the inline script `{script}`, which is none of the site's"]


def test_the_scripts_of_the_sites_templates_run() -> None:
    template = resources.files("harness.site") / "theme/partials/javascripts/palette.html"
    assert "'sha256-" in with_policy(f'<meta charset="utf-8">{template.read_text("utf-8")}', pytest.fail)


# -- a night


def hostile_night() -> Night:
    seen = EngineDrift(HOSTILE, True, HOSTILE, HOSTILE, 1, [HOSTILE], "", "0" * 8, HOSTILE, HOSTILE, 1, HOSTILE)
    drift = Drift(HOSTILE, HOSTILE, 1, HOSTILE, HOSTILE, {HOSTILE: seen})
    return Night(
        HOSTILE,
        HOSTILE,
        Summary(Counter(), [HOSTILE], Lane.HUB),
        drifts=[drift],
        repaired=[drift],
        pending=[drift],
        expected=[drift],
        flaky=[drift],
        releases=[Release(HOSTILE, HOSTILE, HOSTILE)],
        unjudged=[Unjudged(HOSTILE, 1, HOSTILE, [HOSTILE], HOSTILE)],
        course=[InOrder(HOSTILE, 1, HOSTILE, HOSTILE, Outcome.DIFFERS, HOSTILE)],
    )


def outside_of_code(text: str) -> str:
    text = re.sub(r"(?ms)^(`{3,})\w+\n.*?^\1$", "", text)
    return re.sub(r"(`+)(?!`).*?[^`]\1(?!`)", "", text)


def test_nothing_of_a_night_is_markup_in_its_markdown() -> None:
    shown = markdown(hostile_night())
    assert re.findall(r"[<>&$\"']|alert\(", outside_of_code(shown).replace("night's", "")) == []
    assert re.findall("[\x00-\x09\x0b-\x1f\u202e\ud800]", shown) == []


def test_the_command_that_repairs_a_drift_is_one_command_whatever_the_page_and_the_engine_are_called() -> None:
    seen = EngineDrift(DATE, True, "1", "snippets/a.console", 1, ["a word"], "", "0" * 8)
    drift = Drift("0" * 8, "docs/내 글; rm -rf $(pwd).md", 1, "a.console", "ls", {"28; reboot": seen})
    [record, verify] = re.findall("(?m)^python3 .*$", markdown(Night(DATE, "", Summary(Counter(), [], None), [drift])))
    assert shlex.split(record)[4:] == ["--", "--engine", "28; reboot", drift.page]
    assert shlex.split(verify)[4:] == ["--", "--engine", "all", drift.page]


def test_the_feed_is_xml_whatever_drifted() -> None:
    root = ElementTree.fromstring(feed(hostile_night(), HOSTILE, "https://example.org/", {}))
    assert len(root.findall("{http://www.w3.org/2005/Atom}entry")) == 3


# -- a contributor's terminal


def fact(**values: Any) -> tuple[PageFact, BlockFact]:
    differences = [DifferenceFact(2, Difference(1, "a\u202e", "b\x1b[2J", "line"))]
    step = StepFact(1, "docker ps\x1b[2J", differences=differences, **values)
    block = BlockFact(3, "session", "a.console", "snippets/a.console", "0" * 64, [step], step.outcome)
    return PageFact("docs/a b.md", "28", "28.5.2", Lane.HUB, DATE), block


def test_what_is_said_of_a_block_holds_nothing_that_a_terminal_obeys() -> None:
    broken = explain(*fact(outcome=Outcome.BROKEN, actual="\x1b]0;title\x07\u202e", reason="lost\x9b2J"))
    assert NEVER_RAW.findall(broken) == []
    assert "  printed   ␛]0;title␇\\u202e" in broken
    assert NEVER_RAW.findall(explain(*fact(outcome=Outcome.DIFFERS, typed="docker ps\u2066"))) == []


def test_the_command_that_takes_over_what_was_printed_is_quoted() -> None:
    assert "`nox -s record -- --engine 28 'docs/a b.md'`" in explain(*fact(outcome=Outcome.DIFFERS))


def test_the_commands_that_remove_what_a_page_left_are_quoted_and_the_home_stays_one() -> None:
    left = [Thing("file", "~/내 글; reboot"), Thing("file", "~/plain"), Thing("volume", "a$(reboot)")]
    command = removal_commands(left)
    assert command == "docker volume rm 'a$(reboot)'; rm -r ~/'내 글; reboot' ~/plain"
    assert f"removes it: {command}" in leaves(fact(outcome=Outcome.PASSED)[0], left, command)


# -- what is hidden


def test_a_hidden_character_has_its_code_and_its_name() -> None:
    assert list(hidden("a\x1b\x00\x7f\x85\u202e\u3164\U000e0041\uffff\u202e")) == [
        "U+001B ESCAPE",
        "U+0000 NULL",
        "U+007F DELETE",
        "U+0085 <control>",
        "U+202E RIGHT-TO-LEFT OVERRIDE",
        "U+3164 HANGUL FILLER",
        "U+E0041 TAG LATIN CAPITAL LETTER A",
        "U+FFFF <unnamed>",
    ]


def test_what_people_write_hides_nothing() -> None:
    text = "한글 español 日本語 العربية עברית\ttab ✅️ 👍🏽 e\u0301 a\u00a0b → …"
    assert (list(hidden(text)), visible(text)) == ([], text)


def test_a_text_of_lines_keeps_its_ends_and_tabs_and_one_of_a_line_shows_them() -> None:
    assert (visible("a\n\tb\r"), printable("a\n\tb\r")) == ("a\n\tb␍", "a␊␉b␍")
