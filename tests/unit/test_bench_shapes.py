"""The bench plays a run as a page: what a page shows is known before its commands are judged."""

from bench.shapes import replay
from bench.tally import FALSE_ALARM, OURS, Tally

_SCRIPT = "#!/bin/sh\necho exposure $(od -An -N2 -tu2 /dev/urandom)\n"


def _run(text: str, **files: str) -> dict[str, dict[str, object]]:
    return {"draw": {"id": "draw", "command": "sh draw.sh", "text": text, "files": files}}


def _alarms(page: dict[str, dict[str, object]], run: dict[str, dict[str, object]]) -> int:
    tally = Tally([OURS])
    replay(page, run, tally, "seed", lambda _: True)
    return sum(number for (_, place), number in tally.wrong.items() if place.kind == FALSE_ALARM)


def test_a_file_that_the_page_shows_says_what_is_drawn() -> None:
    files = {"draw.sh": _SCRIPT}
    assert _alarms(_run("exposure 42722", **files), _run("exposure 56262", **files)) == 0
    assert _alarms(_run("exposure 42722"), _run("exposure 56262")) == 1
