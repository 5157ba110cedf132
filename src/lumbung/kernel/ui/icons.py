"""The icons: 24 px line drawings, put into the page itself so that they take the colour of the text and need no request."""

from django.utils.safestring import SafeString, mark_safe

_DRAWINGS = {
    "search": '<circle cx="11" cy="11" r="6.5"/><path d="m16 16 4.5 4.5"/>',
    "person": '<circle cx="12" cy="8" r="3.8"/><path d="M4.5 20.5c.8-4 3.7-6 7.5-6s6.7 2 7.5 6"/>',
    "people": '<circle cx="9" cy="8.5" r="3.3"/><path d="M2.5 19.5c.7-3.6 3.2-5.3 6.5-5.3s5.8 1.7 6.5 5.3M15.5 5.6a3.3 3.3 0 0 1 0 5.8M17.5 14.6c2.2.6 3.5 2.2 4 4.9"/>',
    "book": '<path d="M5 19.5V5.5A2.5 2.5 0 0 1 7.5 3H19v14.5H7.2A2.2 2.2 0 0 0 5 19.7 2.2 2.2 0 0 0 7.2 21H19"/>',
    "thesis": '<path d="m2.5 9 9.5-4.5L21.5 9 12 13.5 2.5 9Z"/><path d="M6.5 11v5.2c1.6 1.5 3.4 2.2 5.5 2.2s3.9-.7 5.5-2.2V11M21.5 9v5.5"/>',
    "serial": '<path d="M4 5.5h12.5v13H5.5A1.5 1.5 0 0 1 4 17V5.5ZM16.5 9H20v8a1.7 1.7 0 0 1-3.5 0M7 9h6.5M7 12.2h6.5M7 15.4h4"/>',
    "article": '<path d="M6 3.5h8.5L19 8v12.5H6V3.5ZM14 3.5V8.5h5M9 12.5h7M9 16h7"/>',
    "ebook": '<rect x="5.5" y="3" width="13" height="18" rx="2"/><path d="M9 7.5h6M9 11h6M11 18h2"/>',
    "map": '<path d="m3.5 6 5.7-2.5 5.6 2.5 5.7-2.5V18l-5.7 2.5-5.6-2.5-5.7 2.5V6ZM9.2 3.5V18M14.8 6v14.5"/>',
    "audio": '<path d="M4 14v-2a8 8 0 0 1 16 0v2"/><rect x="3" y="13.5" width="4" height="6.5" rx="1.7"/><rect x="17" y="13.5" width="4" height="6.5" rx="1.7"/>',
    "video": '<rect x="3" y="5" width="18" height="14" rx="2.2"/><path d="m10.2 9.2 4.8 2.8-4.8 2.8V9.2Z"/>',
    "image": '<rect x="3.5" y="4.5" width="17" height="15" rx="2"/><circle cx="9" cy="9.7" r="1.7"/><path d="m4 17.5 5-4.5 3.5 3 3-2.5 5 4.5"/>',
    "score": '<circle cx="7" cy="17.5" r="2.5"/><circle cx="17" cy="15.5" r="2.5"/><path d="M9.5 17.5V6l10-2v11.5"/>',
    "computer_file": '<rect x="3.5" y="4.5" width="17" height="11.5" rx="1.8"/><path d="M9 20h6M12 16v4"/>',
    "microform": '<rect x="3.5" y="5.5" width="17" height="13" rx="1.5"/><path d="M7.5 5.5v13M16.5 5.5v13M3.5 10h4M3.5 14h4M16.5 10h4M16.5 14h4"/>',
    "manuscript": '<path d="M19.5 4.5c-6.5.5-10.5 4-12.5 11l-.7 4M7 15.5c5.5.8 9-1.2 10.5-5.5h-3.2c2.7-.8 4.4-2.7 5.2-5.5"/>',
    "kit": '<path d="M3.5 8.5h17v11h-17v-11ZM8.5 8.5V5.5h7v3M3.5 13h17M12 11.5v3"/>',
    "object": '<path d="m12 3 8 4.5v9L12 21l-8-4.5v-9L12 3ZM4 7.5l8 4.5 8-4.5M12 12v9"/>',
    "mixed": '<path d="M4 7.5 12 4l8 3.5-8 3.5-8-3.5ZM4 12l8 3.5 8-3.5M4 16.5 12 20l8-3.5"/>',
    "place": '<path d="M12 21c4.7-4.7 7-8.3 7-11a7 7 0 0 0-14 0c0 2.7 2.3 6.3 7 11Z"/><circle cx="12" cy="10" r="2.5"/>',
    "clock": '<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5.2l3.3 2"/>',
    "calendar": '<rect x="3.5" y="5" width="17" height="15.5" rx="2"/><path d="M3.5 10h17M8 3v4M16 3v4"/>',
    "phone": '<path d="M5 4h3.7l1.6 4.2-2.2 1.5a12 12 0 0 0 6.2 6.2l1.5-2.2 4.2 1.6V19a1.5 1.5 0 0 1-1.6 1.5C10.6 20 4 13.4 3.5 5.6A1.5 1.5 0 0 1 5 4Z"/>',
    "quote": '<path d="M9.5 7C6.5 8.2 5 10.5 5 14v3h5v-5H7.5M19 7c-3 1.2-4.5 3.5-4.5 7v3h5v-5H17"/>',
    "share": '<circle cx="6" cy="12" r="2.5"/><circle cx="17.5" cy="5.5" r="2.5"/><circle cx="17.5" cy="18.5" r="2.5"/><path d="m8.2 10.8 7-4M8.2 13.2l7 4"/>',
    "link": '<path d="M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.3l-1.2 1.2M14 10a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.7l1.2-1.2"/>',
    "download": '<path d="M12 4v11M7.5 10.8 12 15.3l4.5-4.5M4.5 19.5h15"/>',
    "upload": '<path d="M12 15.5V4.5M7.5 8.7 12 4.2l4.5 4.5M4.5 19.5h15"/>',
    "renew": '<path d="M4.5 12a7.5 7.5 0 0 1 13-5.1L20 9.5M20 4.5v5h-5M19.5 12a7.5 7.5 0 0 1-13 5.1L4 14.5M4 19.5v-5h5"/>',
    "bookmark": '<path d="M6.5 3.5h11v17L12 16.5l-5.5 4v-17Z"/>',
    "history": '<path d="M4 12a8 8 0 1 0 2.5-5.8L4 8.5M4 3.5v5h5M12 8v4.5l3 1.7"/>',
    "settings": '<path d="M4 7h9M17 7h3M4 17h3M11 17h9"/><circle cx="15" cy="7" r="2.2"/><circle cx="9" cy="17" r="2.2"/>',
    "filter": '<path d="M4 6h16M7 12h10M10 18h4"/>',
    "close": '<path d="m6 6 12 12M18 6 6 18"/>',
    "check": '<path d="m5 12.5 4.7 4.7L19.5 7"/>',
    "alert": '<path d="M12 4 2.8 20h18.4L12 4ZM12 10v4.5M12 17.3v.1"/>',
    "info": '<circle cx="12" cy="12" r="8.5"/><path d="M12 11v5.5M12 7.8v.1"/>',
    "menu": '<path d="M4 7h16M4 12h16M4 17h16"/>',
    "next": '<path d="m9.5 5.5 6.5 6.5-6.5 6.5"/>',
    "back": '<path d="M14.5 5.5 8 12l6.5 6.5"/>',
    "out": '<path d="M14 4.5H5.5v15H14M10 12h10.5M16.5 8l4 4-4 4"/>',
    "home": '<path d="M3.5 11.5 12 4l8.5 7.5M6 9.5V20h12V9.5M10 20v-5.5h4V20"/>',
    "desk": '<path d="M4 5v14M7 5v14M10.5 5v14M13 5v14M16.5 5v14M20 5v14"/>',
    "rule": '<path d="M4 6.5h9M4 12h6M4 17.5h6M14 15.5l2.5 2.5 4.5-5.5"/>',
    "list": '<path d="M8.5 6.5H20M8.5 12H20M8.5 17.5H20M4.5 6.5v.1M4.5 12v.1M4.5 17.5v.1"/>',
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "minus": '<path d="M5 12h14"/>',
    "edit": '<path d="m4 20 1-4.5L16 4.5l3.5 3.5-11 11L4 20ZM13.5 7l3.5 3.5"/>',
    "trash": '<path d="M4.5 7h15M9.5 7V4h5v3M6.5 7l1 13.5h9l1-13.5M10.5 11v6M13.5 11v6"/>',
    "print": '<path d="M7 8.5V3.5h10v5M7 17H4V8.5h16V17h-3M7 14h10v6.5H7V14Z"/>',
    "journal": '<path d="M6 3.5h13v17H6a2 2 0 0 1-2-2v-13a2 2 0 0 1 2-2ZM8 3.5v17M11.5 8h4.5M11.5 11.5h4.5"/>',
    "work": '<circle cx="12" cy="12" r="3"/><path d="M12 3v3M12 18v3M3 12h3M18 12h3M5.6 5.6l2.2 2.2M16.2 16.2l2.2 2.2M18.4 5.6l-2.2 2.2M7.8 16.2l-2.2 2.2"/>',
    "key": '<circle cx="8" cy="15.5" r="4"/><path d="m11 12.5 8.5-8.5M16 7.5l2.7 2.7"/>',
    "mail": '<rect x="3.5" y="5.5" width="17" height="13" rx="2"/><path d="m4 7.5 8 6 8-6"/>',
    "message": '<path d="M4 5h16v11.5H10.5L6 20v-3.5H4V5ZM8 9.5h8M8 12.5h5"/>',
    "qr": '<path d="M4 4h6v6H4V4ZM14 4h6v6h-6V4ZM4 14h6v6H4v-6ZM14 14h2.5v2.5H14V14ZM18 18h2v2h-2v-2ZM18.5 14H20M14 18.5V20"/>',
    "sound": '<path d="M4 9.5h3.5L12 5.5v13l-4.5-4H4v-5ZM15.5 9a4.5 4.5 0 0 1 0 6M18 6.5a8 8 0 0 1 0 11"/>',
    "muted": '<path d="M4 9.5h3.5L12 5.5v13l-4.5-4H4v-5ZM16 9.5l5 5M21 9.5l-5 5"/>',
    "dot": '<circle cx="12" cy="12" r="2.5"/>',
}  # fmt: skip
_FRAME = (
    '<svg class="icon" viewBox="0 0 24 24" width="20" height="20" fill="none" stroke="currentColor" '
    'stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">{}</svg>'
)
ICONS = {name: mark_safe(_FRAME.format(drawing)) for name, drawing in _DRAWINGS.items()}  # noqa: S308 -- our own drawings


def icon(name: str) -> SafeString:
    """The drawing called ``name``, hidden from screen readers. Raises KeyError when there is none."""
    return ICONS[name]
