"""The quality gate: how well rows and words are recognised, on the labelled data here, against pinned floors."""
