"""Uploads of the Slack double: three steps, visible late, and only for the right token."""

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.slack_double import SlackDouble
from bot.playground.slack_state import Person, Place

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40


def picture(file_id: str) -> list[dict[str, object]]:
    """Return an image block that shows an uploaded file."""
    return [{"type": "image", "alt_text": "a picture", "slack_file": {"id": file_id}}]


async def test_a_fresh_file_is_refused_in_a_block_until_it_is_processed(
    slack: SlackDouble, client: AsyncWebClient, approvals: Place
) -> None:
    """The id is invalid at first; files.info shows the type once it may be used."""
    uploaded = await client.files_upload_v2(filename="a.png", content=PNG)
    name = uploaded["files"][0]["id"]
    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel=approvals.id, text="a", blocks=picture(name))
    assert caught.value.response["errors"] == ["invalid slack file [json-pointer:/blocks/0/slack_file]"]
    assert (await client.files_info(file=name))["file"]["mimetype"] == ""
    slack.workspace.finish_uploads()
    assert (await client.files_info(file=name))["file"]["mimetype"] == "image/png"
    await client.chat_postMessage(channel=approvals.id, text="a", blocks=picture(name))


async def test_a_shared_file_appears_later_as_a_post(
    slack: SlackDouble, client: AsyncWebClient, approvals: Place
) -> None:
    """The answer has no ts; the share stands in the thread a moment later."""
    parent = await client.chat_postMessage(channel=approvals.id, text="card")
    await client.files_upload_v2(
        filename="a.png",
        content=PNG,
        channel=approvals.id,
        thread_ts=parent["ts"],
        initial_comment="the original",
    )
    assert len(list(slack.workspace.standing(approvals.id))) == 1
    slack.workspace.finish_uploads()
    _, share = slack.workspace.standing(approvals.id)
    assert (share.text, share.thread_ts) == ("the original", parent["ts"])
    assert slack.workspace.files[share.files[0]].data == PNG


async def test_an_upload_of_another_length_is_refused(slack: SlackDouble, client: AsyncWebClient) -> None:
    """The upload address takes exactly the promised bytes, and an empty file cannot be finished."""
    place = await client.files_getUploadURLExternal(filename="a.png", length=5)
    async with aiohttp.ClientSession() as session, session.post(place["upload_url"], data=b"1234") as answer:
        assert answer.status == 400
    with pytest.raises(SlackApiError, match="file_not_found"):
        await client.files_completeUploadExternal(files=[{"id": place["file_id"], "title": "a"}])


async def test_a_download_without_the_token_is_a_login_page(slack: SlackDouble, approvals: Place, sam: Person) -> None:
    """The private address answers 200 either way; only the content type tells them apart."""
    post = slack.people.upload(sam.id, approvals.id, "photo.png", PNG)
    held = slack.workspace.files[post.files[0]]
    address = f"{slack.workspace.base_url}/files-pri/T0-{held.id}/download/photo.png"
    async with aiohttp.ClientSession() as session:
        async with session.get(address) as answer:
            assert (answer.status, answer.content_type) == (200, "text/html")
        bearer = {"Authorization": f"Bearer {slack.token}"}
        async with session.get(address, headers=bearer) as answer:
            assert (answer.content_type, await answer.read()) == ("image/png", PNG)
