"""Photos and recordings for tests, with everything on them that a phone hangs there."""

from io import BytesIO
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, PngImagePlugin

SECRET = "Geheime Camera"
VOICES = Path(__file__).parent / "voices"
WEBM = (VOICES / "opus.webm").read_bytes()


def photo(size: tuple[int, int] = (2400, 1800), kind: str = "JPEG") -> bytes:
    """A photo with a place, a camera, a comment and a small preview of itself."""
    image, out = Image.new("RGB", size, "#7787DD"), BytesIO()
    exif = Image.Exif()
    exif[0x010F] = SECRET
    exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 5.0, 7.0), 3: "E", 4: (5.0, 7.0, 1.0)})
    told = PngImagePlugin.PngInfo()
    told.add_text("Comment", SECRET)
    more = {"pnginfo": told} if kind == "PNG" else {"comment": SECRET.encode()} if kind == "JPEG" else {}
    image.save(out, kind, exif=exif, **more)
    return out.getvalue()


def upload(data: bytes, name: str = "IMG_0001.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)
