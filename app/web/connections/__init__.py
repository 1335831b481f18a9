"""Who may hold the server's sockets, and for how long: nobody shuts others out."""
