"""scripts/check_layers.py finds what goes against the direction, and nothing else."""
import unittest

from tree import TreeTest


class CheckLayers(TreeTest):
    def check(self):
        return self.run_script("check_layers.py", self.root)

    def assert_finds(self, name, text, *messages):
        self.write(name, text)
        code, lines = self.check()
        self.assertEqual(lines, [f"{name}:{message}" for message in messages])
        self.assertEqual(code, 1)

    def test_a_clean_tree_passes(self):
        self.write("include/inflight/base/error.hpp", '#include <string>\n#include "inflight/version.hpp"\n')
        self.write("src/media/reader.hpp", "extern \"C\" {\n#include <libavformat/avformat.h>\n}\n")
        self.write("src/media/reader.cpp", '#include "inflight/base/error.hpp"\n#include "reader.hpp"\n')
        self.write("src/pipeline/run.cpp", '#include "inflight/sinks/sink.hpp"\n#include <openvino/openvino.hpp>\n')
        self.write("src/study/compare.cpp", '#include "inflight/sinks/video_sink.hpp"\n#include <nlohmann/json.hpp>\n')
        self.write("src/cli/main.cpp", "#include <CLI/CLI.hpp>\nint main() { std::cout << 1; std::exit(2); }\n")
        self.assertEqual(self.check(), (0, ["includes go one way"]))

    def test_a_stage_that_includes_a_later_one(self):
        self.assert_finds("src/vision/a.cpp", '\n#include "inflight/pipeline/queue.hpp"\n',
                          "2: vision may not include pipeline")

    def test_public_headers_are_held_to_the_same(self):
        self.assert_finds("include/inflight/base/a.hpp", "#include <inflight/media/frame.hpp>\n",
                          "1: base may not include media")

    def test_a_private_header_named_from_the_source_folder(self):
        self.write("src/draw/b.hpp", "")
        self.assert_finds("src/media/a.cpp", '#include "draw/b.hpp"\n', "1: media may not include draw")

    def test_a_private_header_named_relatively(self):
        self.write("src/draw/b.hpp", "")
        self.assert_finds("src/media/a.cpp", '#include "../draw/b.hpp"\n', "1: media may not include draw")

    def test_a_pipeline_takes_sinks_by_their_interface_only(self):
        self.assert_finds("src/pipeline/a.cpp", '#include "inflight/sinks/video_sink.hpp"\n',
                          "1: pipeline may not include sinks/video_sink.hpp")

    def test_nobody_includes_the_command_line(self):
        self.assert_finds("src/study/a.cpp", '#include "inflight/cli/a.hpp"\n', "1: study may not include cli")

    def test_a_stage_that_the_table_does_not_know(self):
        self.assert_finds("src/helpers/a.cpp", "",
                          "1: the stage helpers is not in the table of scripts/check_layers.py")

    def test_parts_are_named_in_their_own_stages_only(self):
        for stage, header, message in [
            ("vision", "libavutil/frame.h", "vision may not name FFmpeg; only media may"),
            ("sinks", "libswscale/swscale.h", "sinks may not name FFmpeg; only media may"),
            ("media", "libyuv.h", "media may not name libyuv; only vision may"),
            ("media", "libyuv/scale.h", "media may not name libyuv; only vision may"),
            ("report", "cairo/cairo.h", "report may not name Cairo; only draw may"),
            ("sinks", "turbojpeg.h", "sinks may not name libjpeg-turbo; only draw may"),
            ("draw", "SDL.h", "draw may not name SDL2; only sinks may"),
            ("media", "openvino/openvino.hpp",
             "media may not name OpenVINO; only infer, vision, pipeline, study, cli may"),
            ("cli", "boost/asio.hpp", "cli may not name Boost; only sinks may"),
            ("study", "CLI/CLI.hpp", "study may not name CLI11; only cli may"),
            ("measure", "nlohmann/json.hpp", "measure may not name nlohmann-json; only sinks, report, study, cli may"),
        ]:
            with self.subTest(header=header):
                path = f"src/{stage}/a.cpp"
                self.assert_finds(path, f"#include <{header}>\n", f"1: {message}")
                (self.root / path).unlink()

    def test_fmt_stays_out_of_what_the_infer_library_needs(self):
        self.write("src/infer/a.cpp", "#include <fmt/format.h>\n")
        code, lines = self.check()
        self.assertEqual(code, 1)
        self.assertIn("src/infer/a.cpp:1: infer may not name fmt", lines[0])

    def test_only_the_command_line_prints_or_exits(self):
        for number, (line, name) in enumerate([
            ("std::cout << 1;", "std::cout"), ("std::cerr<<1;", "std::cerr"), ('printf("x");', "printf"),
            ('std::fprintf(stderr, "x");', "std::fprintf"), ('fmt::print("x");', "fmt::print"), ("exit(1);", "exit"),
            ("std::exit(1);", "std::exit"), ('puts("x");', "puts"),
        ]):
            with self.subTest(line=line):
                path = f"src/media/{number}.cpp"
                self.assert_finds(path, f"void f() {{\n  {line}\n}}\n",
                                  f"2: media may not use {name}: only cli prints or exits")
                (self.root / path).unlink()

    def test_words_in_comments_strings_and_other_names_are_not_meant(self):
        self.write("src/media/a.cpp", "// printf(1) and exit(2)\n/* std::cout << 1;\n exit(1); */\n"
                                      'auto a = "exit(1) \\" puts(2)";\nauto b = R"(exit(1))";\n'
                                      "int n = std::snprintf(p, 3, f); scope_exit(f); object.exit(1); on->exit(1);\n"
                                      "char c = '\"'; int exits = 1; fmt::format(x); // it's\n")
        self.assertEqual(self.check(), (0, ["includes go one way"]))

    def test_the_line_is_right_after_comments_and_literals_of_several_lines(self):
        self.assert_finds("src/media/a.cpp", '/* one\ntwo */\nauto a = R"(three\nfour)";\nexit(5);\n',
                          "5: media may not use exit: only cli prints or exits")

    def test_all_violations_are_told(self):
        self.write("src/base/a.cpp", '#include "inflight/cli/a.hpp"\n#include <cairo.h>\nvoid f() { exit(1); }\n')
        code, lines = self.check()
        self.assertEqual((code, len(lines)), (1, 3))


if __name__ == "__main__":
    unittest.main()
