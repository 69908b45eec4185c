"""Pictures from people: checked before they are decoded, then turned upright, stripped and re-encoded.

Runs in a render child only, under limits of memory and time. What leaves here is a plain sRGB JPEG
without metadata; whatever else the file carried is gone.
"""

from contextlib import suppress
from io import BytesIO

from PIL import Image, ImageCms

from bot.errors import PhotoRefused
from bot.rendering.tasks import Checked

MOST_BYTES = 20_000_000
MOST_PIXELS = 50_000_000
LEAST_SIDE_PX = 320
KEPT_SIDE_PX = 2400
"""Enough for the largest frame of today at twice its size; the rest would only be carried along."""
DRAFT_SIDE_PX = 2000
"""JPEG decoders halve almost for free: a half that is still this long is taken as it is."""
QUALITY = 90
ORIENTATION = 0x0112
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
READABLE = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF")
HOSTILE = (OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError, Image.DecompressionBombWarning)


def ingest_photo(data: bytes) -> Checked:
    """Check, orient, strip and re-encode a person's picture.

    Raises:
        PhotoRefused: `empty`, `too_large`, `pdf`, `gif`, `heic`, `video`, `not_a_picture`,
            `too_many_pixels`, `too_small`, `truncated` or `undecodable`.
    """
    _refuse_by_first_bytes(data)
    Image.MAX_IMAGE_PIXELS = None  # the limit below is ours, and it is checked before anything is decoded
    try:
        with Image.open(BytesIO(data), formats=("JPEG", "PNG", "WEBP")) as opened:
            _refuse_by_size(opened)
            upright = _load_upright(opened)
    except HOSTILE as error:
        raise PhotoRefused("truncated" if data.startswith(READABLE) else "not_a_picture") from error
    except MemoryError:
        raise PhotoRefused("undecodable") from None
    buffer = BytesIO()
    upright.save(buffer, "JPEG", quality=QUALITY)
    return Checked(buffer.getvalue(), upright.width, upright.height)


def _refuse_by_first_bytes(data: bytes) -> None:
    if not data:
        raise PhotoRefused("empty")
    if len(data) > MOST_BYTES:
        raise PhotoRefused("too_large", limit_mb=MOST_BYTES // 1_000_000)
    if b"%PDF-" in data[:1024]:
        raise PhotoRefused("pdf")
    if data.startswith(b"GIF8"):
        raise PhotoRefused("gif")
    if data[4:8] == b"ftyp":
        is_heic = data[8:12] in (b"heic", b"heix", b"heif", b"mif1", b"msf1", b"avif")
        raise PhotoRefused("heic" if is_heic else "video")
    if not data.startswith(READABLE):
        raise PhotoRefused("not_a_picture")


def _refuse_by_size(opened: Image.Image) -> None:
    pixels = opened.width * opened.height
    if pixels > MOST_PIXELS:
        raise PhotoRefused(
            "too_many_pixels",
            megapixels=round(pixels / 1_000_000),
            limit_megapixels=MOST_PIXELS // 1_000_000,
        )
    if min(opened.size) < LEAST_SIDE_PX:
        raise PhotoRefused("too_small", width_px=opened.width, height_px=opened.height, least_px=LEAST_SIDE_PX)


def _load_upright(opened: Image.Image) -> Image.Image:
    orientation = opened.getexif().get(ORIENTATION, 1)
    profile = opened.info.get("icc_profile")
    if opened.format == "JPEG":
        scale = DRAFT_SIDE_PX / max(opened.size)
        opened.draft(None, (round(opened.width * scale), round(opened.height * scale)))
    opened.load()
    small = _shrink(_flatten(opened))
    colored = _to_srgb(small, profile)
    return colored.transpose(TURNS[orientation]) if orientation in TURNS else colored


def _flatten(opened: Image.Image) -> Image.Image:
    if opened.mode in ("RGB", "CMYK", "L"):
        return opened
    if "A" in opened.getbands() or "transparency" in opened.info:
        seen = opened.convert("RGBA")
        white = Image.new("RGB", seen.size, (255, 255, 255))
        white.paste(seen, (0, 0), seen.getchannel("A"))
        return white
    return opened.convert("RGB")


def _shrink(picture: Image.Image) -> Image.Image:
    scale = KEPT_SIDE_PX / max(picture.size)
    if scale >= 1:
        return picture
    size = (round(picture.width * scale), round(picture.height * scale))
    return picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)


def _to_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    if profile:
        with suppress(ImageCms.PyCMSError, OSError, ValueError):
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            converted = ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
            if converted is not None:
                return _strip(converted)
    return _strip(picture.convert("RGB"))


def _strip(picture: Image.Image) -> Image.Image:
    """Keep the pixels, forget what was said about them."""
    picture.info.clear()
    plain = Image.new("RGB", picture.size)
    plain.paste(picture)
    return plain
