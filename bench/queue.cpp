// What the queue costs against the shortest correct loop by hand, and against itself in its other forms. Rounds of all
// rows are interleaved; each ratio is that of two runs of one round, and stands beside its A/A control.
#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <openvino/op/add.hpp>
#include <openvino/op/constant.hpp>
#include <openvino/op/parameter.hpp>
#include <openvino/openvino.hpp>

#include "inflight/base/clock.hpp"
#include "inflight/infer/async_infer_queue.hpp"
#include "inflight/vision/image_model.hpp"
#include "python_queue.hpp"
#include "queue_loops.hpp"
#include "queue_null.hpp"
#include "rounds.hpp"

namespace {

using namespace inflight::bench;
using inflight::AsyncInferQueue;
using inflight::Clock;
using inflight::median_of;
using inflight::Order;

std::vector<std::string> all_parts() { return {"operation", "python", "models", "null"}; }

struct Options {
  std::vector<std::string> models{INFLIGHT_ROOT "/assets/centerface.onnx"};
  std::vector<std::string> parts = all_parts();
  std::size_t requests = 4;
  int rounds = 15;
  long items = 0;  // so many that a run takes the time that it is to take
  double fill_us = 0;
  std::string python = INFLIGHT_ROOT "/.venv/bin/python";
};

/// face-detection-0200 is nothing that comes with the sources: it lies where the other benchmarks look for it as well.
std::filesystem::path face_detection() {
  const char* folder = std::getenv("INFLIGHT_REFERENCE_DIR");
  return std::filesystem::path(folder != nullptr ? folder : INFLIGHT_ROOT "/../shared") /
         "models/face-detection-0200.xml";
}

std::shared_ptr<ov::Model> one_operation_model() {
  const auto input = std::make_shared<ov::op::v0::Parameter>(ov::element::f32, ov::Shape{1, 4});
  const auto one = ov::op::v0::Constant::create(ov::element::f32, ov::Shape{}, {1});
  const auto sum = std::make_shared<ov::op::v1::Add>(input, one);
  return std::make_shared<ov::Model>(ov::OutputVector{sum}, ov::ParameterVector{input});
}

ov::CompiledModel compile(ov::Core& core, const std::shared_ptr<ov::Model>& model) {
  return core.compile_model(model, "CPU", ov::hint::performance_mode(ov::hint::PerformanceMode::THROUGHPUT));
}

/// Their inputs hold a grey ramp, or zeros where they take other numbers than bytes: whatever lies in fresh memory may
/// be numbers that are slow to compute with.
std::vector<ov::InferRequest> requests_of(ov::CompiledModel& compiled, std::size_t count) {
  std::vector<ov::InferRequest> requests;
  for (std::size_t i = 0; i < count; ++i) {
    requests.push_back(compiled.create_infer_request());
    for (std::size_t input = 0; input < compiled.inputs().size(); ++input) {
      ov::Tensor tensor = requests.back().get_input_tensor(input);
      auto* bytes = static_cast<std::uint8_t*>(tensor.data());
      const bool ramp = tensor.get_element_type() == ov::element::u8;
      for (std::size_t at = 0; at < tensor.get_byte_size(); ++at) bytes[at] = static_cast<std::uint8_t>(ramp ? at : 0);
    }
  }
  return requests;
}

std::unique_ptr<Queue> make_queue(ov::CompiledModel& compiled, std::size_t requests,
                                  Order order = Order::as_completed) {
  auto queue = std::make_unique<Queue>(requests_of(compiled, requests), inflight::QueueOptions{.order = order});
  queue->set_callback([](const Queue::Result&) {});
  return queue;
}

void print_head(const std::string& what, const Options& options, long items) {
  fmt::print("{}, {} requests, {} rounds of {} items; median, and median ratio [95 % interval from 6 rounds on]\n",
             what, options.requests, options.rounds, items);
}

void bench_operation(const Options& options) {
  ov::Core core;
  ov::CompiledModel compiled = compile(core, one_operation_model());
  const SlowFill fill{options.fill_us};
  const long n = options.items > 0 ? options.items : 20'000;
  HandWritten hand(requests_of(compiled, options.requests));
  const auto queue = make_queue(compiled, options.requests), queue8 = make_queue(compiled, 8);
  const auto ordered = make_queue(compiled, options.requests, Order::as_submitted);
  const auto ordered8 = make_queue(compiled, 8, Order::as_submitted);
  std::vector<Row> rows{
      row_of("by hand", n, [&] { hand.run(n, fill); }),
      row_of("by hand, again (A/A)", n, [&] { hand.run(n, fill); }),
      row_of("queue", n, [&] { run_queue(*queue, n, 1, fill); }),
      row_of("queue, ordered", n, [&] { run_queue(*ordered, n, 1, fill); }),
      row_of("queue, again (A/A)", n, [&] { run_queue(*queue, n, 1, fill); }),
      row_of("queue, 8 requests", n, [&] { run_queue(*queue8, n, 1, fill); }),
      row_of("queue, 8 requests, again (A/A)", n, [&] { run_queue(*queue8, n, 1, fill); }),
      row_of("queue, 8 requests, ordered", n, [&] { run_queue(*ordered8, n, 1, fill); }),
      row_of("queue, restarts in the callback", n, [&] { run_restarts(*queue, n, fill); }),
  };
  const std::size_t first_producers = rows.size();
  for (const int producers : {2, 4, 8, 16, 16}) {
    const bool again = rows.back().name == "queue, 16 producers";
    rows.push_back(row_of(fmt::format("queue, {} producers{}", producers, again ? ", again (A/A)" : ""), n,
                          [&, producers] { run_queue(*queue, n, producers, fill); }));
  }
  measure(rows, options.rounds);
  print_head("one-operation model", options, n);
  print_alone(rows[0]);
  for (std::size_t i = 1; i < first_producers; ++i) print_ratio(rows[i], rows[0], i == 2 ? "; bar: at most 1.05" : "");
  print_ratio(rows[3], rows[2], "; bar: at most 1.05");
  print_ratio(rows[4], rows[2]);
  print_ratio(rows[7], rows[5], "; bar: at most 1.05");
  print_ratio(rows[6], rows[5]);
  double best = median_of(rows[2].us);
  double worst = best;
  for (std::size_t i = first_producers; i < rows.size(); ++i) print_ratio(rows[i], rows[2]);
  print_ratio(rows[rows.size() - 1], rows[rows.size() - 2]);
  for (std::size_t i = first_producers; i + 1 < rows.size(); ++i) {
    best = std::min(best, median_of(rows[i].us));
    worst = std::max(worst, median_of(rows[i].us));
  }
  fmt::print("  1 to 16 producers, worst against best rate: {:.2f}; bar: at least 0.85\n", best / worst);
}

/// Both are given four numbers for each item, and then neither is given anything.
void bench_python(const Options& options) {
  std::optional<PythonQueue> python;
  try {
    python.emplace(options.python, options.requests);
  } catch (const std::runtime_error& missing) {
    fmt::print("against Python's AsyncInferQueue: skipped, {}\n", missing.what());
    return;
  }
  ov::Core core;
  ov::CompiledModel compiled = compile(core, one_operation_model());
  const auto queue = make_queue(compiled, options.requests);
  const auto fill = [](inflight::Inputs inputs) { std::fill_n(inputs[0].data<float>(), 4, 0.F); };
  const long n = options.items > 0 ? options.items : 20'000;
  const long slow = std::max(1L, n / 5);  // for about the same time
  const auto python_row = [&](std::string name, const char* way) {
    return Row{std::move(name), [&python, way, slow] { return python->run(way, slow); }, static_cast<double>(slow)};
  };
  std::vector<Row> rows{
      python_row("Python, an array", "array"),
      row_of("queue, filled", n, [&] { run_queue(*queue, n, 1, fill); }),
      python_row("Python, an array, again (A/A)", "array"),
      row_of("queue, filled, again (A/A)", n, [&] { run_queue(*queue, n, 1, fill); }),
      python_row("Python, no input", "bare"),
      row_of("queue, nothing to fill", n, [&] { run_queue(*queue, n, 1, no_fill); }),
      python_row("Python, no input, again (A/A)", "bare"),
      row_of("queue, nothing to fill, again (A/A)", n, [&] { run_queue(*queue, n, 1, no_fill); }),
  };
  measure(rows, options.rounds);
  print_head(
      fmt::format("one-operation model, against Python's queue of OpenVINO {} with {} items", python->version(), slow),
      options, n);
  print_alone(rows[0]);
  print_rate(rows[2], rows[0]);
  print_rate(rows[1], rows[0], "; bar: at least 4");
  print_rate(rows[3], rows[1]);
  print_alone(rows[4]);
  print_rate(rows[6], rows[4]);
  print_rate(rows[5], rows[4]);
  print_rate(rows[7], rows[5]);
}

/// How many items take about 0.3 s.
long items_of_a_run(HandWritten& hand, const SlowFill& fill) {
  constexpr long few = 20;
  hand.run(few, fill);
  const double per_item = seconds_of([&] { hand.run(few, fill); }) / static_cast<double>(few);
  return std::clamp(std::lround(0.3 / per_item), 16L, 1'000'000L);
}

void bench_model(const Options& options, const std::string& path) {
  ov::Core core;
  inflight::ImageModelOptions image;
  image.path = path;
  const inflight::ImageModel model = inflight::load_image_model(core, image, {1280, 720});
  ov::CompiledModel compiled = compile(core, model.model);
  const SlowFill fill{options.fill_us};
  HandWritten hand(requests_of(compiled, options.requests));
  HandRestarted hand_restarted(requests_of(compiled, options.requests));
  const auto queue = make_queue(compiled, options.requests);
  const long n = options.items > 0 ? options.items : items_of_a_run(hand, fill);
  std::vector<Row> rows{
      row_of("by hand", n, [&] { hand.run(n, fill); }),
      row_of("queue", n, [&] { run_queue(*queue, n, 1, fill); }),
      row_of("by hand, again (A/A)", n, [&] { hand.run(n, fill); }),
      row_of("queue, again (A/A)", n, [&] { run_queue(*queue, n, 1, fill); }),
      row_of("queue, restarts in the callback", n, [&] { run_restarts(*queue, n, fill); }),
      row_of("by hand, restarts in the callback", n, [&] { hand_restarted.run(n, fill); }),
      row_of("queue, restarts that wake a thread", n, [&] { run_restarts_that_wake(*queue, n, fill); }),
  };
  measure(rows, options.rounds);
  print_head(fmt::format("{} {}x{}, {} streams", model.name, model.preprocess.width, model.preprocess.height,
                         compiled.get_property(ov::num_streams).num),
             options, n);
  print_alone(rows[0]);
  for (const std::size_t i : {2U, 1U, 3U, 4U, 5U, 6U}) {
    print_ratio(rows[i], rows[0], i == 1 ? "; bar: at most 1.02, or inside the A/A interval" : "");
  }
  print_ratio(rows[3], rows[1]);
  print_ratio(rows[4], rows[1]);
  for (const std::size_t i : {2U, 1U, 4U, 5U}) print_cpu(rows[i], rows[0]);
}

}  // namespace

int main(int argc, char** argv) try {
  Options options;
  std::vector<std::string> models;
  CLI::App app(
      "What AsyncInferQueue costs against a loop by hand, against Python's, ordered against unordered, by producers, "
      "and "
      "itself");
  app.add_option("--part", options.parts, "operation, python, models or null; without any, all of them")
      ->check(CLI::IsMember(all_parts()));
  app.add_option("--model", models,
                 "A file of a model that takes pictures, measured besides CenterFace and face-detection-0200")
      ->check(CLI::ExistingFile);
  app.add_option("--requests", options.requests, "Requests of both")->check(CLI::Range(1, 1000))->capture_default_str();
  app.add_option("--rounds", options.rounds, "Interleaved rounds")->check(CLI::Range(3, 1000))->capture_default_str();
  app.add_option("--items", options.items, "Items of a run; without it so many that a run takes about 0.3 s")
      ->check(CLI::Range(16, 100'000'000));
  app.add_option("--fill-us", options.fill_us, "Microseconds that it takes to fill an input, by hand as in the queue")
      ->check(CLI::Range(0.0, 1e6));
  app.add_option("--python", options.python, "The Python whose queue is measured; without it that of .venv");
  CLI11_PARSE(app, argc, argv);
  options.models.insert(options.models.end(), models.begin(), models.end());
  for (const std::string& part : options.parts) {
    if (part == "operation") bench_operation(options);
    if (part == "python") bench_python(options);
    if (part == "null") bench_null(options.rounds);
    if (part != "models") continue;
    if (const auto path = face_detection(); std::filesystem::exists(path)) {
      bench_model(options, path.string());
    } else {
      fmt::print("face-detection-0200: skipped, there is no {}; INFLIGHT_REFERENCE_DIR names another folder\n",
                 path.lexically_normal().string());
    }
    for (const std::string& model : options.models) bench_model(options, model);
  }
} catch (const std::exception& error) {
  fmt::print(stderr, "bench_queue: {}\n", error.what());
  return 1;
}
