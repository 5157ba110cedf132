"""Lending to reading programs (Readium LCP): publications under lock, passphrases, and a licence for each loan."""
