"""Copy cataloguing: other libraries' catalogues are asked, and what they have is taken over."""
