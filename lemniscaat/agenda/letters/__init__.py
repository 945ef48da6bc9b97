"""What somebody owns, in a monthly letter and in a calendar."""
