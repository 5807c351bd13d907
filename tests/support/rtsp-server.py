"""A GStreamer RTSP server for tests: `rtsp-server.py PORT MP4 [RTP_PORT]`.

`/file` plays the H.264 track of MP4 once per client and then ends; `/live` relays the RTP H.264 that arrives on UDP
port RTP_PORT. With RTSP_AUTH=1 `/file` asks for user `camera`, password `secret`; with RTSP_CODEC=h265 its track is H.265. Prints `ready` when it listens.
"""

import os
import sys

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtspServer

Gst.init(None)
port, clip = sys.argv[1], sys.argv[2]
rtp_port = sys.argv[3] if len(sys.argv) > 3 else None
codec = os.environ.get("RTSP_CODEC", "h264")
loop = GLib.MainLoop()


def file_factory():
    factory = GstRtspServer.RTSPMediaFactory()
    factory.set_launch(
        f'( filesrc location="{clip}" ! qtdemux name=d d.video_0 ! queue ! {codec}parse config-interval=-1 '
        f"! rtp{codec}pay name=pay0 pt=96 config-interval=0 )"
    )
    factory.set_shared(False)
    return factory


server = GstRtspServer.RTSPServer()
server.set_address("127.0.0.1")
server.set_service(port)
mounts = server.get_mount_points()
mounts.add_factory("/file", file_factory())

if rtp_port:
    live = GstRtspServer.RTSPMediaFactory()
    caps = "application/x-rtp,media=video,clock-rate=90000,encoding-name=H264,payload=96"
    live.set_launch(
        f'( udpsrc address=127.0.0.1 port={rtp_port} buffer-size=4194304 caps="{caps}" ! rtph264depay '
        "! h264parse config-interval=-1 ! rtph264pay name=pay0 pt=96 config-interval=0 )"
    )
    live.set_shared(True)
    live.set_latency(0)
    mounts.add_factory("/live", live)

if os.environ.get("RTSP_AUTH"):
    auth = GstRtspServer.RTSPAuth()
    token = GstRtspServer.RTSPToken()
    token.set_string("media.factory.role", "camera")
    auth.add_basic(GstRtspServer.RTSPAuth.make_basic("camera", "secret"), token)
    server.set_auth(auth)
    permissions = GstRtspServer.RTSPPermissions()
    permissions.add_permission_for_role("camera", "media.factory.access", True)
    permissions.add_permission_for_role("camera", "media.factory.construct", True)
    mounts.match("/file")[0].set_permissions(permissions)

server.attach(None)
print("ready", flush=True)
loop.run()
