from lumbung.catalogue.models.accession import AccessionCounter, AccessionPattern
from lumbung.catalogue.models.authority import (
    Authority,
    AuthorityName,
    AuthorityReference,
    AuthorityRevision,
    HeadingChange,
    HeadingKind,
    RecordHeading,
)
from lumbung.catalogue.models.batch import Batch, BatchLine
from lumbung.catalogue.models.bound_title import BoundTitle
from lumbung.catalogue.models.call_number_rule import CallNumberRule
from lumbung.catalogue.models.class_pair import ClassPair, CrosswalkChange
from lumbung.catalogue.models.copying import (
    ForeignAnswer,
    ForeignRecord,
    ForeignSearch,
    TakeOverProfile,
    Target,
)
from lumbung.catalogue.models.draft import Draft
from lumbung.catalogue.models.export_run import ExportRun
from lumbung.catalogue.models.import_run import ImportRejection, ImportRun
from lumbung.catalogue.models.import_table import ImportTable
from lumbung.catalogue.models.item import Item, ItemType
from lumbung.catalogue.models.label_run import LabelRun
from lumbung.catalogue.models.likely_pair import DuplicateSearch, LikelyPair
from lumbung.catalogue.models.merger import Merger
from lumbung.catalogue.models.name_rule import NameRule
from lumbung.catalogue.models.quality import Defect, QualitySurvey, RecordDefect
from lumbung.catalogue.models.record import Identifier, Material, Record
from lumbung.catalogue.models.repair import Repair
from lumbung.catalogue.models.revision import Revision
from lumbung.catalogue.models.stock_take import (
    Minutes,
    Scan,
    Scanner,
    ShelfCount,
    StatusChange,
    StockTake,
    StockTakeLine,
)
from lumbung.catalogue.models.withdrawal import Withdrawal, WithdrawalLine
from lumbung.catalogue.models.work_place import WorkChange, WorkPlace

__all__ = [
    "AccessionCounter",
    "AccessionPattern",
    "Authority",
    "AuthorityName",
    "AuthorityReference",
    "AuthorityRevision",
    "Batch",
    "BatchLine",
    "BoundTitle",
    "CallNumberRule",
    "ClassPair",
    "CrosswalkChange",
    "Defect",
    "Draft",
    "DuplicateSearch",
    "ExportRun",
    "ForeignAnswer",
    "ForeignRecord",
    "ForeignSearch",
    "HeadingChange",
    "HeadingKind",
    "Identifier",
    "ImportRejection",
    "ImportRun",
    "ImportTable",
    "Item",
    "ItemType",
    "LabelRun",
    "LikelyPair",
    "Material",
    "Merger",
    "Minutes",
    "NameRule",
    "QualitySurvey",
    "Record",
    "RecordDefect",
    "RecordHeading",
    "Repair",
    "Revision",
    "Scan",
    "Scanner",
    "ShelfCount",
    "StatusChange",
    "StockTake",
    "StockTakeLine",
    "TakeOverProfile",
    "Target",
    "Withdrawal",
    "WithdrawalLine",
    "WorkChange",
    "WorkPlace",
]
