#include "measure/distributions.hpp"

#include <gtest/gtest.h>

namespace inflight {
namespace {

TEST(Distributions, NormalProbabilitiesAreThoseOfTheTables) {
  EXPECT_NEAR(normal_probability(0), 0.5, 1e-15);
  EXPECT_NEAR(normal_probability(1.959963984540054), 0.975, 1e-12);
  EXPECT_NEAR(normal_probability(-2.326347874040841), 0.01, 1e-12);
}

TEST(Distributions, StudentQuantilesAreThoseOfTheTables) {
  EXPECT_NEAR(student_quantile(0.975, 1), 12.706204736, 1e-6);
  EXPECT_NEAR(student_quantile(0.975, 6), 2.446911851, 1e-8);
  EXPECT_NEAR(student_quantile(0.99, 10), 2.763769458, 1e-8);
  EXPECT_NEAR(student_quantile(0.95, 1e6), 1.6448551, 1e-5);
  EXPECT_NEAR(student_quantile(0.005, 4.5), -student_quantile(0.995, 4.5), 1e-9);
  EXPECT_NEAR(student_quantile(0.5, 3), 0, 1e-7);
}

TEST(Distributions, StudentProbabilityUndoesTheQuantile) {
  for (const double degrees : {1.0, 2.5, 7.0, 30.0, 400.0}) {
    for (const double probability : {1e-6, 0.01, 0.3, 0.5, 0.8, 0.999}) {
      EXPECT_NEAR(student_probability(student_quantile(probability, degrees), degrees), probability, 1e-9);
    }
  }
}

}  // namespace
}  // namespace inflight
