"""What hostile people bring: files, evidence files, queries, web servers and bytes on the wire, each by name."""
