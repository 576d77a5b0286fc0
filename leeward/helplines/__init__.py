"""Emergency numbers and national lines, by country, each shown only while it is fresh."""
