"""What a MySQL or MariaDB dump holds, read without a server: tables, rows, and what is wrong, as a stream of flat memory.

Reads the files of mysqldump, mariadb-dump, phpMyAdmin, and mysqldump-php (the backup of SLiMS). Nothing in them is ever executed: a
value is text and stays text.
"""

from lumbung.formats.sql_dump.opening import NotADumpError, open_dump
from lumbung.formats.sql_dump.reading import Cut, Defect, Event, Row, Table, read

__all__ = ["Cut", "Defect", "Event", "NotADumpError", "Row", "Table", "open_dump", "read"]
