// fontconfig keeps some hundred bytes until the process ends: nothing for the leak check of the address sanitizer.
extern "C" const char* __lsan_default_suppressions();
extern "C" const char* __lsan_default_suppressions() { return "leak:libfontconfig"; }
