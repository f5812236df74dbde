"""Referentials: editions, crosswalks, migrations, official files."""
