"""Finding: one interface, two engines (Tantivy on one machine, OpenSearch on a cluster). Documents and queries; no nouns of the library."""
