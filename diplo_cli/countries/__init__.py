"""Which countries a text is about, and which country a user means by what was typed."""
