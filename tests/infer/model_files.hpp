// Models made in code, and files of them in a folder that goes away with the test.
#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <utility>

#include <gtest/gtest.h>

#include <openvino/core/model.hpp>
#include <openvino/op/add.hpp>
#include <openvino/op/constant.hpp>
#include <openvino/op/parameter.hpp>

namespace inflight {

/// A folder of its own for each test.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    std::string name = std::string("inflight-") + test->test_suite_name() + "-" + test->name();
    for (char& c : name) c = c == '/' ? '-' : c;
    path_ = std::filesystem::path(testing::TempDir()) / name;
    std::filesystem::remove_all(path_);
    std::filesystem::create_directories(path_);
  }
  ~TemporaryFolder() { std::filesystem::remove_all(path_); }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  std::string operator/(const std::string& file) const { return (path_ / file).string(); }
  std::string path() const { return path_.string(); }

  std::string write(const std::string& file, const std::string& bytes) const {
    std::ofstream(path_ / file, std::ios::binary) << bytes;
    return *this / file;
  }

 private:
  std::filesystem::path path_;
};

inline std::string bytes_of_file(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

/// A model of one or more inputs "image0", "image1"... that adds 1 to the first, in the type of the input.
inline std::shared_ptr<ov::Model> add_one_model(const ov::PartialShape& shape,
                                                ov::element::Type type = ov::element::f32, int inputs = 1) {
  ov::ParameterVector parameters;
  for (int i = 0; i < inputs; ++i) {
    parameters.push_back(std::make_shared<ov::op::v0::Parameter>(type, shape));
    parameters.back()->output(0).set_names({"image" + std::to_string(i)});
  }
  const auto one = ov::op::v0::Constant::create(type, ov::Shape{}, {1});
  const auto sum = std::make_shared<ov::op::v1::Add>(parameters[0], one);
  sum->output(0).set_names({"sum"});
  return std::make_shared<ov::Model>(ov::OutputVector{sum}, parameters);
}

/// The message of the exception of exactly that type that `action` throws.
template <class Exception, class Action>
std::string message_of(Action&& action) {
  try {
    std::forward<Action>(action)();
  } catch (const Exception& error) {
    EXPECT_STREQ(typeid(error).name(), typeid(Exception).name()) << error.what();
    const std::string text = error.what();
    EXPECT_EQ(text.find('\n'), std::string::npos) << "more than one line: " << text;
    EXPECT_LT(text.size(), 500u) << text;
    return text;
  }
  ADD_FAILURE() << "nothing was thrown";
  return {};
}

}  // namespace inflight
