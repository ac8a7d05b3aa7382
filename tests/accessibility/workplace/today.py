"""The start page of the workplace."""

PAGES = {
    "today": "/arbeit",
    "today in English": "/arbeit?sprache=en",
    "nowhere": "/arbeit/nirgends",
}
