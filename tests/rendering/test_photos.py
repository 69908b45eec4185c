from io import BytesIO

import pytest
from PIL import Image, ImageCms, TiffImagePlugin

from bot.errors import PhotoRefused
from bot.rendering.photos import ORIENTATION, ingest_photo

RED, BLUE = (220, 40, 40), (40, 40, 220)


def encode(picture: Image.Image, kind: str, **options: object) -> bytes:
    """Save a picture to bytes."""
    buffer = BytesIO()
    picture.save(buffer, kind, **options)
    return buffer.getvalue()


def halves(size: tuple[int, int] = (900, 600)) -> Image.Image:
    """Make a picture, red on the left and blue on the right."""
    picture = Image.new("RGB", size, RED)
    picture.paste(BLUE, (size[0] // 2, 0, *size))
    return picture


def bomb() -> bytes:
    """Make a small PNG file that unpacks to 90 megapixels."""
    return encode(Image.new("1", (10_000, 9_000)), "PNG")


PHOTO = encode(halves(), "JPEG")
NOISE = encode(Image.effect_noise((900, 600), 90), "JPEG")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "pdf"),
        (encode(halves(), "GIF"), "gif"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00", "heic"),
        (b"\x00\x00\x00\x18ftypisom\x00\x00\x00\x00", "video"),
        (b"just some words", "not_a_picture"),
        (NOISE[: len(NOISE) // 2], "truncated"),
        (encode(halves(), "PNG")[:200], "truncated"),
        (b"\xff\xd8\xff", "truncated"),
        (bomb(), "too_many_pixels"),
        (encode(halves((200, 900)), "PNG"), "too_small"),
        (PHOTO + b"\x00" * 20_000_001, "too_large"),
    ],
)
def test_what_cannot_become_a_picture_says_why(data: bytes, reason: str) -> None:
    """Each kind of bad file is refused with its own reason."""
    with pytest.raises(PhotoRefused) as refused:
        ingest_photo(data)
    assert refused.value.reason == reason


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    """The refusal names both sizes, and the file stays packed."""
    with pytest.raises(PhotoRefused) as refused:
        ingest_photo(bomb())
    assert refused.value.facts == {"megapixels": 90, "limit_megapixels": 50}


@pytest.mark.parametrize("orientation", [3, 6, 8])
def test_a_turned_photo_is_set_upright(orientation: int) -> None:
    """What the camera noted in EXIF is carried out on the pixels."""
    turned = {3: Image.Transpose.ROTATE_180, 6: Image.Transpose.ROTATE_90, 8: Image.Transpose.ROTATE_270}
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    checked = ingest_photo(encode(halves().transpose(turned[orientation]), "JPEG", exif=exif))
    with Image.open(BytesIO(checked.data)) as upright:
        assert upright.size == (900, 600)
        left = upright.getpixel((100, 300))
        assert isinstance(left, tuple)
        assert left[0] > 150 > left[2]


def test_nothing_that_was_said_about_the_photo_survives() -> None:
    """EXIF, GPS, comments and whatever was hung on behind the picture are gone."""
    exif = Image.Exif()
    exif[0x010F] = "Camera of Maria"
    exif.get_ifd(0x8825)[2] = TiffImagePlugin.IFDRational(39)
    data = encode(halves(), "JPEG", exif=exif, comment=b"my secret") + b"<script>alert(1)</script>"
    checked = ingest_photo(data)
    for trace in (b"Maria", b"secret", b"script", b"Exif"):
        assert trace not in checked.data


def test_large_photos_are_kept_at_a_useful_size() -> None:
    """A phone's photo is brought down to what the largest format needs."""
    checked = ingest_photo(encode(halves((4032, 3024)), "JPEG"))
    assert (checked.width_px, checked.height_px) == (2016, 1512)
    checked = ingest_photo(encode(halves((3000, 2000)), "PNG"))
    assert (checked.width_px, checked.height_px) == (2400, 1600)


@pytest.mark.parametrize("mode", ["CMYK", "L", "P", "RGBA", "LA", "1", "I;16"])
def test_every_colour_mode_becomes_plain_rgb(mode: str) -> None:
    """Whatever the file holds, an RGB JPEG comes out."""
    picture = Image.new(mode, (400, 400)) if mode == "I;16" else halves((400, 400)).convert(mode)
    checked = ingest_photo(encode(picture, "JPEG" if mode == "CMYK" else "PNG"))
    with Image.open(BytesIO(checked.data)) as read:
        assert (read.format, read.mode) == ("JPEG", "RGB")


def test_transparent_parts_become_white() -> None:
    """A cut-out is put on white, not on black."""
    checked = ingest_photo(encode(Image.new("RGBA", (400, 400), (0, 0, 0, 0)), "PNG"))
    with Image.open(BytesIO(checked.data)) as read:
        assert read.getpixel((200, 200)) == (255, 255, 255)


def test_colours_are_brought_to_srgb() -> None:
    """A profile is applied and then left out; a broken one is ignored."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for icc in (profile, b"broken"):
        checked = ingest_photo(encode(halves(), "JPEG", icc_profile=icc))
        with Image.open(BytesIO(checked.data)) as read:
            assert "icc_profile" not in read.info


def test_the_same_photo_gives_the_same_bytes() -> None:
    """Sent twice, a photo has one digest."""
    assert ingest_photo(PHOTO).data == ingest_photo(PHOTO).data
