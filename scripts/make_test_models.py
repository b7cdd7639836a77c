"""Makes the small models in foreign formats that the tests read: make_test_models.py DIR

add.tflite: [1,24,40,3] floats, to which 10, 20 and 30 are added by channel.
relu.pdmodel: [1,3,24,40] floats, of which the negative ones become 0.
Written byte by byte, so that no other framework is needed. The layouts are those of FlatBuffers' "Internals" with the
fields of TensorFlow Lite's schema.fbs, and of Protocol Buffers' "Encoding" with those of Paddle's framework.proto.
"""
import os
import pathlib
import struct
import sys


class Table:
    """A table of FlatBuffers. Its fields in the order of the schema: None (absent), int, str, bytes, list or Table."""

    def __init__(self, *fields):
        self.fields = fields


def number(value, kind="i"):
    return struct.pack("<" + kind, value)


def align(out, size):
    out.extend(bytes(-len(out) % size))


def add_slots(out, values):
    """Numbers, and references to what is laid down behind them."""
    start = len(out)
    for value in values:
        out.extend(number(value if isinstance(value, int) else 0))
    for i, value in enumerate(values):
        if not isinstance(value, int):
            slot = start + 4 * i
            out[slot:slot + 4] = number(lay_down(out, value) - slot)


def lay_down(out, thing):
    """Appends it, and all that it refers to, and returns where it begins."""
    if isinstance(thing, Table):
        align(out, 4)
        present = [field for field in thing.fields if field is not None]
        offsets, offset = [], 4
        for field in thing.fields:
            offsets.append(0 if field is None else offset)
            offset += 0 if field is None else 4
        vtable = struct.pack(f"<{2 + len(offsets)}H", 4 + 2 * len(offsets), offset, *offsets)
        out.extend(vtable)
        align(out, 4)
        start = len(out)
        out.extend(number(len(vtable) + -len(vtable) % 4))
        add_slots(out, present)
        return start
    if isinstance(thing, list):
        align(out, 4)
        start = len(out)
        out.extend(number(len(thing)))
        add_slots(out, thing)
        return start
    out.extend(bytes(-(len(out) + 4) % 16))  # what a buffer holds is aligned for SIMD
    start = len(out)
    content = thing.encode() if isinstance(thing, str) else thing
    out.extend(number(len(content)) + content + b"\0")
    return start


def tflite():
    float32, add, add_options = 0, 0, 11  # of the schema's enumerations
    nothing, offsets = Table(), Table(struct.pack("<3f", 10, 20, 30))
    tensors = [Table([1, 24, 40, 3], float32, 0, "picture"), Table([3], float32, 1, "offsets"),
               Table([1, 24, 40, 3], float32, 0, "sum")]
    operator = Table(0, [0, 1], [2], add_options, Table())
    graph = Table(tensors, [0], [2], [operator], "main")
    model = Table(3, [Table(add, None, 1, add)], [graph], "adds a colour", [nothing, offsets])
    out = bytearray(8)
    out[:8] = number(lay_down(out, model)) + b"TFL3"
    return bytes(out)


def varint(value):
    value %= 1 << 64  # negative ones as their complement
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    return bytes(out) + bytes([value])


def message(*fields):
    """A message of Protocol Buffers: (number, int, str or bytes) each."""
    out = b""
    for tag, value in fields:
        if isinstance(value, int):
            out += varint(tag << 3) + varint(value)
        else:
            content = value.encode() if isinstance(value, str) else value
            out += varint(tag << 3 | 2) + varint(len(content)) + content
    return out


def pdmodel():
    fp32, lod_tensor, feed_minibatch, fetch_list = 5, 7, 9, 10
    attribute_int = 0

    def tensor(name):
        dims = [(2, size) for size in (1, 3, 24, 40)]
        kind = message((1, lod_tensor), (3, message((1, message((1, fp32), *dims)))))
        return message((1, name), (2, kind))

    def special(name, kind):
        return message((1, name), (2, message((1, kind))), (3, 1))

    def operator(kind, taken, given, *attributes):
        ports = [(1, message((1, "X"), (2, taken))), (2, message((1, "Out"), (2, given)))]
        return message(*ports, (3, kind), *((4, attribute) for attribute in attributes))

    column = message((1, "col"), (2, attribute_int), (3, 0))
    variables = [special("feed", feed_minibatch), special("fetch", fetch_list), tensor("picture"), tensor("relu_out")]
    operators = [operator("feed", "feed", "picture", column), operator("relu", "picture", "relu_out"),
                 operator("fetch", "relu_out", "fetch", column)]
    block = message((1, 0), (2, -1), *((3, variable) for variable in variables), *((4, op) for op in operators))
    return message((1, block), (4, message((1, 2_000_000))))


def main():
    if len(sys.argv) != 2:
        sys.exit("usage: make_test_models.py DIR")
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in (("add.tflite", tflite()), ("relu.pdmodel", pdmodel())):
        new = folder / f".{name}.{os.getpid()}"
        new.write_bytes(content)
        new.replace(folder / name)


main()
