"""What a language's vocabulary holds; the files beside this one fill it."""

from collections.abc import Mapping

from bot.domain.frozen import Frozen


class Vocabulary(Frozen):
    """Folded words and phrases of one language, as people type them."""

    language: str
    locales: tuple[str, ...]
    """Where CLDR's month and weekday names are taken from; countries abbreviate differently."""
    percent: tuple[str, ...]
    percent_tails: tuple[str, ...]
    """What may follow a percentage without changing it, such as `off`."""
    half: tuple[str, ...]
    """Phrases for fifty percent."""
    dollars: tuple[str, ...]
    cents: tuple[str, ...]
    articles: tuple[str, ...]
    articled: tuple[str, ...]
    """Words that hold an article, so that a mere number behind them is a day."""
    fillers: tuple[str, ...]
    """Words that may stand anywhere in a date without meaning."""
    of: tuple[str, ...]
    """Between day, month and year."""
    ordinals: tuple[str, ...]
    """Tails of a day's number, such as `th`."""
    firsts: tuple[str, ...]
    """Words for the first of a month."""
    offsets: Mapping[str, int]
    """Phrase -> days from today."""
    in_words: tuple[str, ...]
    days: tuple[str, ...]
    weeks: tuple[str, ...]
    counts: Mapping[str, int]
    """Small numbers in words."""
    weekday_tails: Mapping[str, int]
    """Short names CLDR does not know -> 0 for Monday."""
    month_tails: Mapping[str, int]
    this: tuple[str, ...]
    next_before: tuple[str, ...]
    """`next` where it precedes the weekday."""
    next_after: tuple[str, ...]
    """`next` where it follows the weekday."""
    weekends: tuple[str, ...]
    week_words: tuple[str, ...]
    months_whole: tuple[str, ...]
    """Before a month's name: all of it."""
    end_of: tuple[str, ...]
    """Before `the month` or a month's name: its last day."""
    the_month: tuple[str, ...]
    this_month: tuple[str, ...]
    """From today to the month's end."""
    next_month: tuple[str, ...]
    since: tuple[str, ...]
    """Before the first day of a period."""
    until: tuple[str, ...]
    """Before its last day."""
    between: tuple[str, ...]
    """Before two days joined by `and`."""
    joins: tuple[str, ...]
    """`and`: between two days after `between`, or between neighbours."""
    date_hints: tuple[str, ...]
    """Words that look like a time, so that an unread one is asked about."""
