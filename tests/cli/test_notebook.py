"""The tutorial's notebook, from its first cell to its last, by a kernel as Jupyter would run it."""
import os
import pathlib
import re
import tempfile
import unittest

try:
    import nbclient
    import nbformat
    from traitlets.config import Config
except ImportError:
    nbclient = None

NOTEBOOK = pathlib.Path(__file__).parents[2] / "examples" / "async-api.ipynb"


@unittest.skipUnless(nbclient, "needs nbclient and ipykernel")
class Notebook(unittest.TestCase):
    def setUp(self):
        self.notebook = nbformat.read(NOTEBOOK, as_version=4)

    def test_is_kept_without_what_it_gave(self):
        nbformat.validate(self.notebook)
        for cell in self.notebook.cells:
            self.assertFalse(cell.get("outputs"))
            self.assertIsNone(cell.get("execution_count"))

    def test_runs_from_start_to_end_and_shows_the_reports(self):
        with tempfile.TemporaryDirectory() as folder:
            os.environ.update(IPYTHONDIR=folder, JUPYTER_CONFIG_DIR=folder, JUPYTER_DATA_DIR=folder,
                              JUPYTER_RUNTIME_DIR=folder, JUPYTER_PLATFORM_DIRS="1")
            sockets = {"transport": "ipc", "ip": f"{folder}/kernel"}  # files that nobody else may open, no ports
            nbclient.NotebookClient(self.notebook, timeout=240, kernel_name="python3",
                                    config=Config(KernelManager=sockets),
                                    resources={"metadata": {"path": str(NOTEBOOK.parent)}}).execute()
        code = [cell for cell in self.notebook.cells if cell.cell_type == "code"]
        shown = ["".join(output.get("text") or output["data"]["text/html"] for output in cell.outputs)
                 for cell in code]
        setup, report, table, simulated_report, simulated_table = shown
        self.assertEqual(setup, "")
        for page in (report, simulated_report):
            self.assertTrue(page.startswith("<iframe srcdoc="), page[:100])
            for part in ("&lt;!DOCTYPE html&gt;", "two-requests"):
                self.assertIn(part, page)
        self.assertNotIn("SIMULATED", report)
        self.assertIn("SIMULATED accelerator, 6 ms each inference", simulated_report)
        for text in (table, simulated_table):
            self.assertEqual(re.findall(r"^(\S+) +\d+ frames/s", text, re.MULTILINE), ["sync", "two-requests", "queue"])
        self.assertIn("outputs equal: True", table)


if __name__ == "__main__":
    unittest.main()
