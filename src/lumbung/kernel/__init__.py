"""What every part stands on: journal, clock, refusals, background jobs, storage, and the ui kit. It knows no nouns of the library."""
