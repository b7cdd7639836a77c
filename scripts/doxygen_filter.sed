# What doxygen reads in the place of a header (FILTER_PATTERNS in docs/Doxyfile), line for line, so that its warnings
# name the right ones. The head of a file becomes the file's documentation, and what may go without a word gets one that
# nobody sees: fields, moving, comparing by ==. All else that is public and has none is reported.
1s|^// (.*)$|/** \1 @file */|

# Below a comment: nothing to do.
/^ *\/\/\//{
  :comment
  n
  /^ *\/\/\//b comment
  b
}
/^  (using|friend|struct|class|return) /b
s|^  (\w+)\(\1&&\) noexcept;$|  /** \&zwj; */&|
s|^  (\w+)& operator=\(\1&&\) noexcept;$|  /** \&zwj; */&|
s|^  bool operator==\(.*\) const = default;$|  /** \&zwj; */&|
s|^  ([A-Za-z][^()/]*;)$|  /** \&zwj; */ \1|

# Several fields in a line: each has what is said behind them, or that.
s|^  (\S+ \w[^()/<]*, [^()/<]*;) +///< (.*)$|  /** \2 */ \1|
:several
s|(/\*\* [^*]* \*/) (\S+) (\w+[^(),;]*), ([^();]*;)$|\1 \2 \3; \1 \2 \4|
t several
