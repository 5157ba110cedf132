"""The parameters of image requests, by the letter of the Image API 3.0."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lumbung.formats.iiif import Limits, Malformed, NotOffered, asked, info

WHOLE = (1000, 600)


def cut(region="full", size="max", rotation="0", quality="default", form="jpg", *, whole=WHOLE, **limits):
    return asked(region, size, rotation, quality, form, whole=whole, limits=Limits(**limits))


@pytest.mark.parametrize(
    ("region", "found"),
    [
        ("full", (0, 0, 1000, 600)),
        ("square", (200, 0, 600, 600)),
        ("10,20,30,40", (10, 20, 30, 40)),
        ("900,500,500,500", (900, 500, 100, 100)),
        ("pct:10,10,50,50", (100, 60, 500, 300)),
        ("pct:41.6,7.5,40,70", (416, 45, 400, 420)),
        ("pct:90,90,50,50", (900, 540, 100, 60)),
    ],
)
def test_a_region_is_read_and_cut_off_at_the_edge(region, found):
    told = cut(region)
    assert (told.left, told.top, told.width, told.height) == found


@pytest.mark.parametrize(
    "region",
    ["", "all", "0,0,0,10", "0,0,10,0", "1000,0,10,10", "0,600,1,1", "1,2,3", "1,2,3,4,5", "-1,0,5,5", "1.5,0,5,5", "pct:0,0,0,1",
     "pct:0,0,x,1", "pct:101,0,1,1", "٣,٣,٣,٣", "1e3,0,1,1", "SQUARE"],
)  # fmt: skip
def test_a_region_of_nothing_or_nonsense_is_refused(region):
    with pytest.raises(Malformed):
        cut(region)


@pytest.mark.parametrize(
    ("size", "found", "canonical"),
    [
        ("max", (1000, 600), "max"),
        ("500,", (500, 300), "500,300"),
        (",300", (500, 300), "500,300"),
        ("pct:50", (500, 300), "500,300"),
        ("400,400", (400, 400), "400,400"),
        ("!400,400", (400, 240), "400,240"),
        ("!4000,4000", (1000, 600), "max"),
        ("1000,600", (1000, 600), "max"),
        ("^max", (1000, 600), "max"),
        ("^2000,", (2000, 1200), "^2000,1200"),
        ("^,1200", (2000, 1200), "^2000,1200"),
        ("^pct:200", (2000, 1200), "^2000,1200"),
        ("^!4000,1200", (2000, 1200), "^2000,1200"),
        ("^500,", (500, 300), "500,300"),
    ],
)
def test_a_size_is_read_and_has_one_canonical_form(size, found, canonical):
    told = cut(size=size)
    assert ((told.wide, told.high), told.canonical) == (found, f"full/{canonical}/0/default.jpg")


@pytest.mark.parametrize(
    "size",
    [
        "",
        "full",
        "0,",
        ",0",
        "0,0",
        "pct:0",
        "1001,",
        ",601",
        "pct:100.1",
        "1001,10",
        ",",
        "!5,",
        "a,b",
        "-5,",
        "1.5,",
        "^",
        "^^5,",
        "!^5,5",
    ],
)
def test_a_size_of_nothing_nonsense_or_larger_without_the_sign_is_refused(size):
    with pytest.raises(Malformed):
        cut(size=size)


def test_nothing_larger_than_the_limit_is_made_and_max_says_what_is():
    assert (cut(area=60_000).wide, cut(area=60_000).high) == (316, 189)
    assert cut(size="^max", area=2_400_000).wide == 2000
    with pytest.raises(Malformed):
        cut(size="^9000,9000")
    with pytest.raises(Malformed):
        cut(size="400,400", area=60_000)
    assert cut(size="^!99999,99999").wide * cut(size="^!99999,99999").high <= 25_000_000


@pytest.mark.parametrize(
    ("rotation", "found"),
    [("0", (False, 0.0)), ("90", (False, 90.0)), ("!180", (True, 180.0)), ("22.5", (False, 22.5)), ("360", (False, 0.0))],
)
def test_a_rotation_is_read(rotation, found):
    told = cut(rotation=rotation)
    assert (told.mirrored, told.degrees) == found


@pytest.mark.parametrize("rotation", ["", "-90", "361", "90a", "!", "!!90", "1e1", "nan"])
def test_a_rotation_that_is_none_is_refused(rotation):
    with pytest.raises(Malformed):
        cut(rotation=rotation)


def test_qualities_and_formats_are_offered_refused_or_not_done():
    assert {cut(quality=each).quality for each in ("default", "color", "gray", "bitonal")} == {
        "default",
        "color",
        "gray",
        "bitonal",
    }
    assert cut(quality="color").canonical == "full/max/0/default.jpg"
    for wrong in ({"quality": "sepia"}, {"form": "xyz"}, {"form": ""}, {"quality": ""}):
        with pytest.raises(Malformed):
            cut(**wrong)
    for form in ("jp2", "pdf"):
        with pytest.raises(NotOffered):
            cut(form=form)


@given(
    st.integers(1, 20_000), st.integers(1, 20_000), st.integers(0, 20_000), st.integers(0, 20_000),
    st.integers(1, 20_000), st.integers(1, 20_000),
    st.sampled_from(["max", "^max", "!300,200", "^!300,200", "pct:7", "150,", ",150"]), st.one_of(st.none(), st.integers(1, 30_000_000)),
)  # fmt: skip
def test_whatever_is_asked_the_cut_lies_inside_and_its_canonical_form_asks_for_the_same(w, h, x, y, rw, rh, size, area):
    try:
        first = cut(f"{x},{y},{rw},{rh}", size, whole=(w, h), area=area)
    except Malformed:
        return
    assert first.left + first.width <= w
    assert first.top + first.height <= h
    assert first.wide * first.high <= (area or 25_000_000)
    region, again, rotation, last = first.canonical.split("/")
    assert cut(region, again, rotation, *last.split("."), whole=(w, h), area=area) == first


def test_the_information_offers_tiles_down_to_one_tile_and_sizes_that_may_be_asked_for():
    told = info("https://perpus.test/iiif/3/7", width=4000, height=3000, limits=Limits(area=6_000_000), rights="http://x/")
    assert told["tiles"] == [{"width": 512, "height": 512, "scaleFactors": [1, 2, 4, 8]}]
    assert told["sizes"] == [
        {"width": w, "height": h} for w, h in ((125, 94), (250, 188), (500, 375), (1000, 750), (2000, 1500))
    ]
    assert (told["maxArea"], told["rights"], told["profile"], told["type"]) == (
        6_000_000,
        "http://x/",
        "level2",
        "ImageService3",
    )
    for each in told["sizes"]:
        assert asked(
            "full",
            f"{each['width']},{each['height']}",
            "0",
            "default",
            "jpg",
            whole=(4000, 3000),
            limits=Limits(area=6_000_000),
        )
