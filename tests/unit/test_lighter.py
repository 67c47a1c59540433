"""What readers get of the project's own style sheets and scripts."""

from harness.site import lighter


def test_a_style_sheet_loses_its_comments_and_blanks_and_keeps_its_texts() -> None:
    css = '/* a\n b */\n.a > .b {\n  content: "▶ " / "";\n  color: red; /* c */\n}\n'
    css += "\n@media print {\n  p {\n    top: 0;\n  }\n}\n"
    assert lighter.style(css) == '.a > .b{content: "▶ " / "";color: red;}@media print{p{top: 0;}}\n'


def test_a_script_loses_comments_types_and_indentation_and_nothing_else() -> None:
    text = '// what\n{\n  // why\n  const a = f("http://x"); // because\n'
    text += "  /** @type {A} */\n  const b = /** @type {B} */ (a);\n}\n"
    assert lighter.script(text) == '{\nconst a = f("http://x");\nconst b = (a);\n}\n'


def test_a_page_loses_its_indentation_but_not_where_it_is_text() -> None:
    html = "<p>\n\n    a\n</p>\n<pre>\n\n  b\n</pre>\n  <script>\n  c()\n</script>\n\n  <p>"
    assert lighter.page(html) == "<p>\na\n</p>\n<pre>\n\n  b\n</pre>\n<script>\n  c()\n</script>\n<p>"
