"""./dev build takes the OpenVINO that CMake finds, and the wheel only where it finds none. On a copy of the project, with
real pip and toy packages of a local folder, and no network; nothing is compiled.

usage: test_openvino_elsewhere.py CMAKE
"""
import hashlib
import os
import re
import shutil
import subprocess
import sys
import unittest
import zipfile

from tree import ROOT, TreeTest

CMAKE = sys.argv[1]

CONFIG = """set(OpenVINO_VERSION {version})
add_library(openvino::runtime SHARED IMPORTED)
set_target_properties(openvino::runtime PROPERTIES IMPORTED_LOCATION "${{CMAKE_CURRENT_LIST_DIR}}/libopenvino.so"
  INTERFACE_INCLUDE_DIRECTORIES "${{CMAKE_CURRENT_LIST_DIR}}")
"""
CONFIGURE_ONLY = """#!/bin/sh
[ "$1" = --build ] || exec "{cmake}" "$@"
"""


class OpenVinoElsewhere(TreeTest):
    def setUp(self):
        super().setUp()
        self.project = self.root / "project"
        shutil.copytree(ROOT, self.project, symlinks=True, ignore=shutil.ignore_patterns(
            "build", "out", "assets", ".venv", ".git", "__pycache__"))
        self.write("project/packages.txt", "bash  # this is running\n")
        self.write("project/scripts/assets.py", "")
        self.requirements("requirements.txt", self.wheel("tool", {"tool.py": ""}))
        self.requirements("requirements-openvino.txt",
                          self.wheel("openvino", {"openvino/cmake/OpenVINOConfig.cmake": CONFIG.format(version=1)}))
        self.write("bin/cmake", CONFIGURE_ONLY.format(cmake=CMAKE)).chmod(0o755)

    def wheel(self, name, members):
        path = self.write(f"wheels/{name}-1.0-py3-none-any.whl", "")
        with zipfile.ZipFile(path, "w") as archive:
            for member, content in members.items():
                archive.writestr(member, content)
            archive.writestr(f"{name}-1.0.dist-info/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
            archive.writestr(f"{name}-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
            archive.writestr(f"{name}-1.0.dist-info/RECORD", "")
        return path

    def requirements(self, name, wheel):
        digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
        self.write(f"project/{name}", f"{wheel.name.split('-')[0]}==1.0 --hash=sha256:{digest}\n")

    def installed(self, version):
        """The folder of an OpenVINO of that version, as somebody installed it."""
        return self.write(f"installed/{version}/OpenVINOConfig.cmake", CONFIG.format(version=version)).parent

    def build(self, openvino=None):
        """./dev build; the version and the folder of the OpenVINO that it takes, and what it said."""
        environment = {name: value for name, value in os.environ.items()
                       if not name.startswith("OpenVINO_") and name != "CMAKE_PREFIX_PATH"}
        environment |= {"PATH": f"{self.root}/bin:{environment['PATH']}", "PIP_NO_INDEX": "1",
                        "PIP_FIND_LINKS": str(self.root / "wheels"), "PIP_CONFIG_FILE": os.devnull}
        if openvino:
            environment["OpenVINO_DIR"] = str(openvino)
        done = subprocess.run([self.project / "dev", "build"], env=environment, check=False, timeout=200, text=True,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.assertEqual(done.returncode, 0, done.stdout)
        version, folder = re.search(r"(?m)^-- OpenVINO (\S+): (.+)$", done.stdout).groups()
        return version, folder, done.stdout

    def wheels_in_place(self):
        return sorted(path.name for path in self.project.glob(".venv/lib*/python3*/site-packages/openvino"))

    def test_what_cmake_finds_is_taken_and_no_wheel_installed(self):
        for version in ("2031.1", "2031.2", "2031.1"):  # the build folder that knows the first follows
            folder = self.installed(version)
            self.assertEqual(self.build(folder)[:2], (version, str(folder)))
            self.assertEqual(self.wheels_in_place(), [])
        shutil.rmtree(self.installed("2031.2"))

        version, folder, said = self.build()  # which forgets them, though they are still there
        if not folder.startswith(str(self.root)):
            self.skipTest(f"CMake finds an OpenVINO of the system: {folder}")
        self.assertEqual(version, "1", folder)
        self.assertTrue(folder.startswith(f"{self.project}/.venv/"), folder)
        self.assertIn("requirements-openvino.txt", said)
        self.assertNotIn("requirements-openvino.txt", self.build()[2], "once is enough")

        installed = self.installed("2031.1")
        self.assertEqual(self.build(installed)[:2], ("2031.1", str(installed)))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
