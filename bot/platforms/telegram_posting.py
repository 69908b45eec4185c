"""Posts what `telegram_markup` drew: texts, photos, albums and documents, and edits of the card's post.

Used by `telegram.py` only. A picture that Telegram has already is sent by its id; should Telegram have forgotten it, it
is uploaded again.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from typing import assert_never

from telegram import Bot, ForceReply, InputFile, InputMediaPhoto, LinkPreviewOptions, Message, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.chat import Picture
from bot.platforms.telegram_calls import UNCHANGED, Caller, says
from bot.platforms.telegram_files import Pictures, is_lost
from bot.platforms.telegram_markup import AlbumPost, DrawnPost, PhotoPost, TextPost
from bot.platforms.telegram_text import CAPTION_LIMIT, cut
from bot.platforms.telegram_threads import Chains, Remembered
from bot.ports import Document

HTML = ParseMode.HTML
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
Media = str | InputFile


@dataclass(frozen=True)
class Spot:
    """Where a post goes."""

    chat_id: int
    topic: int | None = None
    reply_to: int | None = None
    is_direct: bool = True

    @property
    def reply(self) -> ReplyParameters | None:
        """The post to hang under; if it is gone, the new post stands alone."""
        if self.reply_to is None:
            return None
        return ReplyParameters(self.reply_to, allow_sending_without_reply=True)


class Poster:
    """Posts and edits for one bot."""

    def __init__(self, *, bot: Bot, caller: Caller, pictures: Pictures, chains: Chains) -> None:
        self._bot = bot
        self._caller = caller
        self._pictures = pictures
        self._chains = chains
        self._half_placed: Remembered[tuple[Spot, DrawnPost], int] = Remembered(500)
        self._bare: Remembered[tuple[int, int], int] = Remembered(500)

    async def post(self, spot: Spot, posts: Sequence[DrawnPost]) -> int:
        """Post one after another and give the id of the last one, 0 when there is none."""
        message_id = 0
        for each in posts:
            posted = await self._post_one(spot, each)
            message_id = posted.message_id
            if spot.reply_to:
                self._chains.note(posted.chat_id, message_id, spot.reply_to)
        return message_id

    async def place(self, spot: Spot, posts: Sequence[DrawnPost]) -> int:
        """Post a card; an album that went out before a failed try is not posted again."""
        *albums, card = posts
        for album in albums:
            if not self._half_placed.get((spot, album)):
                self._half_placed.put((spot, album), await self.post(spot, (album,)))
        message_id = await self.post(spot, (card,))
        for album in albums:
            self._half_placed.forget((spot, album))
        if isinstance(card, TextPost) and not albums:
            self._bare.put((spot.chat_id, message_id), message_id)
        return message_id

    async def redraw(self, spot: Spot, message_id: int, posts: Sequence[DrawnPost]) -> None:
        """Bring a card's post up to date; an album stays as it is, and one that was missing is added below."""
        *albums, card = posts
        try:
            await self._edit(spot, message_id, card)
        except BadRequest as error:
            if not says(error, UNCHANGED):
                raise
        if self._bare.get((spot.chat_id, message_id)) and (albums or isinstance(card, PhotoPost)):
            await self.post(replace(spot, reply_to=message_id), albums)
            self._bare.forget((spot.chat_id, message_id))

    async def _edit(self, spot: Spot, message_id: int, drawn: DrawnPost) -> None:
        match drawn:
            case TextPost():
                await self._edit_text(spot, message_id, drawn)
            case PhotoPost():
                await self._edit_photo(spot, message_id, drawn)
            case AlbumPost():
                raise TypeError("an album is no card")
            case _:
                assert_never(drawn)

    async def post_document(self, spot: Spot, document: Document) -> int:
        """Send a file as it is."""

        async def send(chat_id: int) -> Message:
            return await self._bot.send_document(
                chat_id,
                document.data,
                caption=cut(document.caption, CAPTION_LIMIT) or None,
                filename=document.name,
                disable_content_type_detection=True,
                message_thread_id=spot.topic,
                reply_parameters=spot.reply,
            )

        posted = await self._caller.post(spot.chat_id, send)
        return posted.message_id

    async def _post_one(self, spot: Spot, drawn: DrawnPost) -> Message:
        match drawn:
            case TextPost():
                return await self._caller.post(spot.chat_id, self._text_call(spot, drawn))
            case PhotoPost():
                return await self._with_picture(drawn.picture, lambda media: self._photo(spot, drawn, media))
            case AlbumPost():
                return await self._album(spot, drawn)
            case _:
                assert_never(drawn)

    def _text_call(self, spot: Spot, drawn: TextPost) -> Callable[[int], Awaitable[Message]]:
        async def send(chat_id: int) -> Message:
            return await self._bot.send_message(
                chat_id,
                drawn.html,
                parse_mode=HTML,
                reply_markup=drawn.keyboard or _prompt(spot, drawn),
                link_preview_options=NO_PREVIEW,
                message_thread_id=spot.topic,
                reply_parameters=spot.reply,
            )

        return send

    async def _photo(self, spot: Spot, drawn: PhotoPost, media: Media) -> Message:
        async def send(chat_id: int) -> Message:
            return await self._bot.send_photo(
                chat_id,
                media,
                caption=drawn.caption or None,
                parse_mode=HTML,
                reply_markup=drawn.keyboard,
                message_thread_id=spot.topic,
                reply_parameters=spot.reply,
            )

        return await self._caller.post(spot.chat_id, send)

    async def _album(self, spot: Spot, drawn: AlbumPost) -> Message:
        async def send(chat_id: int) -> tuple[Message, ...]:
            items = [
                InputMediaPhoto(await self._pictures.ready(picture), caption=caption or None, parse_mode=HTML)
                for picture, caption in drawn.pictures
            ]
            return await self._bot.send_media_group(
                chat_id, items, message_thread_id=spot.topic, reply_parameters=spot.reply
            )

        try:
            posted = await self._caller.post(spot.chat_id, send, count=len(drawn.pictures))
        except BadRequest as error:
            if not is_lost(error):
                raise
            for picture, _ in drawn.pictures:
                self._pictures.forget(picture)
            posted = await self._caller.post(spot.chat_id, send, count=len(drawn.pictures))
        for (picture, _), one in zip(drawn.pictures, posted, strict=True):
            self._pictures.learn(picture, one)
        return posted[0]

    async def _edit_text(self, spot: Spot, message_id: int, drawn: TextPost) -> None:
        async def edit(chat_id: int) -> Message | bool:
            return await self._bot.edit_message_text(
                drawn.html,
                chat_id,
                message_id,
                parse_mode=HTML,
                reply_markup=drawn.keyboard,
                link_preview_options=NO_PREVIEW,
            )

        try:
            await self._caller.post(spot.chat_id, edit)
        except BadRequest as error:
            if not says(error, "there is no text in the message"):
                raise
            await self._edit_caption(spot, message_id, drawn)

    async def _edit_caption(self, spot: Spot, message_id: int, drawn: TextPost) -> None:
        """Keep the picture of a card whose new one could not be drawn."""

        async def edit(chat_id: int) -> Message | bool:
            return await self._bot.edit_message_caption(
                chat_id, message_id, caption=drawn.caption, parse_mode=HTML, reply_markup=drawn.keyboard
            )

        await self._caller.post(spot.chat_id, edit)

    async def _edit_photo(self, spot: Spot, message_id: int, drawn: PhotoPost) -> None:
        async def change(media: Media) -> Message:
            async def edit(chat_id: int) -> Message | bool:
                return await self._bot.edit_message_media(
                    InputMediaPhoto(media, caption=drawn.caption or None, parse_mode=HTML),
                    chat_id,
                    message_id,
                    reply_markup=drawn.keyboard,
                )

            edited = await self._caller.post(spot.chat_id, edit)
            if isinstance(edited, bool):
                raise TypeError("Telegram gave no post for an edit of our own")
            return edited

        await self._with_picture(drawn.picture, change)

    async def _with_picture(self, picture: Picture, send: Callable[[Media], Awaitable[Message]]) -> Message:
        try:
            posted = await send(await self._pictures.ready(picture))
        except BadRequest as error:
            if not is_lost(error):
                raise
            self._pictures.forget(picture)
            posted = await send(await self._pictures.ready(picture))
        self._pictures.learn(picture, posted)
        return posted


def _prompt(spot: Spot, drawn: TextPost) -> ForceReply | None:
    """Open the reply box where an answer is waited for; in a group only replies reach us."""
    if drawn.placeholder is None or (spot.is_direct and not drawn.placeholder):
        return None
    return ForceReply(selective=not spot.is_direct, input_field_placeholder=drawn.placeholder or None)
