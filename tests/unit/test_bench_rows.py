"""Which rows of dialects/ the bench names where a damage is missed."""

from bench.rows import rows_about


def test_a_row_is_named_whose_form_a_changed_line_has() -> None:
    assert rows_about(["docker diff web"], "C /etc\nA /a", "C /etc\nA /b") == {"changed paths"}


def test_a_row_of_another_command_is_not_named() -> None:
    assert "names of volumes" in rows_about(["docker volume ls -q"], "data\nlogs", "data\nnone")
    assert "names of volumes" not in rows_about(["docker ps -q"], "data\nlogs", "data\nnone")


def test_all_lines_count_where_only_their_order_has_changed() -> None:
    assert rows_about(["docker diff web"], "C /etc\nA /a", "A /a\nC /etc") == {"changed paths"}


def test_a_line_that_no_row_is_about_names_none() -> None:
    assert rows_about(["echo hello"], "hello", "hullo") == frozenset()


def test_a_row_for_lines_under_a_heading_is_named_only_where_that_is() -> None:
    assert "deleted Volumes" in rows_about(
        ["docker volume prune -f"], "Deleted Volumes:\ndata", "Deleted Volumes:\ndate"
    )
    assert "deleted Volumes" not in rows_about(["docker volume prune -f"], "data", "date")
