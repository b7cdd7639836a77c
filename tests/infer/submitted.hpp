// What a test expects of a submission, unless it tests the answer.
#pragma once

#include <gtest/gtest.h>

#include "inflight/infer/submit.hpp"

namespace inflight {

inline void submitted(Submit answer) { EXPECT_EQ(answer, Submit::accepted) << to_string(answer); }

}  // namespace inflight
