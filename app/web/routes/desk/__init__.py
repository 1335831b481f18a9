"""Editors' work beyond articles: notes, labels, evidence files, keys, the trash, separating stories; and the search."""
