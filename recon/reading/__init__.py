"""Bytes and a file name become typed lines, problems and questions."""
