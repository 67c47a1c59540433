"""What holds of every page on a phone, light and dark."""

import pytest
from playwright.sync_api import Browser

from .walk import PHONE, Seen, walk


@pytest.fixture(scope="module")
def on_phone(chromium: Browser, site: str, names: list[str]) -> dict[str, Seen]:
    return walk(chromium, site, [*names, "/404.html"], PHONE)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(on_phone: dict[str, Seen], scheme: str) -> None:
    assert {name: seen.axe[scheme] for name, seen in on_phone.items() if seen.axe[scheme]} == {}


def test_nothing_moves_while_a_page_loads(on_phone: dict[str, Seen]) -> None:
    assert {name: seen.shifts for name, seen in on_phone.items() if seen.shifts} == {}


def test_no_korean_word_is_broken_over_two_lines(on_phone: dict[str, Seen]) -> None:
    assert {name: seen.broken for name, seen in on_phone.items() if seen.broken} == {}


def test_no_option_is_torn_at_its_hyphen(on_phone: dict[str, Seen]) -> None:
    assert {name: seen.torn for name, seen in on_phone.items() if seen.torn} == {}


def test_no_particle_begins_a_line_behind_its_code(on_phone: dict[str, Seen]) -> None:
    assert {name: seen.lone for name, seen in on_phone.items() if seen.lone} == {}


def test_no_page_scrolls_sideways(on_phone: dict[str, Seen]) -> None:
    assert {name: seen.wide for name, seen in on_phone.items() if seen.wide != PHONE} == {}


def test_no_typed_command_is_cut_nor_an_output_that_is_looked_up(on_phone: dict[str, Seen]) -> None:
    assert {name: seen.cut for name, seen in on_phone.items() if seen.cut} == {}
