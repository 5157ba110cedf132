"""The ui kit: page frames, navigation, panel slots, words for dates, covers, forms, security headers."""
