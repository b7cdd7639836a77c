#!/usr/bin/env bash
# Makes the small clips that the tests read: make_test_media.sh DIR
# Says nothing, takes some seconds, and does nothing when DIR is complete and was made by this version of the script.
set -euo pipefail

if [[ $# -ne 1 ]]; then
  echo "usage: ${0##*/} DIR" >&2
  exit 2
fi
if ! command -v ffmpeg >/dev/null; then
  echo "${0##*/}: the program ffmpeg is missing; install it (Debian: ffmpeg)" >&2
  exit 1
fi

script=$(realpath "$0")
mkdir -p "$1"
cd "$1"

# Two builds may share DIR. The lock goes with the process.
exec 9>.lock
flock 9

# What a complete DIR looks like: this script, and every file with its size.
state() {
  sha256sum <"$script"
  find . -maxdepth 1 -type f -not -name '.*' -printf '%f %s\n' | LC_ALL=C sort
}
if [[ -f .stamp ]] && state | cmp -s - .stamp; then
  exit 0
fi
rm -f .stamp

# One thread, and no versions or dates in the files: the same bytes on every machine.
make() { ffmpeg -hide_banner -loglevel error -nostdin -y -threads 1 -filter_threads 1 "$@" 9>&-; }
exact=(-fflags +bitexact -flags:v +bitexact -threads 1)
x264=(-c:v libx264 -preset veryfast "${exact[@]}")

# overwrite FILE OFFSET COUNT: bytes in the middle of a file become 255.
overwrite() {
  head -c "$3" /dev/zero | tr '\0' '\377' | dd of="$1" bs=1 seek="$2" conv=notrunc status=none
}
size_of() { stat -c %s "$1"; }
# first_half FROM TO
first_half() { head -c "$(($(size_of "$1") / 2))" "$1" >"$2"; }

# format_<pixel format>.<container>: five frames of a test picture in every format, known to the reader or not.
formats() {
  local -a outputs=()
  local format
  for format in gray gray10le gray12le gray16le yuv410p yuv411p yuv420p yuv422p yuv440p yuv444p \
    yuv420p9le yuv422p9le yuv444p9le yuv420p10le yuv422p10le yuv440p10le yuv444p10le \
    yuv420p12le yuv422p12le yuv440p12le yuv444p12le yuv420p14le yuv422p14le yuv444p14le \
    yuv420p16le yuv422p16le yuv444p16le yuva420p yuva422p yuva444p yuva420p10le yuva444p16le \
    gbrp gbrp10le gbrp16le gbrap bgr0 bgra rgb48le; do
    outputs+=(-vf "format=$format" -c:v ffv1 "${exact[@]}" "format_$format.mkv")
  done
  for format in bgr24 monob monow nv12 nv21 pal8 rgb24 rgba uyvy422 ya8 yuyv422 \
    yuv420p10be yuv444p12be yuv420p16be; do
    outputs+=(-vf "format=$format" -c:v rawvideo "${exact[@]}" "format_$format.nut")
  done
  for format in yuvj420p yuvj422p yuvj444p; do
    outputs+=(-vf "scale=out_range=pc,format=$format" -c:v mjpeg -q:v 2 "${exact[@]}" "format_$format.avi")
  done
  make -f lavfi -i testsrc2=size=64x48:rate=25:duration=0.2,format=gbrp "${outputs[@]}"
}

# color_<pixel format>_<range>_<matrix>.<container>: five frames of RGB (200, 60, 30), losslessly, tagged as named.
colors() {
  local -a outputs=()
  local format range matrix tag codec
  for matrix in bt601 bt709; do
    tag=bt709
    if [[ $matrix == bt601 ]]; then tag=smpte170m; fi
    for range in tv pc; do
      for format in gray yuv420p yuv422p yuv444p yuv420p10le yuv422p10le yuv444p10le yuv420p12le yuv444p16le \
        yuva420p nv12; do
        codec=ffv1
        if [[ $format == nv12 ]]; then codec=rawvideo; fi
        outputs+=(-vf "scale=out_color_matrix=$matrix:out_range=$range:flags=accurate_rnd+full_chroma_int,format=$format"
          -c:v "$codec" -color_range "$range" -colorspace "$tag" -allow_raw_vfw 1 "${exact[@]}"
          "color_${format}_${range}_${matrix}.mkv")
      done
    done
  done
  outputs+=(-vf format=gbrp -c:v ffv1 "${exact[@]}" color_gbrp.mkv)
  outputs+=(-vf format=rgb24 -c:v rawvideo "${exact[@]}" color_rgb24.nut)
  outputs+=(-vf format=bgra -c:v rawvideo "${exact[@]}" color_bgra.nut)
  make -f lavfi -i color=c=0xC83C1E:size=64x48:rate=25:duration=0.2,format=gbrp "${outputs[@]}"
}

# Two seconds in the codecs and containers that people have, 50 frames each.
codecs() {
  local b_frames=(-bf 3 -g 25 -x264-params b-pyramid=normal:keyint=25:scenecut=0)
  make -f lavfi -i testsrc2=size=160x120:rate=25:duration=2,format=yuv420p \
    "${x264[@]}" "${b_frames[@]}" b_frames.mp4 \
    "${x264[@]}" "${b_frames[@]}" -movflags +faststart faststart.mp4 \
    "${x264[@]}" "${b_frames[@]}" -movflags +frag_keyframe+empty_moov fragmented.mp4 \
    "${x264[@]}" "${b_frames[@]}" -cluster_time_limit 200 h264.mkv \
    "${x264[@]}" "${b_frames[@]}" h264.ts \
    "${x264[@]}" "${b_frames[@]}" h264.flv \
    "${x264[@]}" "${b_frames[@]}" raw.h264 \
    "${x264[@]}" -bf 0 -g 1000 one_keyframe.mp4 \
    -c:v libx265 -preset ultrafast -pix_fmt yuv420p10le -x265-params log-level=none:pools=1 "${exact[@]}" hevc10.mp4 \
    -c:v mpeg2video -g 12 -bf 2 "${exact[@]}" mpeg2.mpg \
    -c:v mpeg2video -g 12 -bf 2 "${exact[@]}" mpeg2.ts \
    -c:v mpeg4 "${exact[@]}" mpeg4.avi \
    -c:v mjpeg "${exact[@]}" mjpeg.avi \
    -c:v libvpx-vp9 -deadline realtime -cpu-used 8 "${exact[@]}" vp9.webm
  make -f lavfi -i testsrc2=size=64x48:rate=25:duration=0.2,scale=63:47,format=yuv420p \
    -c:v ffv1 "${exact[@]}" odd.mkv -c:v libvpx-vp9 -deadline realtime -cpu-used 8 "${exact[@]}" odd.webm
  make -f lavfi -i color=c=gray:size=1280x720:rate=25:duration=0.2,format=yuv420p \
    -c:v ffv1 -color_range tv "${exact[@]}" hd_untagged.mkv \
    -c:v ffv1 -color_range tv -colorspace smpte170m "${exact[@]}" hd_bt601.mkv
}

# Copies with another header: rotation, cropping, edit lists, sound beside the picture.
variants() {
  local copy=(-c copy -fflags +bitexact)
  # The tag counts counterclockwise: the name says how far the picture must be turned clockwise to stand upright.
  make -i b_frames.mp4 "${copy[@]}" -metadata:s:v rotate=270 rotated_90.mp4 \
    "${copy[@]}" -metadata:s:v rotate=180 rotated_180.mp4 \
    "${copy[@]}" -metadata:s:v rotate=90 rotated_270.mp4 \
    "${copy[@]}" -bsf:v h264_metadata=crop_left=6:crop_right=4:crop_top=2:crop_bottom=8 cropped.mp4
  make -i b_frames.mp4 -vf format=yuv422p "${x264[@]}" -frames:v 5 upright_yuv422p.mp4 \
    -vf format=rgb24 -c:v png "${exact[@]}" -frames:v 5 upright_rgb.mov
  make -i upright_yuv422p.mp4 "${copy[@]}" -metadata:s:v rotate=270 rotated_90_yuv422p.mp4
  make -i upright_rgb.mov "${copy[@]}" -metadata:s:v rotate=270 rotated_90_rgb.mov
  make -ss 0.5 -i b_frames.mp4 "${copy[@]}" -t 1 edit_list.mp4
  make -i b_frames.mp4 -f lavfi -i sine=duration=4 -map 0:v -map 1:a -c:v copy -c:a aac -fflags +bitexact \
    -flags:a +bitexact long_sound.mp4 -map 0:v -map 1:a -c:v copy -c:a aac -fflags +bitexact long_sound.mkv \
    -map 0:v -map 1:a -c:v copy -c:a aac -ar 44100 -fflags +bitexact long_sound.flv
}

# Files that are not what their names say, or not whole.
broken() {
  local size
  make -f lavfi -i sine=duration=1 -c:a aac -fflags +bitexact -flags:a +bitexact sound_only.mp4
  : >empty.mp4
  printf 'This is a text, not a video.\n%.0s' {1..50} >text.mp4
  cp text.mp4 text.txt

  first_half faststart.mp4 truncated.mp4
  first_half b_frames.mp4 no_moov.mp4
  first_half h264.mkv truncated.mkv
  first_half h264.ts truncated.ts
  first_half h264.flv truncated.flv
  first_half mpeg4.avi truncated.avi

  cp b_frames.mp4 damaged.mp4
  overwrite damaged.mp4 "$(($(size_of damaged.mp4) / 2))" 3000
  cp mpeg4.avi damaged.avi
  overwrite damaged.avi "$(($(size_of damaged.avi) / 2))" 3000
  cp h264.ts damaged.ts
  overwrite damaged.ts "$(($(size_of damaged.ts) / 2))" 3000
  cp h264.mkv damaged.mkv
  overwrite damaged.mkv "$(($(size_of damaged.mkv) / 2))" 3000

  # All pictures, but not the header, which stands behind them.
  cp b_frames.mp4 undecodable.mp4
  size=$(grep -abo moov undecodable.mp4 | head -n 1 | cut -d : -f 1)
  overwrite undecodable.mp4 64 "$((size - 128))"

  LC_ALL=C sed 's/FMP4/ZQZQ/g' mpeg4.avi >unknown_codec.avi
}

# Pictures of all kinds and sizes, one of them turned by the tag that photographs have.
pictures() {
  make -f lavfi -i testsrc2=size=64x48 -frames:v 1 "${exact[@]}" picture_a.jpg
  make -f lavfi -i testsrc2=size=80x60 -frames:v 1 "${exact[@]}" picture_b.png
  make -f lavfi -i testsrc2=size=96x72 -frames:v 1 "${exact[@]}" picture_c.bmp
  make -f lavfi -i testsrc2=size=112x84 -frames:v 1 -c:v libwebp "${exact[@]}" picture_d.webp
  make -f lavfi -i testsrc2=size=64x48:duration=0.2 "${exact[@]}" picture_e.gif
  # Exif, big-endian, with one entry: orientation 6, to be turned clockwise by 90 degrees.
  {
    printf '\xff\xd8\xff\xe1\0\x22Exif\0\0MM\0\x2a\0\0\0\x08\0\1\1\x12\0\3\0\0\0\1\0\6\0\0\0\0\0\0'
    tail -c +3 picture_a.jpg
  } >picture_rotated.jpg
  head -c 300 picture_b.png >picture_cut.png
}

formats
colors
codecs
variants
pictures
broken
state >.stamp.new
mv .stamp.new .stamp
