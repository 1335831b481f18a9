"""The pages of tags, collections and publishers."""
