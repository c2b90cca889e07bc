"""An agenda as a Google Doc: what people see there on the one hand, the program's Markdown on the other.

Everything here but `files.py` is pure: data in, data out. `paragraphs.py` is the form between the two;
`from_markdown.py` and `requests.py` lead to the document, `structure.py` and `to_markdown.py` back.
"""
