"""One module or package a chapter: its selections, figures, readings and scenes. Chapters do not import each other."""
