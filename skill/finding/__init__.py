"""Finding what a listener asks for: passages by words, guides and parts by names, and what fits a time."""
