"""The start page of the workplace."""

PAGES = {"today": "/arbeit"}
