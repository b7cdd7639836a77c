"""What `cmake --install` lays down is enough for somebody else's project. The build must be complete.

usage: test_install.py CMAKE BUILD_FOLDER OPENVINO_DIR
"""
import subprocess
import sys
import unittest

from tree import TreeTest

CMAKE, BUILD, OPENVINO_DIR = sys.argv[1:4]

CMAKELISTS = """cmake_minimum_required(VERSION 3.25)
project(consumer LANGUAGES CXX)
find_package(inflight 0.1 REQUIRED {named})
add_executable(consumer main.cpp)
target_link_libraries(consumer PRIVATE inflight::{component})
"""
INFER = """#include <inflight/base/error.hpp>
#include <inflight/infer/async_infer_queue.hpp>
#include <inflight/infer/devices.hpp>
#include <openvino/op/add.hpp>
#include <openvino/openvino.hpp>
int main() try {
  ov::Core core;
  if (inflight::available_devices(core).empty()) return 1;
  const auto input = std::make_shared<ov::op::v0::Parameter>(ov::element::f32, ov::Shape{1});
  const auto sum = std::make_shared<ov::op::v1::Add>(input, input);
  auto model = std::make_shared<ov::Model>(ov::OutputVector{sum}, ov::ParameterVector{input});
  inflight::AsyncInferQueue<float> queue(core.compile_model(model, "CPU"), {.order = inflight::Order::as_submitted});
  const auto fill = [](inflight::Inputs inputs, float item) { inputs[0].data<float>()[0] = item; };
  for (auto result : queue.run(std::vector<float>{1, 2, 3}, fill)) {
    if (result.output(0).data<const float>()[0] != 2 * result.userdata()) return 2;
  }
  throw inflight::Error("caught below");
} catch (const inflight::Error&) {}
"""
EVERYTHING = """#include <inflight/media/ffmpeg.hpp>
#include <inflight/version.hpp>
int main() { return inflight::ffmpeg_version().empty() || !*inflight::version(); }
"""


class Install(TreeTest):
    def run_command(self, *command):
        done = subprocess.run(list(map(str, command)), cwd=self.root, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              text=True, check=False, timeout=300)
        self.assertEqual(done.returncode, 0, f"{command}\n{done.stdout}")
        return done.stdout

    def install(self, *arguments):
        self.run_command(CMAKE, "--install", BUILD, "--prefix", self.root / "prefix", *arguments)

    def configure(self, component, main, *arguments, named="COMPONENTS {}"):
        named = named.format(component)
        self.write("consumer/CMakeLists.txt", CMAKELISTS.format(component=component, named=named))
        self.write("consumer/main.cpp", main)
        self.run_command(CMAKE, "-G", "Ninja", "-S", "consumer", "-B", "built", f"-DOpenVINO_DIR={OPENVINO_DIR}",
                         f"-DCMAKE_PREFIX_PATH={self.root}/prefix", *arguments)

    def build_and_run(self):
        self.run_command(CMAKE, "--build", "built")
        self.run_command("built/consumer")

    def test_the_infer_component_needs_openvino_only(self):
        self.install("--component", "infer")
        missing = ("PkgConfig", "fmt", "nlohmann_json", "libyuv")
        self.configure("infer", INFER, *(f"-DCMAKE_DISABLE_FIND_PACKAGE_{package}=ON" for package in missing))
        self.build_and_run()
        headers = {path.name for path in (self.root / "prefix/include/inflight").iterdir()}
        self.assertEqual(headers, {"base", "infer", "version.hpp"})
        self.assertFalse((self.root / "prefix/bin").exists())

    def test_the_infer_component_is_found_without_being_named(self):
        self.install("--component", "infer")
        self.configure("infer", INFER, named="")
        self.build_and_run()

    def test_everything_is_a_library_and_a_program_that_run_where_they_lie(self):
        self.install()
        self.configure("inflight", EVERYTHING)
        self.build_and_run()
        self.assertIn("compare", self.run_command(self.root / "prefix/bin/inflight", "--help"))

    def test_installed_files_name_no_folder_of_the_build(self):
        self.install()
        for path in (self.root / "prefix/lib").rglob("*.cmake"):
            self.assertNotIn(BUILD, path.read_text(), path.name)

    def test_a_component_that_does_not_exist_is_not_found(self):
        self.install("--component", "infer")
        for component in ("outfer", "inflight"):
            with self.subTest(component=component), self.assertRaisesRegex(AssertionError, "(?s)inflight.*FOUND"):
                self.configure(component, INFER)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
