"""A guide heard while it is written: what changed is spoken at each save, and the page comes back to it."""
