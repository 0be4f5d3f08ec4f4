"""The window and its pages; the only room that knows Qt."""
