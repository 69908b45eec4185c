"""The edit form on platforms that have forms."""

from bot.testing.world import World


async def open_form(world: World) -> None:
    """Start Tom's weekend offer and open its form."""
    await world["tom"].says("weekend offer")
    await world["tom"].presses("Weekend offer")
    await world["tom"].presses("Edit")


async def test_mistakes_come_back_marked_with_what_was_typed(world: World) -> None:
    """Nothing is saved while a field does not fit, and no word is lost."""
    await open_form(world)

    await world["tom"].fills(product="Cinnamon buns", percent="lots", dates="this weekend")

    form = world.platforms["slack"].forms[world["tom"].user_id]
    fields = {one.name: one for one in form.inputs}
    assert (fields["percent"].value, fields["percent"].error) == ("lots", "I need a percentage, such as 20%.")
    assert (fields["product"].value, fields["product"].error) == ("Cinnamon buns", "")
    assert "Product: still to fill in" in world["tom"].card().words


async def test_a_rule_marks_its_field_with_guideline_and_way_out(world: World) -> None:
    """A refused value names the guideline and a value that would do."""
    await open_form(world)

    await world["tom"].fills(product="Cinnamon buns", percent="45%", dates="this weekend")

    form = world.platforms["slack"].forms[world["tom"].user_id]
    error = next(one.error for one in form.inputs if one.name == "percent")
    assert "Brand guide 4.1" in error
    assert "30%" in error


async def test_a_saved_form_is_confirmed(world: World) -> None:
    """Saving is the person's yes to everything they saw."""
    await open_form(world)

    await world["tom"].fills(product="Cinnamon buns", percent="20%", dates="this weekend")

    assert world["tom"].sees()[-1].words.startswith("Saved.")
    assert "to check" not in world["tom"].card().words
    assert "Ask for approval" in world["tom"].card().buttons
