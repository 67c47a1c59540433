"""What the project takes from others keeps their licence; what the site serves of others' is what npm has, to the byte.

To take a newer one: `npm pack asciinema-player@VERSION`, copy the files of dist/bundle/ and LICENSE, change these sums.
"""

import hashlib
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PLAYER = ROOT / "docs" / "assets" / "player"
# asciinema-player 3.18.0, Apache-2.0; the package's own integrity:
# sha512-5gpt2ipFcy4NKmgkv+c/QXnJ9zMicxqWROCOuJqgwwtiYKM8Qe9hnDOvfqke5bW6M2DW/seO3uQYkQ0xeUUVtw==
SUMS = {
    "LICENSE": "63422284ed65be54ab38d8a94e7518d27e222fbb26c9ae4cd984c63926e91c12",
    "asciinema-player.css": "981fe7bc6042048b2a373b6da297f747e324e90a8b6264e833e3a92cec22dfb9",
    "asciinema-player.min.js": "752c9b528b664f5b16f27c68ba22fc7973d1d6063a1c3e4795a4c8015943acf6",
}
# What was taken -> its licence.
LICENCES = {
    "docs/assets/player/asciinema-player.min.js": "docs/assets/player/LICENSE",
    "tests/harness/shapes/names.py": "tests/harness/shapes/LICENSE.moby",
    "tests/harness/site/theme/partials/header.html": "tests/harness/site/LICENSE.mkdocs-material",
    "tests/harness/site/theme/partials/nav-item.html": "tests/harness/site/LICENSE.mkdocs-material",
    "tests/harness/site/theme/partials/search.html": "tests/harness/site/LICENSE.mkdocs-material",
}


@pytest.mark.parametrize("name", SUMS)
def test_a_file_is_as_it_was_published(name: str) -> None:
    assert hashlib.sha256((PLAYER / name).read_bytes()).hexdigest() == SUMS[name]


def test_nothing_else_is_there() -> None:
    assert {path.name for path in PLAYER.iterdir()} == set(SUMS)


@pytest.mark.parametrize(("taken", "licence"), LICENCES.items())
def test_what_is_taken_from_elsewhere_has_its_licence_and_contributing_says_so(taken: str, licence: str) -> None:
    assert (ROOT / taken).is_file()
    assert re.search("Apache License|Permission is hereby granted", (ROOT / licence).read_text("utf-8"))
    assert f"`{licence}`" in (ROOT / "CONTRIBUTING.md").read_text("utf-8")
