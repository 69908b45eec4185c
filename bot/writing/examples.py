"""The writer that is always there: the examples that headquarters wrote for a slot."""

from bot.ports import Suggestion


class ExampleWriter:
    """The port Writer without a model."""

    async def suggest(self, wish: Suggestion) -> tuple[str, ...]:
        """Give the slot's examples in the location's language, those already used last."""
        copy = wish.draft.template.copy_for(wish.draft.location.language).slots[wish.slot]
        present = wish.draft.values.get(wish.slot)
        used = str(present.data.get("text", "")) if present else ""
        examples = sorted(copy.examples or (copy.example,), key=lambda text: text == used)
        return tuple(text for text in examples if text)[: wish.count]
