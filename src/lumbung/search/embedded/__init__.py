"""The engine inside the process: Tantivy, its index in a folder of the data folder."""
