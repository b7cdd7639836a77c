"""Bad input gets one line that names the thing and the remedy, and leaves nothing behind."""
import json
import os
import resource
import signal
import subprocess
import unittest

from program import ASSETS, CLIP, MEDIA, MODEL, PROGRAM, ProgramTest, compare, run


def small_disk(size):
    """Files cannot grow beyond `size` bytes: to the program, a disk that is full."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def flags(values):
    """As on the command line."""
    return [part for flag_and_value in values.items() for part in flag_and_value]


class BadUsage(ProgramTest):
    def test_no_command(self):
        self.assert_refused(run(), 2, "--help")

    def test_unknown_command(self):
        self.assert_refused(run("compere"), 2, "compere", "--help")

    def test_missing_flags(self):
        self.assert_refused(run("compare", "--model", MODEL), 2, "--input", "compare --help")
        self.assert_refused(run("compare", "--input", CLIP), 2, "--model", "compare --help")

    def test_unknown_flag(self):
        self.assert_refused(compare("--speed", "11"), 2, "--speed")

    def test_counts_that_are_none(self):
        for flag in ("--frames", "--rounds", "--requests", "--streams", "--threads", "--seconds", "--time"):
            for value in ("0", "-1", "many", "nan", "1e99", "99999999999999999999"):
                with self.subTest(flag=flag, value=value):
                    self.assert_refused(compare(flag, value), 2, flag)

    def test_a_time_too_short_for_one_round_says_what_it_takes(self):
        done = compare("--time", "0.01")
        self.assert_refused(done, 2, "--time 0.01", "one round takes about", "for 7 rounds")
        self.assert_refused(compare("--time", "0.01", "--rounds", "1"), 2, "for 1 round,")

    def test_planted_work_that_is_none(self):
        for work in ("decode", "decode=", "decode=-1", "decode=x", "device=1", "=1"):
            with self.subTest(work=work):
                self.assert_refused(compare("--add", work), 2, f"--add {work}", "decode=2")

    def test_start_that_is_none(self):
        for start in ("-3", "nan"):
            self.assert_refused(compare("--start", start), 2, "--start: ", start)
        self.assert_refused(compare("--start", "1000"), 2, "1000", CLIP)

    def test_threshold_out_of_range(self):
        for threshold in ("1.5", "nan"):
            self.assert_refused(compare("--threshold", threshold), 2, "--threshold", threshold)

    def test_no_number_ends_a_demonstration(self):
        self.assert_refused(run("demo", "-i", CLIP, "-m", MODEL, "--view", "none", "--seconds", "nan"), 2, "--seconds", "nan")

    def test_unknown_way(self):
        self.assert_refused(compare("--ways", "sync,warp"), 2, "warp", "two-requests")
        self.assert_refused(compare("--streams", "warp=2"), 2, "warp", "two-requests")

    def test_unknown_hint(self):
        self.assert_refused(compare("--hint", "fastest"), 2, "fastest", "throughput")

    def test_mean_and_scale(self):
        self.assert_refused(compare("--mean", "1,2"), 2, "--mean", "1,2")
        self.assert_refused(compare("--mean", "a"), 2, "--mean")
        self.assert_refused(compare("--scale", "0"), 2, "--scale")
        self.assert_refused(compare("--mean", "nan"), 2, "--mean")
        self.assert_refused(compare("--scale", "inf,1,1"), 2, "--scale")

    def test_empty_values(self):
        for flag in ("--streams", "--hint", "--mean", "--labels", "--json", "--device", "--input", "--seed"):
            with self.subTest(flag=flag):
                self.assert_refused(compare(flag, ""), 2, flag)
        self.assert_refused(compare("--streams", "queue="), 2, "--streams queue=", "a value is missing")

    def test_requests_of_ways_that_have_their_number(self):
        for way in ("sync", "two-requests"):
            self.assert_refused(compare("--requests", f"{way}=5"), 2, f"--requests {way}=5", "only the queue's")

    def test_a_seed_that_a_record_cannot_hold(self):
        for seed in ("-1", "18446744073709551615"):
            self.assert_refused(compare("--seed", seed), 2, "--seed")

    def test_settings_of_a_model_whose_devices_are_listed(self):
        for wrong in (("--scale", "0"), ("--mean", "1,2"), ("--model-type", "ssd"), ("--model-type", "yolo99")):
            with self.subTest(wrong=wrong):
                self.assert_refused(run("devices", "-m", MODEL, *wrong), 2, wrong[1])
        self.assert_refused(run("devices", "-m", MODEL, "--labels", "none.txt"), 1, "none.txt")

    def test_unknown_device_lists_those_that_are_there(self):
        self.assert_refused(compare("--device", "TPU"), 2, "TPU", "CPU")

    def test_unknown_property_is_named(self):
        self.assert_refused(compare("--property", "WARP_SPEED=9"), 2, "WARP_SPEED")
        self.assert_refused(compare("--property", "WARP"), 2, "WARP", "KEY=VALUE")

    def test_precision_that_the_device_does_not_have(self):
        self.assert_refused(compare("--precision", "i3"), 2, "i3")

    def test_unknown_model_type_lists_the_adapters(self):
        self.assert_refused(compare("--model-type", "yolo99"), 2, "yolo99", "centerface", "ssd")

    def test_shapes(self):
        self.assert_refused(compare("--shape", "1,3,x,y"), 2, "--shape", "1,3,256,256")
        self.assert_refused(compare("--shape", "1,3,0,0"), 2, "--shape")
        self.assert_refused(compare("--shape", "1,4,64,64"), 2, "--shape", "1,4,64,64")


class BadInput(ProgramTest):
    def refused_clip(self, path, *words):
        self.assert_refused(run("compare", "--input", path, "--model", MODEL), 1, path, *words)

    def refused_model(self, path, *words):
        self.assert_refused(run("compare", "--input", CLIP, "--model", path), 1, *words)

    def test_clip_that_is_missing_or_none(self):
        self.refused_clip(self.folder / "none.mp4")
        self.refused_clip(self.folder, "the folder is empty")
        empty = self.folder / "empty.mp4"
        empty.touch()
        self.refused_clip(empty, "empty")
        text = self.folder / "text.mp4"
        text.write_text("this is no video\n" * 50, encoding="utf-8")
        self.refused_clip(text)

    def test_folder_without_pictures(self):
        (self.folder / "a.jpg").write_text("this is no picture", encoding="utf-8")
        self.refused_clip(self.folder, "none of its 1 files is a picture")

    def test_what_never_gives_the_same_frames_twice(self):
        for live in ("0", "rtsp://127.0.0.1:1/camera"):
            self.assert_refused(run("compare", "--input", live, "--model", MODEL), 2, live, "folder of pictures")

    def test_clip_without_its_index(self):
        cut = self.folder / "cut.mp4"
        whole = CLIP.read_bytes()
        cut.write_bytes(whole[:len(whole) // 2] if b"moov" in whole[-200000:] else whole[:2000])
        self.refused_clip(cut)

    def test_audio_only(self):
        self.refused_clip(MEDIA / "sound_only.mp4", "video")

    def test_model_that_is_missing_or_damaged(self):
        self.refused_model(self.folder / "none.xml", "none.xml")
        empty = self.folder / "empty.onnx"
        empty.touch()
        self.refused_model(empty, "empty.onnx")
        damaged = self.folder / "damaged.onnx"
        damaged.write_bytes(MODEL.read_bytes()[:5000])
        self.refused_model(damaged, "damaged.onnx")
        self.refused_model(CLIP, CLIP)
        text = self.folder / "text.xml"
        text.write_text("no model", encoding="utf-8")
        text.with_suffix(".bin").touch()
        self.refused_model(text, "text.xml")

    def test_ir_without_weights(self):
        self.refused_model(self.tiny_model(1, 3, 8, 8, with_weights=False), "tiny.xml", "tiny.bin")

    def test_model_whose_outputs_no_adapter_knows(self):
        self.refused_model(self.tiny_model(1, 3, 8, 8), "centerface", "ssd", "raw", "chain_out", "1,3,8,8")

    def test_a_model_that_fails_when_it_runs(self):
        done = run("compare", "--input", CLIP, "--model", self.failing_model(), "--model-type", "raw")
        self.assert_refused(done, 1, "OpenVINO failed: ")
        self.assertNotIn("Exception from", done.stderr, "a file and a line of OpenVINO's tell a user nothing")

    def test_model_without_image_input(self):
        path = self.tiny_model(1, 7)
        self.assert_refused(run("compare", "--input", CLIP, "--model", path, "--model-type", "raw"), 1, "image input", "1,7")

    def test_labels_that_are_missing(self):
        self.assert_refused(compare("--labels", self.folder / "labels.txt"), 1, "labels.txt")


class BadOutput(ProgramTest):
    def test_folder_that_cannot_be_made(self):
        file = self.folder / "file"
        file.touch()
        for flag in ("--json", "--html", "--video"):
            with self.subTest(flag=flag):
                self.assert_refused(compare(flag, file / "out.mp4"), 1, file / "out.mp4")

    def test_a_folder_is_no_file(self):
        self.assert_refused(compare("--json", self.folder), 1, self.folder)

    def test_full_disk(self):
        done = compare("--frames", "5", "--rounds", "1", "--json", "/dev/full")
        self.assertEqual(done.returncode, 1)
        self.assertIn("/dev/full", done.stderr)
        self.assertIn("No space left", done.stderr)

    def test_a_video_needs_a_regular_file(self):
        self.assert_refused(compare("--video", "/dev/full"), 1, "/dev/full", "regular file")

    def test_a_video_that_fails_leaves_the_report(self):
        json_file, html, video = (self.folder / name for name in ("c.json", "c.html", "c.mp4"))
        # A user's first picture: Fontconfig writes its cache, and where it cannot, complains on standard error by itself.
        compare("--frames", "1", "--rounds", "1", "--ways", "sync", "--video", video)
        video.unlink()
        done = compare("--frames", "100", "--rounds", "1", "--json", json_file, "--html", html, "--video", video,
                       preexec_fn=lambda: small_disk(20_000))
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertEqual(done.stderr.count("\n"), 1, done.stderr)
        self.assertIn(f"{video}: cannot be written", done.stderr)
        self.assertIn("two-requests", done.stdout)
        self.assertIn(f"wrote {json_file}", done.stdout)
        self.assertNotIn(f"wrote {video}", done.stdout)
        self.assertEqual(len(json.loads(json_file.read_text(encoding="utf-8"))["ways"]), 3)
        self.assertIn("</html>", html.read_text(encoding="utf-8"))
        self.assertEqual(sorted(path.name for path in self.folder.iterdir()), ["c.html", "c.json"])

    def test_an_output_that_fails_costs_no_other(self):
        outputs = {flag: self.folder / name for flag, name in (("--json", "c.json"), ("--html", "c.html"),
                                                               ("--video", "c.mp4"))}
        for bad in ("--json", "--html"):
            with self.subTest(bad=bad):
                done = compare("--frames", "5", "--rounds", "1", *flags(outputs | {bad: "/dev/full"}))
                self.assertEqual(done.returncode, 1, done.stderr)
                self.assertEqual(done.stderr.count("\n"), 1, done.stderr)
                self.assertIn("/dev/full: cannot be written", done.stderr)
                self.assertIn("two-requests", done.stdout)
                self.assertNotIn("wrote /dev/full", done.stdout)
                for flag, path in outputs.items():
                    self.assertEqual(path.exists(), flag != bad, path)
                    self.assertEqual(f"wrote {path}" in done.stdout, flag != bad, done.stdout)
                    path.unlink(missing_ok=True)

    def test_of_several_outputs_that_fail_the_first_is_named(self):
        html, other_full = self.folder / "c.html", self.folder / "full"
        other_full.symlink_to("/dev/full")
        done = compare("--frames", "5", "--rounds", "1", "--json", other_full, "--html", "/dev/full")
        self.assertEqual((done.returncode, done.stderr.count("\n")), (1, 1), done.stderr)
        self.assertIn(f"{other_full}: cannot be written", done.stderr)

    def standard_output_fails(self, stdout, reason, *arguments):
        done = subprocess.run([PROGRAM, *arguments], stdout=stdout, stderr=subprocess.PIPE, text=True, check=False)
        self.assertEqual((done.returncode, done.stderr),
                         (1, f"inflight: standard output cannot be written: {reason}; check where it leads\n"))

    def test_full_standard_output(self):
        with open("/dev/full", "w", encoding="utf-8") as full:
            self.standard_output_fails(full, "No space left on device", "devices")

    def test_standard_output_that_fails_costs_no_file(self):
        reader, gone = os.pipe()
        os.close(reader)
        with open("/dev/full", "w", encoding="utf-8") as full, open(gone, "w", encoding="utf-8") as pipe:
            for stdout, reason in ((full, "No space left on device"), (pipe, "Broken pipe")):
                with self.subTest(reason=reason):
                    target = self.folder / f"{reason}.json"
                    self.standard_output_fails(stdout, reason, "compare", "-i", CLIP, "-m", MODEL, "--frames", "5",
                                               "--rounds", "1", "--json", target)
                    self.assertEqual(len(json.loads(target.read_text(encoding="utf-8"))["ways"]), 3)

    def test_nothing_is_left_behind_by_a_refusal(self):
        target = self.folder / "new" / "out.json"
        self.assert_refused(run("compare", "-i", ASSETS / "none.mp4", "-m", MODEL, "--json", target), 1, "none.mp4")
        self.assertEqual([path.name for path in self.folder.rglob("*") if path.is_file()], [])


if __name__ == "__main__":
    unittest.main()
