"""Python's AsyncInferQueue on a model of one addition, for bench_queue, which is at the other end of the pipe.

usage: python_queue.py REQUESTS    says "ready VERSION", and then to each line "array N" or "bare N" how many seconds N
                                   items took that were given an array of four numbers, or nothing
"""
import os
import sys
import time


def say(text):
    print(text, flush=True)


def main():
    try:
        import openvino
        import numpy
        from openvino import opset13
    except ImportError as error:
        say(f"missing {error.name}")
        return
    parameter = opset13.parameter([1, 4], openvino.Type.f32)
    total = opset13.add(parameter, opset13.constant(numpy.float32(1)))
    compiled = openvino.Core().compile_model(openvino.Model([total], [parameter]), "CPU", {"PERFORMANCE_HINT": "THROUGHPUT"})
    queue = openvino.AsyncInferQueue(compiled, int(sys.argv[1]))
    queue.set_callback(lambda request, userdata: None)
    numbers = numpy.zeros([1, 4], numpy.float32)
    say(f"ready {openvino.__version__}")
    for line in sys.stdin:
        way, items = line.split()
        inputs = numbers if way == "array" else None
        start = time.perf_counter()
        for i in range(int(items)):
            queue.start_async(inputs, i)
        queue.wait_all()
        say(time.perf_counter() - start)


if __name__ == "__main__":
    main()
    os._exit(0)  # the queue's own end, which it stumbles over at times, is not measured
