"""The face for the public: home, search, record pages, my library."""
