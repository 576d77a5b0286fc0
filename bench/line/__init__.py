"""The support line under load: open streams, messages, frames that grow."""
