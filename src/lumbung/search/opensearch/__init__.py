"""The engine for clusters: OpenSearch, asked over HTTP. It is given tokens and constant scores, and analyses and weighs nothing."""
