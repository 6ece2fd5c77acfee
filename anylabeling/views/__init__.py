"""What people see: the window, the canvas, docks and dialogs."""
