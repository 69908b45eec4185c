"""What admins turned on and off with `/glocal templates`."""

from collections.abc import Mapping

from sqlalchemy import select

from bot.domain.switch import Switch
from bot.store.rows import Rows
from bot.store.tables import switches


class SwitchRepository(Rows):
    """One switch per template that an admin has touched."""

    async def get(self) -> Mapping[str, Switch]:
        """Read every switch by template name; a template without one is on."""
        found = await self._all(select(switches).where(self._of(switches)))
        return {
            row.template_name: Switch(is_on=row.is_on, valid_from=row.valid_from, valid_until=row.valid_until)
            for row in found
        }

    async def set(self, name: str, switch: Switch) -> None:
        """Set a template's switch."""
        await self._put(switches, template_name=name, **switch.model_dump())
