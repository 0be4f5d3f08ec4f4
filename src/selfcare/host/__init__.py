"""This computer: its folders, settings, key store and log."""
