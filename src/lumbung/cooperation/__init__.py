"""The face for other libraries: what we hand on to those who harvest us, how ready our records are for it, and whom we harvest."""
