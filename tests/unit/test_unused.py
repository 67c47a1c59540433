"""What readers get of the theme's style sheets."""

import pytest

from harness.site import unused

USED = unused.used_by(
    ['<p class="a b" id="top" data-scheme="dark">no c</p>'], ['toggle("shown"), get("--js"), "result"']
)


@pytest.mark.parametrize(
    ("css", "expected"),
    [
        (".a,.c,.b.c{top:0}", ".a{top:0}"),
        (".c .a{top:0}p>.a:hover{top:1px}", "p>.a:hover{top:1px}"),
        ("#top{top:0}#end{top:0}.shown p{top:0}", "#top{top:0}.shown p{top:0}"),
        ("[data-scheme=dark] p{top:0}[data-scheme=light] p{top:0}", "[data-scheme=dark] p{top:0}"),
        ("[href^=http]{top:0}", "[href^=http]{top:0}"),  # no value, but how one begins
        ('[href$=".c"] .a{top:0}[href$=".c"] .c{top:0}', '[href$=".c"] .a{top:0}'),
        (".a{-webkit-mask-image:var(--x);mask-image:var(--x)}", ".a{mask-image:var(--x)}"),
        (".result,[dir=rtl] p,.a:nth-child(7),.a:nth-child(6){top:0}", ".a:nth-child(6){top:0}"),
        (".a:not(.c,:is(.d)){top:0}.a:is(.c,.a){top:0}", ".a:not(.c,:is(.d)){top:0}.a:is(.c,.a){top:0}"),
        ("@media print{.c{top:0}.a{top:0}}@media screen{.c{top:0}}", "@media print{.a{top:0}}"),
        ('@charset "UTF-8";@keyframes c{to{top:0}}/* .a{ */.a{top:0}', "@keyframes c{to{top:0}}.a{top:0}"),
        ('.a::after{content:"}"}.c{content:"{"}', '.a::after{content:"}"}'),
    ],
)
def test_a_rule_goes_if_nothing_has_what_it_asks_for(css: str, expected: str) -> None:
    assert unused.without_unused({"a.css": css}, [], USED) == {"a.css": expected}


def test_a_variable_goes_if_nothing_names_it() -> None:
    one = """:root{--icon:url('data:;<svg a="1}">');--gap:1px;--js:2px;--b:3px;--own:4px}.c{left:var(--icon)}"""
    two = ".b{--gap:2px;left:var(--gap);top:var( --b)}"
    assert unused.without_unused({"one": one, "two": two}, [".own{left:var(--own)}"], USED) == {
        "one": ":root{--gap:1px;--js:2px;--b:3px;--own:4px}",
        "two": two,
    }
