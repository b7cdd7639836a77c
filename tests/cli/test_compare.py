"""inflight compare, devices, --help and --version, as users meet them."""
import hashlib
import json
import os
import shutil
import subprocess
import unittest

from program import CLIP, MEDIA, MODEL, MODELS, ProgramTest, compare, quick_record, run


class Record(ProgramTest):
    def test_has_the_figures_of_every_way(self):
        record = quick_record("--rounds", "2")
        self.assertEqual([way["name"] for way in record["ways"]], ["sync", "two-requests", "queue"])
        for way in record["ways"]:
            self.assertGreater(way["fps"]["median"], 0)
            self.assertLessEqual(way["fps"]["low"], way["fps"]["median"])
            self.assertLessEqual(way["fps"]["median"], way["fps"]["high"])
            self.assertGreater(way["ratio_to_sync"]["median"], 0)
            latency = way["latency_ms"]
            self.assertTrue(0 < latency["p50"] <= latency["p90"] <= latency["p99"], latency)
            self.assertGreater(way["cores_used"], 0)
            self.assertEqual(way["frames"], 2 * 12)
        self.assertEqual(record["ways"][0]["ratio_to_sync"]["median"], 1)
        self.assertIs(record["outputs_equal"], True)

    def test_tells_what_it_ran_on_and_with(self):
        record = quick_record("--ways", "queue")
        for thing, path in (("model", MODEL), ("clip", CLIP)):
            self.assertEqual(record[thing]["sha256"], hashlib.sha256(path.read_bytes()).hexdigest())
        self.assertEqual(record["command_line"][:4], ["inflight", "compare", "--input", str(CLIP)])
        self.assertIn("CPU", record["software"]["plugins"])
        self.assertGreater(record["machine"]["memory_bytes"], 1 << 26)
        self.assertTrue(record["machine"]["kernel"].startswith("Linux "), record["machine"])

    def test_measures_the_memory_of_each_way_in_a_process_of_its_own(self):
        for way in quick_record()["ways"]:
            mebibyte = 1 << 20
            self.assertGreater(way["peak_memory_bytes"], 20 * mebibyte)
            self.assertLess(way["peak_memory_bytes"], 4096 * mebibyte)

    def test_tells_what_was_asked_and_what_the_device_gave(self):
        record = quick_record("--streams", "queue=8", "--requests", "9", "--ways", "queue")
        [way] = record["ways"]
        self.assertEqual(way["settings"]["asked"]["streams"], "8")
        self.assertLessEqual(int(way["settings"]["given"]["streams"]), os.cpu_count())
        self.assertEqual(way["settings"]["asked"]["requests"], "9")
        self.assertEqual(way["settings"]["given"]["requests"], "9")
        self.assertIsNone(record["outputs_equal"], "one way alone has nothing to be equal to")

    def test_any_property_reaches_the_device(self):
        record = quick_record("--ways", "queue", "--property", "INFERENCE_PRECISION_HINT=f32", "--property", "NUM_STREAMS=1")
        self.assertEqual(record["ways"][0]["settings"]["given"]["streams"], "1")
        self.assertEqual(record["ways"][0]["settings"]["given"]["precision"], "f32")

    def test_loops_to_the_frames_that_were_asked_for(self):
        record = quick_record("--loop", "--frames", "150", "--ways", "queue")
        self.assertEqual(record["ways"][0]["frames"], 150)

    def test_any_model_with_an_image_input_runs_as_raw(self):
        for path, width, height in ((self.tiny_model(1, 3, 32, 48), 48, 32), (MODELS / "add.tflite", 40, 24),
                                    (MODELS / "relu.pdmodel", 40, 24)):
            with self.subTest(model=path.name):
                done = run("compare", "-i", CLIP, "-m", path, "--model-type", "raw", "--frames", "12", "--rounds", "1",
                           "--json", "-")
                self.assertEqual((done.returncode, done.stderr), (0, ""))
                record = json.loads(done.stdout)
                self.assertIs(record["outputs_equal"], True)
                self.assertEqual((record["model"]["input_width"], record["model"]["input_height"]), (width, height))

    def test_the_pictures_of_a_folder_are_a_clip_whatever_their_sizes(self):
        for name in ("picture_a.jpg", "picture_b.png", "picture_rotated.jpg"):
            shutil.copy(MEDIA / name, self.folder)
        (self.folder / "notes.txt").write_text("no picture", encoding="utf-8")
        done = run("compare", "-i", self.folder, "-m", MODEL, "--frames", "3", "--rounds", "1", "--json", "-")
        self.assertEqual(done.returncode, 0, done.stderr)
        record = json.loads(done.stdout)
        self.assertEqual(record["ways"][0]["frames"], 3)
        self.assertIs(record["outputs_equal"], True)
        self.assertIn("files of the folder that are no pictures and were skipped: 1", record["notes"])

    def test_a_folder_states_no_rate_and_yet_can_be_written_as_a_video(self):
        for name in ("1.jpg", "2.jpg"):
            shutil.copy(MEDIA / "picture_a.jpg", self.folder / name)
        video = self.folder / "out" / "found.mp4"
        done = run("compare", "-i", self.folder, "-m", MODEL, "--frames", "2", "--rounds", "1", "--json", "-", "--video", video)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIsNone(json.loads(done.stdout)["clip"]["frame_rate"])
        self.assertGreater(video.stat().st_size, 0)

    def test_both_tables_and_the_ceiling_are_measured_in_the_same_rounds(self):
        record = quick_record("--rounds", "3", "--seed", "5")
        for table in ("ways", "like_for_like"):
            self.assertEqual([way["name"] for way in record[table]], ["sync", "two-requests", "queue"])
            for way in record[table]:
                self.assertEqual(len(way["round_fps"]), 3)
        alike = {json.dumps(way["settings"]["given"] | {"requests": None}) for way in record["like_for_like"]}
        self.assertEqual(len(alike), 1, "one configuration for all")
        self.assertEqual(len(record["ceiling"]["round_fps"]), 3)
        self.assertGreater(record["ceiling"]["fps"]["median"], 0)
        for way in record["ways"]:
            self.assertEqual(len(way["ceiling"]["round_fps"]), 3)
        self.assertEqual(record["ways"][2]["ceiling"], record["ceiling"], "the queue's is the device's")
        self.assertEqual((record["schema"], record["rounds"]["seed"]), (2, 5))

    def test_few_rounds_and_few_frames_are_invalid_and_it_says_why(self):
        record = quick_record("--rounds", "2")
        self.assertIs(record["valid"], False)
        self.assertTrue(any("too few rounds: 2 of at least 7" in reason for reason in record["reasons"]), record)

    def test_tells_the_cold_start_apart(self):
        record = quick_record("--ways", "sync,queue")
        cold = record["cold_start"]
        self.assertGreater(cold["read_ms"], 0)
        self.assertEqual([one["used_by"] for one in cold["compile"]], ["sync", "queue, like for like"])
        self.assertGreater(cold["compile_without_cache_ms"], 0)
        self.assertGreater(cold["compile_with_cache_ms"], 0)
        for way in record["ways"]:
            self.assertEqual(len(way["first_inference_ms"]), int(way["settings"]["given"]["requests"]))

    def test_a_cache_folder_is_used_and_told(self):
        arguments = ("--ways", "queue", "--cache-dir", str(self.folder / "cache"))
        for from_cache in (False, True):
            [compiled] = quick_record(*arguments)["cold_start"]["compile"]
            self.assertIs(compiled["from_cache"], from_cache)

    def test_frames_that_change_their_size_are_told(self):
        for name in ("picture_a.jpg", "picture_b.png"):
            shutil.copy(MEDIA / name, self.folder)
        done = run("compare", "-i", self.folder, "-m", MODEL, "--frames", "2", "--rounds", "1", "--json", "-")
        self.assertEqual(done.returncode, 0, done.stderr)
        record = json.loads(done.stdout)
        self.assertTrue(any("the frames change their size" in note for note in record["notes"]), record["notes"])
        self.assertIs(record["outputs_equal"], True)

    def test_planted_work_slows_the_frames(self):
        record = quick_record("--ways", "sync", "--add", "callback=30:wait")
        for fps in record["ways"][0]["round_fps"]:
            self.assertLess(fps, 34)


class Output(ProgramTest):
    def test_files_are_written_where_they_were_asked_for(self):
        paths = [self.folder / "new" / name for name in ("c.json", "c.html", "c.mp4", "c.md")]
        done = compare("--frames", "12", "--rounds", "1", "--json", paths[0], "--html", paths[1], "--video", paths[2],
                       "--markdown", paths[3])
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(sorted(path.name for path in (self.folder / "new").iterdir()),
                         ["c.html", "c.json", "c.md", "c.mp4"])
        for path in paths:
            self.assertIn(str(path), done.stdout)
        self.assertEqual(len(json.loads(paths[0].read_text(encoding="utf-8"))["ways"]), 3)
        self.assertIn("<!doctype html>", paths[1].read_text(encoding="utf-8").lower())
        self.assertIn("**INVALID**", paths[3].read_text(encoding="utf-8"))
        probe = subprocess.run(["ffprobe", "-v", "error", "-count_frames", "-show_entries",
                                "stream=codec_name,width,height,nb_read_frames", "-of", "csv=p=0", paths[2]],
                               capture_output=True, text=True, check=True)
        self.assertEqual(probe.stdout.strip(), "h264,176,144,12")

    def test_is_quiet_and_plain_when_nobody_watches(self):
        done = compare("--frames", "12", "--rounds", "1")
        self.assertEqual(done.stderr, "")
        self.assertNotIn("\x1b", done.stdout)
        self.assertIn("two-requests", done.stdout)

    def test_help_has_examples_and_every_flag(self):
        self.assertIn("inflight compare -i", run("--help").stdout)
        text = run("compare", "--help").stdout
        flags = """--input --model --model-type --labels --device --hint --requests --streams --threads --cache-dir
                   --property --shape --color --mean --scale --threshold --preprocess --frames --start --loop --ways
                   --rounds --time --seed --seconds --json --html --markdown --video""".split()
        for flag in flags:
            self.assertRegex(text, rf"{flag}\b")
        self.assertIn("Examples:", text)
        self.assertNotIn("--peak-memory-of", text)
        self.assertNotIn("--add", text)

    def test_version_names_openvino_and_ffmpeg(self):
        text = run("--version").stdout
        self.assertRegex(text, r"inflight \d+\.\d+\.\d+\nOpenVINO 20\d\d\.\S+\nFFmpeg \S+")

    def test_devices(self):
        self.assertRegex(run("devices").stdout, r"CPU +\S+")
        self.assertRegex(run("devices", "--model", MODEL, "--shape", "1,3,160,192").stdout, r"optimal requests \d+")

    def test_one_device_as_json(self):
        done = run("devices", "--device", "AUTO:CPU", "--model", MODEL, "--hint", "throughput", "--precision", "f32",
                   "--json", "-")
        self.assertEqual(done.returncode, 0, done.stderr)
        device, = json.loads(done.stdout)["devices"]
        self.assertEqual(device["device"], "AUTO:CPU")
        settings, = device["settings"]
        self.assertEqual(settings["hint"], "throughput")
        self.assertGreaterEqual(settings["optimal_requests"], 1)

    def test_a_device_that_is_not_there(self):
        done = run("devices", "--device", "TPU")
        self.assertEqual(done.returncode, 2)
        self.assertIn("--device TPU", done.stderr)
        self.assertIn("CPU", done.stderr)


if __name__ == "__main__":
    unittest.main()
