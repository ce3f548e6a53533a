"""Looking for mistakes before a listener finds them: what `nightfeed check` runs."""
