"""Decides where photos go and takes them there and back. Only here are a person's files touched."""
