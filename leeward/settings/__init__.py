"""What the program runs with: `config` reads and checks it, `base` hands it to Django."""
