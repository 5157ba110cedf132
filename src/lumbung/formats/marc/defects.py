"""What can be wrong with a record on its way in, each by a name that stays."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """A kind of defect. Whether it costs the record is told by each ``Defect``: what can be kept whole is kept, with a warning."""

    RECORD_LENGTH = "record_length"
    TRUNCATED = "truncated"
    TOO_LARGE = "too_large"
    JUNK = "junk"
    NO_RECORD_TERMINATOR = "no_record_terminator"
    LEADER = "leader"
    INDICATOR_COUNT = "indicator_count"
    SUBFIELD_CODE_COUNT = "subfield_code_count"
    LEADER_CODE = "leader_code"
    BASE_ADDRESS = "base_address"
    DIRECTORY = "directory"
    TAG = "tag"
    NO_FIELDS = "no_fields"
    INDICATOR = "indicator"
    NO_SUBFIELD = "no_subfield"
    TEXT_BEFORE_SUBFIELD = "text_before_subfield"
    SUBFIELD_CODE = "subfield_code"
    ENCODING_FLAG = "encoding_flag"
    INVALID_UTF8 = "invalid_utf8"
    INVALID_MARC8 = "invalid_marc8"
    CONTROL_CHARACTER = "control_character"
    NOT_WELL_FORMED = "not_well_formed"
    NO_RECORD = "no_record"
    MALFORMED_JSON = "malformed_json"


@dataclass(frozen=True, slots=True)
class Defect:
    """Something wrong with one record: ``place`` says where in it (a tag, a leader position, a line).

    ``refused``: it cost the record. ``altered``: the record was kept, but some of its bytes could not be.
    """

    kind: Kind
    place: str = ""
    refused: bool = False
    altered: bool = False
