"""Who may look into the machine room."""

from lumbung.kernel.permissions import declare

SEE_JOBS = declare("kernel.jobs", ["head"])
ROOMS = declare("kernel.rooms", ["head"])
SEE_JOURNAL = declare("kernel.journal", ["head"])
