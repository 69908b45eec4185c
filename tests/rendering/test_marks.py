from bot.rendering.marks import CLOSE, OPEN, Marked, clean_value, read_marks, strip_marks, wrap_mark


def test_marks_become_stretches() -> None:
    """A marked value inside a line is found again as a stretch of it."""
    assert read_marks((f"until {wrap_mark('Sunday')}!",)) == (Marked("until Sunday!", ((6, 12),)),)


def test_a_mark_runs_over_a_line_break() -> None:
    """A value that was broken into two lines is marked on both."""
    lines = read_marks((f"{OPEN}fresh", f"bread{CLOSE} today"))
    assert lines == (Marked("fresh", ((0, 5),)), Marked("bread today", ((0, 5),)))


def test_empty_values_are_not_marked() -> None:
    """Nothing is highlighted where nothing stands."""
    assert wrap_mark("") == ""


def test_people_cannot_type_marks_or_overrides() -> None:
    """Private-use characters, bidi overrides and controls never reach the page; line breaks do."""
    assert clean_value(f"a{OPEN}b\u202ec\u0007d\r\ne") == "abcd\ne"
    assert strip_marks(wrap_mark("x")) == "x"
