import pytest

from bot.errors import RateLimited
from bot.platforms.telegram_pace import Pace, Rates


class Hourglass:
    """Time that passes only by sleeping."""

    def __init__(self) -> None:
        self.now_s = 100.0

    async def sleep(self, for_s: float) -> None:
        self.now_s += for_s

    def read(self) -> float:
        return self.now_s


async def test_a_chat_may_burst_and_then_goes_at_its_rate() -> None:
    """After the burst one post a second leaves for a chat; another chat is not held up."""
    glass = Hourglass()
    pace = Pace(Rates(chat_burst=3), sleep=glass.sleep, now_s=glass.read)
    for _ in range(3):
        await pace.enter("1")
    assert glass.now_s == 100
    await pace.enter("1")
    await pace.enter("1")
    assert glass.now_s == pytest.approx(102)
    await pace.enter("2")
    assert glass.now_s == pytest.approx(102)


async def test_all_chats_together_have_a_rate() -> None:
    """More than thirty posts in a second wait, whoever they are for."""
    glass = Hourglass()
    pace = Pace(Rates(), sleep=glass.sleep, now_s=glass.read)
    for number in range(60):
        await pace.enter(str(number))
    assert glass.now_s == pytest.approx(101)


async def test_a_pause_closes_one_chat() -> None:
    """What flood control asked for is kept for that chat; a long pause is given back at once."""
    glass = Hourglass()
    pace = Pace(Rates(longest_wait_s=10), sleep=glass.sleep, now_s=glass.read)
    pace.close("1", 7)
    pace.close("3", 70)
    await pace.enter("2")
    assert glass.now_s == 100
    await pace.enter("1")
    assert glass.now_s == pytest.approx(107)
    with pytest.raises(RateLimited) as refused:
        await pace.enter("3")
    assert refused.value.retry_after_s == pytest.approx(63)
