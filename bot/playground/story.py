"""The story that `demo` plays: one shop, one weekend, one approval. Read it as a chat.

A story is told to any people of these names; a test plays it at the doubles as `demo` does.
"""

from collections.abc import Callable

from bot.testing.people import Person

Chapter = Callable[[str], None]


async def tell(maria: Person, sam: Person, ana: Person, *, chapter: Chapter) -> None:
    """Play the whole way from a sentence to delivered originals."""
    chapter("Maria owns the Ovenlark bakery at Old Mill. She writes one sentence, on Telegram.")
    await maria.says("half off butter croissants this weekend")
    await maria.presses("Weekend offer")

    chapter("Half off is more than her territory allows. The bot says why, and the way out is one press.")
    await maria.presses("30%")
    await maria.presses("Confirm")
    await maria.presses("Story")

    chapter("The picture is there. She asks for approval; the request goes to headquarters, on Slack.")
    await maria.presses("Ask for approval")

    chapter("Sam approves for Springfield. He would like another headline first, and says so in words.")
    await sam.presses("Request changes")
    await sam.says("Lovely. Could the headline speak of the morning?")

    chapter("Maria changes the headline and asks again.")
    await maria.presses("Edit")
    await maria.presses("Headline")
    await maria.says("Good morning, croissants")
    await maria.presses("Confirm")
    await maria.presses("Square")
    await maria.presses("Ask for approval")

    chapter("Ana looks after the whole brand. She asks what waits, and for whom.")
    await ana.says("/glocal queue")

    chapter("Sam puts a check mark under the new request: that is an approval.")
    await sam.reacts("white_check_mark")

    chapter("The originals have arrived at Maria's, and Ana sees the numbers.")
    await ana.says("/glocal stats")
