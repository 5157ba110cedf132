"""Style files: read without trusting them, and made ready for the renderer."""

from copy import deepcopy
from importlib.resources import files

from lxml import etree

from lumbung.formats.citation.style import LARGEST_STYLE, Fault, Style

CSL = "http://purl.org/net/xbiblio/csl"
DEEPEST, MOST_ELEMENTS, LONGEST_WAY = 60, 20_000, 3_000_000
_OF_NAMES = {f"{{{CSL}}}citation", f"{{{CSL}}}bibliography"}


def read(data: bytes) -> Style | Fault:
    """See ``style.read_style``."""
    if len(data) > LARGEST_STYLE:
        return Fault.TOO_LARGE
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data or b"\0" in data:
        return Fault.NOT_XML
    try:
        root = etree.fromstring(data, _parser())
    except etree.XMLSyntaxError:
        return Fault.NOT_XML
    if fault := _fault(root):
        return fault
    title, rights = (" ".join((root.findtext(f"{{{CSL}}}info/{{{CSL}}}{name}") or "").split()) for name in ("title", "rights"))
    _prepare(root)
    return Style(title[:200], rights[:400], etree.tostring(root))


def shipped(name: str) -> Style:
    """One of the styles that come with the program."""
    found = read((files("lumbung.formats.citation") / "styles" / f"{name}.csl").read_bytes())
    if isinstance(found, Fault):
        raise ValueError(f"{name}: {found.name}")
    return found


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True)


def _fault(root: etree._Element) -> Fault | None:
    if root.tag != f"{{{CSL}}}style" or not root.findtext(f"{{{CSL}}}info/{{{CSL}}}title"):
        return Fault.NOT_A_STYLE
    if root.find(f"{{{CSL}}}info/{{{CSL}}}link[@rel='independent-parent']") is not None:
        return Fault.DEPENDENT
    if root.find(f"{{{CSL}}}bibliography/{{{CSL}}}layout") is None:
        return Fault.WITHOUT_BIBLIOGRAPHY
    calls = {macro.get("name"): _called_in(macro) for macro in root.findall(f"{{{CSL}}}macro")}
    if (_called_in(root) - calls.keys()) or None in calls:
        return Fault.UNKNOWN_MACRO
    size = _sizes(calls, root)
    return Fault.ENDLESS if size is None else None


def _called_in(element: etree._Element) -> set[str]:
    return {name for each in element.iter(f"{{{CSL}}}text", f"{{{CSL}}}key") if (name := each.get("macro"))}


def _sizes(calls: dict[str, set[str]], root: etree._Element) -> int | None:
    """How many elements an entry may take when every macro is written out; None when it would never end, or not soon."""
    sizes: dict[str, int] = {}
    macros = {macro.get("name"): macro for macro in root.findall(f"{{{CSL}}}macro")}

    def size_of(element: etree._Element, above: tuple[str, ...]) -> int:
        total = 0
        for each in element.iter():
            total += 1
            name = each.get("macro")
            if name in macros:
                if name in above or len(above) > DEEPEST:
                    raise RecursionError(name)
                if name not in sizes:
                    sizes[name] = size_of(macros[name], (*above, name))
                total += sizes[name]
        return total

    try:
        total = size_of(root.find(f"{{{CSL}}}bibliography"), ())
    except RecursionError:
        return None
    return total if total <= LONGEST_WAY and sum(1 for _ in root.iter()) <= MOST_ELEMENTS else None


def _prepare(root: etree._Element) -> None:
    """Say in the style itself what the renderer does not understand.

    It does not look for the rule of initials above the names, so the rule is written at each name it holds for; it forgets how names are
    written that stand in for others inside a choice, so that is written there too.
    """
    for names in root.iter(f"{{{CSL}}}names"):
        for each in names.iterfind(f"{{{CSL}}}substitute//{{{CSL}}}names"):
            if not len(each):
                each.extend([deepcopy(part) for part in names if part.tag != f"{{{CSL}}}substitute"])
    rule = root.attrib.pop("initialize-with", None)
    for part in root:
        here = part.attrib.pop("initialize-with", rule) if part.tag in _OF_NAMES else rule
        for names in part.iter(f"{{{CSL}}}names"):
            _initial(names, here)


def _initial(names: etree._Element, rule: str | None) -> None:
    """Write at the names with what their given names are initialed."""
    name = names.find(f"{{{CSL}}}name")
    if name is None:
        name = etree.Element(f"{{{CSL}}}name")
        names.insert(0, name)
    if rule is not None and "initialize-with" not in name.attrib:
        name.set("initialize-with", rule)
