"""What a function gave is remembered, and forgotten when there is too much of it."""

from lumbung.kernel.memo import Memo


def test_it_asks_once_for_each_key_until_it_is_full_and_then_begins_anew():
    asked: list[str] = []

    def shout(word: str) -> str:
        asked.append(word)
        return word.upper()

    known = Memo(shout, 2)
    assert [known[each] for each in ("padi", "jagung", "padi", "sagu", "padi")] == ["PADI", "JAGUNG", "PADI", "SAGU", "PADI"]
    assert asked == ["padi", "jagung", "sagu", "padi"]
    known.clear()
    assert known["padi"] == "PADI"
    assert asked.count("padi") == 3
