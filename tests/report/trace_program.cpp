// Writes the trace of an example, for tests that look at it from outside.
#include <cstdlib>

#include "example_run.hpp"
#include "inflight/report/trace.hpp"

int main(int count, char** arguments) {
  if (count != 2) return EXIT_FAILURE;
  inflight::ExampleRuns runs;
  for (inflight::TimelineWay& way : runs.ways) way.note.clear();
  inflight::write_trace(arguments[1], runs.ways);
}
