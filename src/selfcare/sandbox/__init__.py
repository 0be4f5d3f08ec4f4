"""A demo operator over real HTTP; it knows nothing of the program and is reached like any operator."""
