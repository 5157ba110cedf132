"""The catalogue for programs: records in any form of MARC 21, and their copies."""
