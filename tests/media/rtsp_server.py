#!/usr/bin/python3
"""A camera: serves H.264 test pictures, 320x240 at 30 per second, at rtsp://127.0.0.1:PORT/camera until it is killed.

usage: rtsp_server.py [PORT]

Prints the port (a free one unless given) once it listens. Where a part is missing it says which, and ends with 77.
"""
import sys

PICTURES = ("( videotestsrc is-live=true pattern=ball ! video/x-raw,width=320,height=240,framerate=30/1"
            " ! x264enc tune=zerolatency speed-preset=ultrafast key-int-max=15 threads=1"
            " ! rtph264pay name=pay0 pt=96 config-interval=1 )")


def skip(reason):
    print(f"skip: {reason}", flush=True)
    sys.exit(77)


try:
    import gi
    gi.require_version("Gst", "1.0")
    gi.require_version("GstRtspServer", "1.0")
    from gi.repository import GLib, Gst, GstRtspServer
except (ImportError, ValueError) as error:
    skip(f"{error}; Debian: python3-gi, gir1.2-gst-rtsp-server-1.0")


def main():
    Gst.init(None)
    for element in ("videotestsrc", "x264enc", "rtph264pay"):
        if not Gst.ElementFactory.find(element):
            skip(f"GStreamer has no {element}; Debian: gstreamer1.0-plugins-base, -good, -ugly")
    factory = GstRtspServer.RTSPMediaFactory()
    factory.set_launch(PICTURES)
    factory.set_shared(True)
    server = GstRtspServer.RTSPServer()
    server.set_address("127.0.0.1")
    server.set_service(sys.argv[1] if len(sys.argv) > 1 else "0")
    server.get_mount_points().add_factory("/camera", factory)
    if not server.attach(None):
        sys.exit("cannot listen")
    print(server.get_bound_port(), flush=True)
    GLib.MainLoop().run()


if __name__ == "__main__":
    main()
