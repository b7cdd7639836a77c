// Writes the pages of examples, for tests that look at them from outside.
#include <cstdlib>
#include <fstream>
#include <string>

#include "example_explanation.hpp"
#include "example_record.hpp"
#include "inflight/report/compare_report.hpp"
#include "inflight/report/explain_report.hpp"

int main(int count, char** arguments) {
  if (count != 2) return EXIT_FAILURE;
  const std::string folder = arguments[1];
  std::ofstream(folder + "/compare.html") << inflight::render_html(inflight::example_record());
  std::ofstream(folder + "/hostile.html") << inflight::render_html(inflight::hostile_record());
  std::ofstream(folder + "/explain.html") << inflight::render_html(inflight::example_explanation(), "");
}
