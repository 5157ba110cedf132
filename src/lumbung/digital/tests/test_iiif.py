"""IIIF: pixels to the letter, information, access, manifests, search, and pictures that would fill the memory."""

import io
import json
from datetime import UTC, datetime

import pytest
from PIL import Image

from lumbung.accounts.domain.rates import Allowance
from lumbung.catalogue.domain.records import set_suppressed
from lumbung.catalogue.tests.factories import a_record
from lumbung.digital.domain.words import read_words
from lumbung.digital.models import FileUse, Levels
from lumbung.digital.tests.factories import a_file, a_pdf
from lumbung.kernel import clock
from lumbung.kernel.jobs.worker import work_off
from lumbung.organization.tests.factories import LibraryFactory

pytestmark = pytest.mark.django_db
SIDE = 40


def a_picture(wide: int = 320, high: int = 200, form: str = "PNG", mode: str = "RGB") -> Image.Image:
    """Squares of SIDE pixels, each of another colour: whoever cuts wrongly shows it."""
    picture = Image.new("RGB", (wide, high))
    for x in range(0, wide, SIDE):
        for y in range(0, high, SIDE):
            picture.paste(((x * 7) % 256, (y * 11) % 256, (x + y) % 256), (x, y, x + SIDE, y + SIDE))
    return picture.convert(mode)


def bytes_of(picture: Image.Image, form: str = "PNG", **options) -> bytes:
    out = io.BytesIO()
    picture.save(out, form, **options)
    return out.getvalue()


@pytest.fixture
def picture(db):
    LibraryFactory(name="Perpustakaan Kampus")
    return a_file(content=bytes_of(a_picture()), name="lukisan.png", licence="cc-by-4.0")


def made(client, path: str) -> Image.Image:
    response = client.get(path)
    assert response.status_code == 200, (path, response.content)
    return Image.open(io.BytesIO(response.content))


def test_a_region_is_the_same_to_the_pixel(client, picture):
    whole = a_picture()
    for left, top, wide, high in ((0, 0, 320, 200), (13, 27, 111, 55), (319, 199, 1, 1), (100, 0, 220, 200)):
        part = made(client, f"/iiif/3/{picture.pk}/{left},{top},{wide},{high}/max/0/default.png")
        assert part.tobytes() == whole.crop((left, top, left + wide, top + high)).tobytes()
    assert made(client, f"/iiif/3/{picture.pk}/square/max/0/default.png").tobytes() == whole.crop((60, 0, 260, 200)).tobytes()


def test_quarter_turns_and_mirrors_lose_no_pixel(client, picture):
    whole = a_picture()
    turned = {
        "90": whole.transpose(Image.Transpose.ROTATE_270),
        "180": whole.transpose(Image.Transpose.ROTATE_180),
        "270": whole.transpose(Image.Transpose.ROTATE_90),
        "!0": whole.transpose(Image.Transpose.FLIP_LEFT_RIGHT),
        "!90": whole.transpose(Image.Transpose.FLIP_LEFT_RIGHT).transpose(Image.Transpose.ROTATE_270),
    }
    for rotation, expected in turned.items():
        found = made(client, f"/iiif/3/{picture.pk}/full/max/{rotation}/default.png")
        assert (found.size, found.tobytes()) == (expected.size, expected.tobytes())


@pytest.mark.parametrize("size", ["160,", ",100", "pct:50", "160,100", "!160,900", "^640,400", "100,100"])
def test_a_scaled_picture_has_its_squares_where_they_belong(client, picture, size):
    found, whole = made(client, f"/iiif/3/{picture.pk}/full/{size}/0/default.png"), a_picture()
    for x in range(SIDE // 2, 320, SIDE):
        for y in range(SIDE // 2, 200, SIDE):
            shown = found.getpixel((x * found.width // 320, y * found.height // 200))
            assert max(abs(a - b) for a, b in zip(shown, whole.getpixel((x, y)), strict=True)) <= 12


def test_every_format_and_quality_is_what_it_says(client, picture):
    for form, name in (("jpg", "JPEG"), ("png", "PNG"), ("webp", "WEBP"), ("gif", "GIF"), ("tif", "TIFF")):
        assert made(client, f"/iiif/3/{picture.pk}/full/100,/0/default.{form}").format == name
    assert made(client, f"/iiif/3/{picture.pk}/full/max/0/gray.png").mode == "L"
    assert set(made(client, f"/iiif/3/{picture.pk}/full/max/0/bitonal.png").tobytes()) <= {0, 255}
    slanted = made(client, f"/iiif/3/{picture.pk}/full/max/45/default.png")
    assert (slanted.mode, slanted.getpixel((0, 0))[3]) == ("RGBA", 0)
    assert made(client, f"/iiif/3/{picture.pk}/full/max/45/default.jpg").getpixel((0, 0)) >= (250, 250, 250)


def test_the_information_is_json_ld_for_who_asks_or_says_nothing_and_open_to_viewers_elsewhere(client, picture):
    response = client.get(f"/iiif/3/{picture.pk}/info.json", headers={"Accept": "application/json"})
    assert (response["Content-Type"], response["Access-Control-Allow-Origin"]) == ("application/json", "*")
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    told = response.json()
    assert (told["id"], told["width"], told["height"]) == (f"http://testserver/iiif/3/{picture.pk}", 320, 200)
    assert told["rights"] == "http://creativecommons.org/licenses/by/4.0/"
    for asked in ({"Accept": "application/ld+json"}, {}):
        linked = client.get(f"/iiif/3/{picture.pk}/info.json", headers=asked)
        assert linked["Content-Type"] == 'application/ld+json;profile="http://iiif.io/api/image/3/context.json"'
    assert "Accept" in linked["Vary"]
    moved = client.get(f"/iiif/3/{picture.pk}")
    assert (moved.status_code, moved["Location"]) == (303, f"http://testserver/iiif/3/{picture.pk}/info.json")
    asked = client.options(f"/iiif/3/{picture.pk}/info.json", headers={"Origin": "https://viewer.test"})
    assert (asked.status_code, asked["Access-Control-Allow-Headers"]) == (204, "Authorization, Accept, Content-Type")


def test_an_answer_names_its_canonical_address_which_gives_the_same(client, picture):
    response = client.get(f"/iiif/3/{picture.pk}/pct:0,0,50,50/pct:50/360/color.png")
    assert f'<http://testserver/iiif/3/{picture.pk}/0,0,160,100/80,50/0/default.png>;rel="canonical"' in response["Link"]
    assert '<http://iiif.io/api/image/3/level2.json>;rel="profile"' in response["Link"]
    again = client.get(f"/iiif/3/{picture.pk}/0,0,160,100/80,50/0/default.png")
    assert again.content == response.content


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("full/max/0/default.xyz", 400),
        ("full/max/0/sepia.jpg", 400),
        ("all/max/0/default.jpg", 400),
        ("full/big/0/default.jpg", 400),
        ("full/max/x/default.jpg", 400),
        ("full/321,/0/default.jpg", 400),
        ("full/max/0/default", 400),
        ("500,500,10,10/max/0/default.jpg", 400),
        ("full/^99999,99999/0/default.jpg", 400),
        ("full/max/0/default.jp2", 501),
        ("full/max/0/default.pdf", 501),
    ],
)
def test_wrong_requests_are_400_and_what_is_not_done_is_501(client, picture, path, status):
    response = client.get(f"/iiif/3/{picture.pk}/{path}")
    assert (response.status_code, response["Access-Control-Allow-Origin"]) == (status, "*")


def test_what_is_not_there_is_404_with_the_header_that_lets_viewers_read_it(client, picture):
    for path in ("/iiif/3/999999/info.json", f"/iiif/3/{picture.pk}-2/info.json", "/iiif/records/999999/manifest"):
        response = client.get(path)
        assert (response.status_code, response["Access-Control-Allow-Origin"]) == (404, "*")
    assert client.get("/iiif/3/tidakada/info.json").status_code == 404
    assert client.post(f"/iiif/3/{picture.pk}/info.json").status_code == 405


def test_pages_of_a_pdf_are_pictures_of_two_hundred_dots_an_inch(client, db):
    LibraryFactory()
    book = a_file(content=a_pdf("bumi", "manusia"), name="buku.pdf")
    told = client.get(f"/iiif/3/{book.pk}-2/info.json").json()
    assert (told["width"], told["height"]) == (1653, 2339)
    whole = made(client, f"/iiif/3/{book.pk}-2/full/max/0/gray.png")
    part = made(client, f"/iiif/3/{book.pk}-2/150,300,600,300/max/0/gray.png")
    assert (whole.size, part.size) == ((1653, 2339), (600, 300))
    assert min(part.tobytes()) < 100
    expected = whole.crop((150, 300, 750, 600))
    different = sum(abs(a - b) > 60 for a, b in zip(part.tobytes(), expected.tobytes(), strict=True))
    assert different < 600 * 300 * 0.005
    assert client.get(f"/iiif/3/{book.pk}-3/info.json").status_code == 404


def test_nobody_gets_a_pixel_or_a_word_of_what_they_may_not_read(client, ani, sari, db):
    LibraryFactory()
    record = a_record()
    closed = a_file(record, content=bytes_of(a_picture(), "JPEG"), name="a.jpg", level=Levels.MEMBERS)
    for path in (
        f"/iiif/3/{closed.pk}/info.json",
        f"/iiif/3/{closed.pk}/full/max/0/default.jpg",
        f"/iiif/records/{record.pk}/manifest",
    ):
        assert client.get(path).status_code == 404
        client.force_login(ani.user)
        response = client.get(path)
        assert response.status_code == 200
        assert response["Cache-Control"].startswith("private")
        client.logout()
    set_suppressed(record, True, by=sari)
    client.force_login(ani.user)
    assert client.get(f"/iiif/3/{closed.pk}/info.json").status_code == 404


def test_what_is_read_here_only_is_given_no_larger_than_the_reader_shows_it(client, db):
    LibraryFactory()
    large = a_file(content=bytes_of(Image.new("L", (4000, 3000)), "PNG"), name="a.png", downloadable=False)
    told = client.get(f"/iiif/3/{large.pk}/info.json").json()
    most = made(client, f"/iiif/3/{large.pk}/full/max/0/default.jpg")
    assert most.width * most.height <= told["maxArea"] < 4000 * 3000
    [canvas] = client.get(f"/iiif/records/{large.record_id}/manifest").json()["items"]
    body = canvas["items"][0]["items"][0]["body"]
    assert (canvas["width"], canvas["height"], body["width"], body["height"]) == (4000, 3000, most.width, most.height)
    assert client.get(f"/iiif/3/{large.pk}/full/4000,3000/0/default.jpg").status_code == 400


def test_a_picture_that_would_fill_the_memory_and_one_that_is_broken_are_told_and_hurt_nobody(client, picture):
    bomb = a_file(content=bytes_of(Image.new("1", (30_000, 30_000)), "PNG"), name="bom.png")
    broken = a_file(content=bytes_of(a_picture(), "PNG")[:300], name="rusak.png")
    assert client.get(f"/iiif/3/{bomb.pk}/info.json").status_code == 501
    assert client.get(f"/iiif/3/{broken.pk}/full/max/0/default.png").status_code in {404, 501}
    assert made(client, f"/iiif/3/{picture.pk}/full/max/0/default.png").size == (320, 200)


def test_a_turned_photograph_stands_upright(client, db):
    LibraryFactory()
    exif = Image.Exif()
    exif[0x0112] = 6
    photo = a_file(content=bytes_of(a_picture(), "JPEG", exif=exif.tobytes()), name="foto.jpg")
    told = client.get(f"/iiif/3/{photo.pk}/info.json").json()
    assert (told["width"], told["height"]) == (200, 320)
    assert made(client, f"/iiif/3/{photo.pk}/full/max/0/default.jpg").size == (200, 320)


def test_a_manifest_shows_every_page_one_may_read_with_its_image_service(client, ani, db):
    LibraryFactory(name="Perpustakaan Kampus")
    record = a_record()
    cover = a_file(record, content=bytes_of(a_picture(), "JPEG"), name="sampul.jpg", licence="cc-by-4.0", sequence=1)
    text = a_file(record, content=a_pdf("bumi", "manusia"), name="isi.pdf", licence="cc-by-4.0", sequence=2)
    a_file(record, content=a_pdf("rahasia"), name="x.pdf", level=Levels.MEMBERS, sequence=3)
    response = client.get(f"/iiif/records/{record.pk}/manifest", headers={"Accept": "application/ld+json"})
    told = response.json()
    assert response["Content-Type"] == 'application/ld+json;profile="http://iiif.io/api/presentation/3/context.json"'
    assert told["@context"][-1] == "http://iiif.io/api/presentation/3/context.json"
    assert (told["type"], told["rights"]) == ("Manifest", "http://creativecommons.org/licenses/by/4.0/")
    assert [(each["width"], each["height"]) for each in told["items"]] == [(320, 200), (1653, 2339), (1653, 2339)]
    services = [each["items"][0]["items"][0]["body"]["service"][0]["id"] for each in told["items"]]
    assert services == [f"http://testserver/iiif/3/{each}" for each in (cover.pk, f"{text.pk}-1", f"{text.pk}-2")]
    for canvas in told["items"]:
        painting = canvas["items"][0]["items"][0]
        assert (painting["motivation"], painting["target"]) == ("painting", canvas["id"])
        assert client.get(canvas["thumbnail"][0]["id"]).status_code == 200
    assert [len(each["items"]) for each in told["structures"]] == [1, 2]
    assert told["requiredStatement"]["value"] == {"none": ["Perpustakaan Kampus"]}
    assert FileUse.objects.filter(kind=FileUse.Kinds.OPENED).count() == 2
    client.force_login(ani.user)
    assert len(client.get(f"/iiif/records/{record.pk}/manifest").json()["items"]) == 4


def test_search_in_a_title_marks_the_lines_that_have_the_words(client, db):
    LibraryFactory()
    record = a_record()
    book = a_file(record, content=a_pdf("bumi manusia", "anak semua bangsa"), name="isi.pdf")
    secret = a_file(record, content=a_pdf("semua rahasia"), name="x.pdf", level=Levels.STAFF)
    for each in (book, secret):
        read_words(each)
    work_off()
    told = client.get(f"/iiif/records/{record.pk}/search?q=semua&motivation=painting").json()
    assert (told["type"], told["@context"]) == ("AnnotationPage", "http://iiif.io/api/search/2/context.json")
    assert told["ignored"] == ["motivation"]
    [hit] = told["items"]
    assert hit["body"]["value"] == "anak semua bangsa"
    canvas, _sign, box = hit["target"].partition("#xywh=")
    assert canvas == f"http://testserver/iiif/records/{record.pk}/manifest/canvas/2"
    left, top, wide, high = (int(each) for each in box.split(","))
    assert (left, top) == pytest.approx((200, 330), abs=60)
    assert wide > high > 20
    assert "rahasia" not in json.dumps(told)
    assert client.get(f"/iiif/records/{record.pk}/search?q=").json()["items"] == []


def test_a_tile_takes_few_statements_and_a_kept_one_is_the_same(client, picture, django_assert_max_num_queries):
    first = client.get(f"/iiif/3/{picture.pk}/0,0,128,128/64,/0/default.jpg")
    with django_assert_max_num_queries(3):
        again = client.get(f"/iiif/3/{picture.pk}/0,0,128,128/64,/0/default.jpg")
    assert again.content == first.content


def test_an_address_has_so_many_pixels_made_in_a_minute_and_what_is_kept_costs_nothing(client, picture, monkeypatch):
    monkeypatch.setattr("lumbung.digital.web.iiif.pictures._pixels", Allowance(3 * 256 * 256))
    tile = f"/iiif/3/{picture.pk}/{{}},0,40,40/max/0/default.png"
    with clock.stopped_at(datetime(2026, 5, 1, 12, 0, 18, tzinfo=UTC)):
        assert [client.get(tile.format(left)).status_code for left in (0, 40, 80)] == [200, 200, 200]
        refused = client.get(tile.format(120))
        assert (refused.status_code, refused["Retry-After"], refused["Access-Control-Allow-Origin"]) == (429, "42", "*")
        assert client.get(tile.format(40)).status_code == 200
        assert client.get(f"/iiif/3/{picture.pk}/info.json").status_code == 200
        assert client.get(tile.format(120), REMOTE_ADDR="198.51.100.7").status_code == 200
        assert client.get(tile.format(120)).status_code == 200, "kept since, whoever had it made"
    with clock.stopped_at(datetime(2026, 5, 1, 12, 1, tzinfo=UTC)):
        assert client.get(f"/iiif/3/{picture.pk}/full/^!640,640/0/default.png").status_code == 429, "one answer of too many"
        assert client.get(tile.format(160), REMOTE_ADDR="198.51.100.7").status_code == 200
