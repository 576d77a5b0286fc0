"""Tests of the whole site: promises (`site`), real browsers (`journeys`) and their drivers."""
