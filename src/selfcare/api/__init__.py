"""The operator over HTTP: the only room that touches the network."""
