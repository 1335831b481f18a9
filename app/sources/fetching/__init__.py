"""Fetch a page by its link, safely: only public addresses, only what is asked for, within bounds of size and time."""
