"""The agenda of a layer as a whole: list, tree, time line, board, and the sheet for the wall."""
