"""The floor: a bare PySide6 window. Prints how long it took from the start of the process to its first paint."""

from __future__ import annotations

import sys

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

from tests.bench.clockwork import print_moment


class Painted(QObject):
    """Sees the first paint and ends the program."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's own hook; nothing is filtered out."""
        if event.type() is QEvent.Type.Paint and isinstance(watched, QLabel):
            QApplication.postEvent(self, QEvent(QEvent.Type.User))
        return False

    def event(self, event: QEvent) -> bool:
        """Comes after the paint is done."""
        if event.type() is QEvent.Type.User:
            print_moment()
            QApplication.quit()
            return True
        return super().event(event)


def main() -> int:
    """Show the window, print the moment, leave."""
    app = QApplication(sys.argv[:1])
    window = QMainWindow()
    label = QLabel("Selfcare", window)
    window.setCentralWidget(label)
    window.resize(1360, 860)
    painted = Painted()
    label.installEventFilter(painted)
    window.show()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
