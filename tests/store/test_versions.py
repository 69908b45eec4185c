from datetime import date

import pytest

from bot.domain.brand import Brand
from bot.domain.ids import Digest
from bot.domain.policy import ApprovalPolicy, Lane, Policies
from bot.domain.rendition import Kind, Rendition
from bot.domain.switch import Switch
from bot.store import Store
from tests.store.nouns import TEMPLATE

VERSION = Digest("f" * 64)


async def test_a_kept_version_reads_as_it_did(store: Store) -> None:
    """Brand and rules are kept once per version and found again in another process."""
    brand = Brand(name="Ovenlark", folder="ovenlark", version=VERSION, palette={"ink": "#112233"}, typefaces={})
    rules = Policies(
        version=VERSION, rules=(), approval=ApprovalPolicy(version=VERSION, lanes=(Lane(name="standard"),))
    )
    async with store.writing() as uow:
        for _ in range(2):
            await uow.templates.keep_brand(brand)
            await uow.templates.keep_policies(rules)
        await uow.commit()
    another = Store.open(store.access.url, brand=store.brand)
    async with another.reading() as uow:
        assert await uow.templates.load_brand(VERSION) == brand
        assert await uow.templates.load_policies(VERSION) == rules
        assert await uow.templates.load_policies(VERSION) is await uow.templates.load_policies(VERSION)
        with pytest.raises(KeyError):
            await uow.templates.load(TEMPLATE)
    await another.close()


async def test_a_switch_narrows_a_template(store: Store) -> None:
    """A switch is set again and again; the last word counts."""
    december = Switch(valid_from=date(2026, 12, 1), valid_until=date(2026, 12, 31))
    async with store.writing() as uow:
        await uow.switches.set("weekend-offer", Switch(is_on=False))
        await uow.switches.set("weekend-offer", december)
        assert await uow.switches.get() == {"weekend-offer": december}


async def test_a_rendition_is_remembered(store: Store) -> None:
    """What was drawn is found under what it was drawn from."""
    rendition = Rendition(
        kind=Kind.PREVIEW, format="square", digest=VERSION, media_type="image/jpeg", width_px=1080, height_px=1080,
        size_bytes=9,
    )  # fmt: skip
    async with store.writing() as uow:
        assert await uow.renditions.get("key") is None
        await uow.renditions.put("key", rendition)
        await uow.renditions.put("key", rendition)
        assert await uow.renditions.get("key") == rendition


async def test_a_delivery_is_begun_once(store: Store) -> None:
    """Who begins a delivery first may send; the others learn how far it came."""
    async with store.writing() as uow:
        assert await uow.deliveries.state("c1:q1:square") == "new"
        assert await uow.deliveries.start("c1:q1:square") == "new"
        assert await uow.deliveries.start("c1:q1:square") == "uncertain"
        await uow.deliveries.finish("c1:q1:square", "1.5")
        assert await uow.deliveries.start("c1:q1:square") == "done"
        await uow.deliveries.reset("c1:q1:square")
        assert await uow.deliveries.start("c1:q1:square") == "new"


async def test_sending_again_allows_only_what_is_uncertain(store: Store) -> None:
    """Pressing "Send again" forgets unconfirmed deliveries of one campaign and keeps confirmed ones."""
    async with store.writing() as uow:
        for key in ("c1:q1:square", "c1:q1:story", "c2:q2:square"):
            await uow.deliveries.start(key)
        await uow.deliveries.finish("c1:q1:square", "1.5")
        assert await uow.deliveries.allow_again("c1:") == 1
        states = [await uow.deliveries.state(key) for key in ("c1:q1:square", "c1:q1:story", "c2:q2:square")]
    assert states == ["done", "new", "uncertain"]


async def test_a_job_counts_its_attempts_until_it_is_cancelled(store: Store) -> None:
    """Attempts are numbered across processes; a cancelled job does not begin, even before its first attempt."""
    async with store.writing() as uow:
        assert [await uow.jobs.begin("q1:remind:1"), await uow.jobs.begin("q1:remind:1")] == [1, 2]
        await uow.jobs.cancel("q1:remind:1")
        await uow.jobs.cancel("q2:remind:1")
        assert [await uow.jobs.begin("q1:remind:1"), await uow.jobs.begin("q2:remind:1")] == [None, None]
