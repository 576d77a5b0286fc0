"""How the site looks and is put together: base template, design tokens, components, moves."""
