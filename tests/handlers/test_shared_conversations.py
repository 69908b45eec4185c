"""What the bot does where several people read along."""

from bot.testing.files import sample_file
from bot.testing.world import World


async def test_words_to_the_bot_in_a_channel_are_pointed_home(world: World) -> None:
    """Outside its cards the bot asks people to write to it directly, and only they see it."""
    await world["sam"].says("@glocal 20% off croissants", where="channel")

    said = world["sam"].sees()[-1]
    assert said.words == "Here I only listen under my cards. Write to me directly, and I will help."
    assert said.is_private


async def test_what_people_say_among_themselves_is_left_alone(world: World) -> None:
    """Talk in a channel that is not for the bot has no answer."""
    seen = len(world["sam"].sees())

    await world["sam"].says("who brings cake?", where="channel")

    assert len(world["sam"].sees()) == seen


async def test_words_that_are_commands_in_a_direct_chat_are_talk_under_a_card(world: World) -> None:
    """An approver who writes "next" under a request is asked what it is, not toured through a draft."""
    await world["tom"].says("weekend offer")
    await world["tom"].presses("Weekend offer")
    await world["tom"].presses("Edit")
    await world["tom"].fills(product="Cinnamon buns", percent="20%", dates="this weekend")
    await world["tom"].presses("Ask for approval")

    await world["sam"].says("next", where="thread")

    assert "Record as approval" in world["sam"].sees()[-1].buttons


async def test_help_in_a_direct_chat_says_where_the_campaign_stands(world: World) -> None:
    """Help names the state of the work at hand and what it means."""
    await world["tom"].says("weekend offer")
    await world["tom"].presses("Weekend offer")

    await world["tom"].says("help")

    assert "Your campaign here: draft. You can still change everything." in world["tom"].sees()[-1].words


async def test_the_same_answer_pressed_again_changes_nothing(world: World) -> None:
    """A second tap on a choice is told that it already says so."""
    await world["maria"].says("weekend offer")
    await world["maria"].presses("Weekend offer")
    await world["maria"].says("Cinnamon buns")
    await world["maria"].presses("20%", drawing=0)
    revision = world["maria"].card().words

    await world["maria"].presses("20%", drawing=0)

    assert world["maria"].sees()[-1].words == "It says so already."
    assert world["maria"].card().words == revision


async def test_a_photo_replaces_the_one_before(world: World) -> None:
    """The newest photo is on the picture."""
    await world["maria"].uploads("one.jpg", sample_file("one.jpg"))
    await world["maria"].presses("New product")

    await world["maria"].uploads("two.jpg", sample_file("two.jpg"))

    assert "Photo: your photo" in world["maria"].card().words
