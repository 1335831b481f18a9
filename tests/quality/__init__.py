"""The quality gate: how well rows and words are told, on labelled data that stands here, against pinned floors."""
